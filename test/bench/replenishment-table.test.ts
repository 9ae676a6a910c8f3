import { describe, expect, it } from 'vitest'
import type { ShopRun } from './replenishment-runs.ts'
import { compareRuns, meanRuns, replenishmentTable, stockoutsAt } from './replenishment-table.ts'

const run = (policy: ShopRun['policy'], stockUnits: number, stockoutDays: number): ShopRun => ({
  policy, setting: String(stockUnits), stockUnits, stockValueMinor: 100 * stockUnits, stockoutDays, emptyShare: 0, lostShare: 0, orders: 1,
}) // biome-ignore format: one shape
const rule = [run('moving average', 10, 0.08), run('moving average', 20, 0.02), run('moving average', 15, 0.07)]

describe('a rule at some stock', () => {
  it.each([
    [10, 0.08],
    [20, 0.02],
    [15, 0.04],
  ])('%d: %d', (at, share) => expect(stockoutsAt(rule, 'stockUnits', at)).toBeCloseTo(share, 12))
  it.each([9, 21])('%d: beyond its settings', (at) => expect(stockoutsAt(rule, 'stockUnits', at)).toBeNaN())
})
describe('policies beside the rules', () => {
  const all = [...rule, run('reorders', 15, 0.02), run('reorders', 30, 0.001)]
  it('are compared at the same stock; beyond a rule’s settings they are not', () =>
    expect(compareRuns(all).filter((one) => one.rule === 'moving average').map(({ atSameUnits }) => atSameUnits && Number(atSameUnits.toFixed(9)))).toEqual([0.5, null])) // biome-ignore format: one
  it('have a table', () =>
    expect(replenishmentTable(all, compareRuns(all))).toContain('| reorders, 15 | 0.50 (0.50) |'))
})
it('shops are averaged by setting', () =>
  expect(meanRuns([[run('reorders', 10, 0.02)], [run('reorders', 20, 0.04)]])).toMatchObject([
    { stockUnits: 15, stockoutDays: 0.03 },
  ]))
