import { expect, test } from 'vitest'
import { type LagSample, prepareLag, withSample } from './prepare-lag.ts'

const MINUTE = 60_000
const at = (atMs: number, lagMs: number): LagSample => ({ atMs, lagMs })

test('samples of the last hour are kept, each once, in the order of time', () => {
  const kept = [at(0, 1), at(MINUTE, 2), at(MINUTE, 2), at(MINUTE - 1, 9), at(60 * MINUTE, 3)].reduce(
    withSample,
    [] as readonly LagSample[],
  )
  expect(kept).toEqual([at(MINUTE, 2), at(60 * MINUTE, 3)])
})

test('now is the last that was heard; the worst is of the hour', () => {
  const now = 100 * MINUTE + 30_000
  const lag = prepareLag([at(50 * MINUTE, 9_000), at(99 * MINUTE, 200), at(99 * MINUTE + 1, 7_000), at(now, 100)], now)!
  expect([lag.now, lag.worst, lag.isBehind]).toEqual(['0.1 s behind', '9.0 s behind', false])
  expect(lag.bars).toHaveLength(60)
  expect(lag.bars.at(-1)).toEqual({ fromMs: 100 * MINUTE, worstMs: 100 })
  expect(lag.bars.at(-2)).toEqual({ fromMs: 99 * MINUTE, worstMs: 7_000 })
  expect(lag.bars.at(-3)!.worstMs).toBe(null)
})

test.each([
  [4_999, false],
  [5_000, true],
])('%i ms is behind: %s', (lagMs, isBehind) => {
  expect(prepareLag([at(0, lagMs)], 0)!.isBehind).toBe(isBehind)
})

test('nothing heard is nothing said', () => {
  expect(prepareLag([], 0)).toBe(null)
})
