import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { afterEach, expect, test, vi } from 'vitest'
import { inLines } from './in-lines.ts'

afterEach(() => void vi.useRealTimers())

function sent(work: Parameters<typeof inLines>[1]): { lines: () => unknown[] } {
  let stream: Readable | undefined
  const reply = {
    type: () => reply,
    send: (body: Readable) => {
      stream = body
      return reply
    },
  }
  inLines(reply as unknown as FastifyReply, work)
  const text: string[] = []
  stream!.on('data', (chunk) => void text.push(String(chunk)))
  return {
    lines: () =>
      text
        .join('')
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
  }
}

test('long work that has nothing to say is heard of all the same', async () => {
  vi.useFakeTimers()
  const { lines } = sent(
    (tell) =>
      new Promise((done) => {
        setTimeout(() => tell(3), 70_000)
        setTimeout(() => done({ a: 1 }), 115_000)
      }),
  )
  await vi.advanceTimersByTimeAsync(60_000)
  expect(lines()).toEqual([{ progress: 0 }, { progress: 0 }])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(lines()).toEqual([{ progress: 0 }, { progress: 0 }, { progress: 3 }, { progress: 3 }, { result: { a: 1 } }])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(lines()).toHaveLength(5)
})

test('what went wrong is the last line', async () => {
  const { lines } = sent(() => Promise.reject(new Error('no')))
  await vi.waitFor(() => expect(lines()).toEqual([{ failed: 'no' }]))
})
