import { describe, expect, test } from 'vitest'
import { LIMITS, MEASURED, sharesOf, simulate, sizesFor } from './simulate-scale.ts'

const load = { eventsPerDay: 1_000_000, stores: 100, merchants: 20, viewers: 50 }

describe('the busy hour', () => {
  test('is the same each time', () => {
    expect(simulate(load, sizesFor(load))).toEqual(simulate(load, sizesFor(load)))
  })

  test('of a small shop leaves everything idle', () => {
    const { used, refused } = simulate({ ...load, eventsPerDay: 10_000 }, { shards: 1, logicalShards: 8 })
    expect(Math.max(used.stream, used.consumer, used.partition)).toBeLessThan(0.05)
    expect(refused).toBe(0)
  })

  test('of more than a shard takes refuses deliveries, and lags', () => {
    const { used, first, refused, worstLagSeconds } = simulate(
      { ...load, eventsPerDay: 100_000_000 },
      { shards: 1, logicalShards: 8 },
    )
    expect(used.stream).toBeGreaterThan(1)
    expect(['stream', 'consumer']).toContain(first)
    expect(refused).toBeGreaterThan(0)
    expect(worstLagSeconds).toBeGreaterThan(60)
  })

  test('with the sizes that are said keeps up', () => {
    const { used, refused } = simulate({ ...load, eventsPerDay: 100_000_000 }, sizesFor({ ...load, eventsPerDay: 1e8 }))
    expect(used.stream).toBeLessThan(1)
    expect(used.consumer).toBeLessThan(1)
    expect(refused).toBe(0)
  })

  test.each([1, 64])('with more screens than the consumers of %i shards can tell is first short of them', (shards) => {
    const viewers = 2 * MEASURED.framesAConsumer
    const { used, first } = simulate({ ...load, eventsPerDay: 10_000_000, viewers }, { shards, logicalShards: 256 })
    // Each consumer tells every screen; all of them together are an account's requests.
    expect(used.broadcast).toBeCloseTo(Math.max(2, (viewers * shards) / LIMITS.requestsAnAccount))
    expect(first).toBe('broadcast')
  })

  test('with little trade in many shards tells each screen once for each event', () => {
    const quiet = { ...load, eventsPerDay: 24, viewers: 100 }
    const { used } = simulate(quiet, { shards: 64, logicalShards: 256 })
    expect(used.broadcast).toBeCloseTo(100 / LIMITS.requestsAnAccount, 3)
  })

  test('has all trade in its shards', () => {
    const shares = sharesOf(5_000, 16, 64)
    expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1)
    expect(Math.max(...shares)).toBeLessThan(0.2)
    expect(LIMITS.recordsAShard).toBe(1_000)
  })
})
