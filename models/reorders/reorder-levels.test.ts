import { describe, expect, it } from 'vitest'
import { daysAhead } from './day-demand.ts'
import { demandPaths, drawChances } from './demand-draws.ts'
import { type ReorderCase, reorderLevels } from './reorder-levels.ts'

const chances = (dependence = 0) => drawChances({ draws: 2000, days: 40, dependence, seed: 1 })
const same = (units: number) => daysAhead([{ mean: units, quantiles: Array(9).fill(units) }], 40)
/** Evenly from 0 to 2 units a day: mean 1, variance 1/3. */
const even = daysAhead([{ mean: 1, quantiles: [0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8] }], 40).map((day) => ({
  ...day,
  tail: 0.1,
}))
const usual: ReorderCase = {
  onHand: 20, inbound: [], ahead: same(2), lead: { days: [5], upTo: [1], orders: 9 }, serviceLevel: 0.95, reviewDays: 7, cycleDays: 0,
} // biome-ignore format: one shape
const levels = (change: Partial<ReorderCase>, dependence = 0) =>
  reorderLevels({ ...usual, ...change }, chances(dependence))

describe('levels', () => {
  it('of what is certain are sums', () =>
    expect(levels({})).toMatchObject({
      reorderPoint: 24,
      orderUpTo: 24,
      demandOverLead: 10,
      demandOverProtection: 24,
      leadDaysMean: 5,
    }))
  it('up to is for as long as an order is to last', () =>
    expect(levels({ cycleDays: 14 })).toMatchObject({ reorderPoint: 24, orderUpTo: 52 }))
  it('take the lead time as it is spread, and not its mean', () => {
    const late = { days: [5, 15], upTo: [0.9, 1], orders: 9 }
    expect(levels({ lead: late, serviceLevel: 0.85 }).reorderPoint).toBe(24)
    expect(levels({ lead: late, serviceLevel: 0.95 }).reorderPoint).toBe(44)
  })
  it('of days that err apart are near the normal sum; of days that err together far above it', () => {
    const deviation = Math.sqrt(12 / 3)
    const apart = levels({ ahead: even }).reorderPoint
    expect(Math.abs(apart - (12 + 1.645 * deviation))).toBeLessThan(1.5)
    expect(levels({ ahead: even }, 0.5).reorderPoint).toBeGreaterThan(12 + 2 * 1.645 * deviation)
  })
  it('rise with the service level, and come out the same again', () => {
    const points = [0.5, 0.8, 0.9, 0.99].map((serviceLevel) => levels({ ahead: even, serviceLevel }).reorderPoint)
    expect(points).toEqual(points.toSorted((a, b) => a - b))
    expect(levels({ ahead: even })).toEqual(levels({ ahead: even }))
  })
})

describe('until an order of today arrives', () => {
  it.each([
    ['enough', { onHand: 10 }, 0, 0],
    ['one too few', { onHand: 9 }, 1, 1],
    ['nothing', { onHand: 0 }, 10, 1],
    ['what comes in time', { onHand: 4, inbound: [{ outstanding: 10, ageDays: 3 }] }, 0, 0],
    ['what comes too late for the days before it', { onHand: 2, inbound: [{ outstanding: 10, ageDays: 3 }] }, 2, 1],
    ['what should have come: tomorrow', { onHand: 2, inbound: [{ outstanding: 10, ageDays: 9 }] }, 0, 0],
  ])('%s', (_, change, lostBeforeArrival, stockoutChance) =>
    expect(levels(change)).toMatchObject({ lostBeforeArrival, stockoutChance }),
  )
})

describe('shelf life', () => {
  it('bounds what is sold in time', () => expect(levels({ shelfLifeDays: 10 }).soldInTime).toBe(30))
  it('is no bound where it is further off than the days looked at', () =>
    expect(levels({ shelfLifeDays: 36 }).soldInTime).toBeUndefined())
})

it('draws have the mean of their days', () => {
  const table = chances()
  const paths = demandPaths(even, table)
  let last = 0
  for (let draw = 0; draw < table.draws; draw++) last += paths[(draw + 1) * table.horizon - 1]!
  expect(last / table.draws / table.horizon).toBeCloseTo(1, 1)
})
