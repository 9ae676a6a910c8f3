import { expect, test } from 'vitest'
import { runOpenLoop } from './open-loop.ts'

/** A clock that moves by these steps, ms, and by 1 ms when they are used up. */
function steppingClock(...stepsMs: number[]) {
  let nowMs = 5_000
  return {
    now: () => nowMs,
    wait: async () => {
      nowMs += stepsMs.shift() ?? 1
    },
  }
}

async function sendsOf(ratePerSecond: number, seconds: number, clock = steppingClock()) {
  const sends: { n: number; dueMs: number; sentMs: number }[] = []
  const send = (n: number, dueMs: number) => sends.push({ n, dueMs, sentMs: clock.now() })
  return { sends, ...(await runOpenLoop({ ratePerSecond, seconds, send, clock })) }
}

test('requests are due evenly from the start, the first at once', async () => {
  const { sends, sent } = await sendsOf(500, 0.01)
  expect(sent).toBe(5)
  expect(sends.map(({ n, dueMs }) => [n, dueMs])).toEqual([
    [0, 5_000],
    [1, 5_002],
    [2, 5_004],
    [3, 5_006],
    [4, 5_008],
  ])
})

test('none is sent before it is due', async () => {
  const { sends } = await sendsOf(3_000, 0.1)
  expect(sends).toHaveLength(300)
  for (const { dueMs, sentMs } of sends) expect(sentMs).toBeGreaterThanOrEqual(dueMs)
})

test('what a pause held up is sent after it, with the time at which it was due', async () => {
  const { sends, worstLagMs } = await sendsOf(1_000, 0.2, steppingClock(1, 1, 100))
  expect(sends).toHaveLength(200)
  const after = sends.filter(({ sentMs }) => sentMs === 5_102)
  expect(after.map(({ dueMs }) => dueMs)).toEqual(Array.from({ length: 100 }, (_, i) => 5_003 + i))
  expect(worstLagMs).toBe(99)
})
