import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NoticeAnswer } from '#core/ports.ts'
import { afterAttempt, jitterOf, MAX_ATTEMPTS } from './retry-schedule.ts'

const away: NoticeAnswer = { fate: 'later', status: 503, error: 'it answered 503' }
const HOUR = 3_600_000

/** When each attempt is made, ms after the first, at a receiver that never takes it. */
function attemptsOf(jitter: number, answer = away): number[] {
  const times = [0]
  for (;;) {
    const { status, dueAt } = afterAttempt(times.length, answer, times.at(-1)!, jitter)
    if (status !== 'waiting') {
      expect([status, dueAt]).toEqual(['given-up', null])
      return times
    }
    times.push(dueAt!)
  }
}

describe('a delivery that nobody takes', () => {
  it('is tried ten times in 75 hours, 35 minutes and 5 seconds, and then given up', () => {
    expect(attemptsOf(0)).toEqual([
      0, 5_000, 305_000, 2_105_000, 9_305_000, 27_305_000, 63_305_000, 113_705_000, 185_705_000, 272_105_000,
    ])
    expect(attemptsOf(0).at(-1)).toBe(75 * HOUR + 35 * 60_000 + 5_000)
    expect(attemptsOf(0).length).toBe(MAX_ATTEMPTS)
  })

  it('waits no less than that, and a tenth more at most', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (jitter) => {
        const total = attemptsOf(jitter).at(-1)!
        expect(total).toBeGreaterThanOrEqual(attemptsOf(0).at(-1)!)
        expect(total).toBeLessThanOrEqual(1.1 * attemptsOf(0).at(-1)! + MAX_ATTEMPTS)
      }),
    )
  })

  it('waits as long as the receiver asks where that is longer, up to a day', () => {
    const dueAfter = (retryAfterMs: number) => afterAttempt(1, { ...away, retryAfterMs }, 0, 0).dueAt
    expect([dueAfter(4_999), dueAfter(5_001), dueAfter(48 * HOUR)]).toEqual([5_000, 5_001, 24 * HOUR])
  })
})

it.each<[NoticeAnswer, string]>([
  [{ fate: 'taken', status: 204 }, 'taken'],
  [{ fate: 'never', status: 550, error: 'no' }, 'refused'],
  [{ fate: 'gone', status: 410, error: 'no' }, 'refused'],
])('%j ends it at once', (answer, status) => expect(afterAttempt(1, answer, 5, 0.5)).toEqual({ status, dueAt: null }))

it('jitter is the same for the same text, and spread from 0 to 1', () => {
  const all = Array.from({ length: 2_000 }, (_, i) => jitterOf(`delivery ${i}`))
  expect(jitterOf('delivery 7')).toBe(all[7])
  expect(Math.min(...all)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...all)).toBeLessThan(1)
  for (let tenth = 0; tenth < 10; tenth++)
    expect(all.filter((it) => Math.floor(it * 10) === tenth).length).toBeGreaterThan(100)
})
