import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { connect } from './client.ts'
import { announce } from './data-folder.ts'
import { StartError } from './start-error.ts'

/** A command line beside something that answers as an engine does, or fails to. */
async function clientOf(answer: (response: ServerResponse) => void) {
  const server = createServer((_, response) => answer(response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const data = temporaryFolder()
  announce(data, `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return { client: await connect(data), server }
}

test('lines are handed on as they come, and the last one is the body', async () => {
  const { client } = await clientOf((response) => response.end('{"progress":1}\n{"result":"ü"}\n'))
  const lines: unknown[] = []
  const reply = await client.request('POST', '/', {}, (line) => lines.push(line))
  expect(reply).toEqual({ status: 200, body: { result: 'ü' } })
  expect(lines).toEqual([{ progress: 1 }, { result: 'ü' }])
})

test.each<[string, (response: ServerResponse) => void]>([
  ['before it answers', (response) => response.destroy()],
  ['between two lines', (response) => response.write('{"progress":1}\n', () => response.destroy())],
  ['within a line', (response) => response.write('{"progress":1}\n{"res', () => response.destroy())],
  ['within a line, at the end of the body', (response) => response.end('{"progress":1}\n{"res')],
])('an engine that goes away %s is told in one line', async (_, answer) => {
  const { client } = await clientOf(answer)
  const error = await client.request('POST', '/', {}).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(StartError)
  expect((error as Error).message).toMatch(/^the engine at http:\S+ went away .* \(.+\): start it again .*command$/)
})

test('an engine that has gone since it was found is told in one line', async () => {
  const { client, server } = await clientOf(() => {})
  server.close()
  await expect(client.request('GET', '/')).rejects.toThrow(/ECONNREFUSED.*start it again/)
})

test('what the reader of the lines throws is its own error', async () => {
  const { client } = await clientOf((response) => response.end('{"progress":1}\n'))
  const failing = client.request('POST', '/', {}, () => {
    throw new TypeError('of the reader')
  })
  await expect(failing).rejects.toThrow(new TypeError('of the reader'))
})
