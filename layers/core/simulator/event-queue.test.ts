import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueAt, emptyQueue, postpone, put, take } from './event-queue.ts'

const drained = (times: readonly number[]) => {
  const queue = emptyQueue<number>()
  for (const [i, time] of times.entries()) put(queue, time, i)
  return times.map(() => take(queue))
}

describe('what is still to happen', () => {
  it('comes by its time, and in the order it was put in where that is the same', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }), (times) => {
        const inOrder = times.map((time, i) => [time, i] as const).sort(([a, i], [b, j]) => a - b || i - j)
        expect(drained(times)).toEqual(inOrder.map(([, i]) => i))
      }),
    )
  })

  it('is due never when there is nothing', () => {
    const queue = emptyQueue<string>()
    expect(dueAt(queue)).toBe(Number.POSITIVE_INFINITY)
    put(queue, 5, 'a')
    postpone(queue, 10)
    expect([dueAt(queue), take(queue), dueAt(queue)]).toEqual([15, 'a', Number.POSITIVE_INFINITY])
  })
})
