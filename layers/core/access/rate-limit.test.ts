import { describe, expect, it } from 'vitest'
import { BURST_SECONDS, type Bucket, spend } from './rate-limit.ts'

/** How many of the deliveries at these times are let in. */
function letIn(ratePerSecond: number, times: readonly number[]): number {
  let bucket: Bucket | undefined
  let count = 0
  for (const at of times) {
    const spent = spend(bucket, ratePerSecond, at)
    bucket = spent.bucket
    if (spent.waitMs === 0) count++
  }
  return count
}
const at = (n: number, everyMs: number) => Array.from({ length: n }, (_, i) => 1_000_000 + i * everyMs)

describe('a bucket', () => {
  it('lets a burst in, and no more at once', () => {
    expect(letIn(10, at(100, 0))).toBe(10 * BURST_SECONDS)
  })
  it('lets in what keeps to the rate, for ever', () => {
    expect(letIn(10, at(10_000, 100))).toBe(10_000)
  })
  it('lets in the rate of what is twice too fast', () => {
    expect(letIn(10, at(2_000, 50))).toBe(1_000 + 10 * BURST_SECONDS - 1)
  })
  it('says how long to wait, and lets in after that', () => {
    const empty = { tokens: 0.25, at: 5_000 }
    const { waitMs, bucket } = spend(empty, 2, 5_000)
    expect(waitMs).toBe(375)
    expect(spend(bucket, 2, 5_000 + waitMs - 2).waitMs).toBeGreaterThan(0)
    expect(spend(bucket, 2, 5_000 + waitMs).waitMs).toBe(0)
  })
  it('does not lose by a clock that goes back', () => {
    expect(spend({ tokens: 3, at: 9_000 }, 2, 1_000)).toMatchObject({ waitMs: 0, bucket: { tokens: 2 } })
  })
})
