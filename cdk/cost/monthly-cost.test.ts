import { describe, expect, test } from 'vitest'
import { ALARMS, batchOf, monthlyCost, WRITE_UNITS, writeUnitsOf } from './monthly-cost.ts'

const sumOf = (trade: Parameters<typeof monthlyCost>[0]) =>
  monthlyCost(trade).reduce((sum, { dollars }) => sum + dollars, 0)

describe('what a month costs', () => {
  test('nothing at all still has its shard, alarms and secrets', () => {
    const lines = monthlyCost({ eventsPerDay: 0, stores: 0, viewers: 0 })
    const of = (service: string) => lines.find((line) => line.service === service)!.dollars
    expect(of('Kinesis')).toBeCloseTo(730 * 0.015)
    expect(of('DynamoDB')).toBe(0)
    expect(of('CloudWatch')).toBeCloseTo(ALARMS * 0.1 + 3, 1)
  })

  test('more of anything is never cheaper', () => {
    const base = { eventsPerDay: 1_000_000, stores: 100, viewers: 20 }
    for (const more of [{ eventsPerDay: 2_000_000 }, { stores: 200 }, { viewers: 40 }])
      expect(sumOf({ ...base, ...more })).toBeGreaterThan(sumOf(base))
  })

  test('an event costs less in a larger batch, and never more than alone', () => {
    expect(batchOf(10_000, 8)).toBe(1)
    expect(batchOf(100_000_000, 8)).toBeGreaterThan(100)
    expect(batchOf(100_000_000, 64)).toBeLessThan(20)
    expect(writeUnitsOf(1)).toBe(WRITE_UNITS[0]![1])
    expect(writeUnitsOf(10)).toBe(WRITE_UNITS[1]![1])
    expect(writeUnitsOf(5_000)).toBe(WRITE_UNITS.at(-1)![1])
    expect(writeUnitsOf(30)).toBeLessThan(WRITE_UNITS[1]![1])
    expect(writeUnitsOf(30)).toBeGreaterThan(WRITE_UNITS[2]![1])
  })
})
