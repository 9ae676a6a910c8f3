/** The level that is stated is the level that is had, on demand and lead times of which the policy sees quantiles and past orders alone. */
import { expect, it } from 'vitest'
import { exponential, happens, type Random, randomFrom, uniform } from '#core/simulator/random.ts'
import { daysAhead } from './day-demand.ts'
import { drawChances } from './demand-draws.ts'
import { learnLeadTimes } from './lead-times.ts'
import { reorderLevels } from './reorder-levels.ts'

const REVIEW_DAYS = 7
const chances = drawChances({ draws: 1000, days: 60, dependence: 0, seed: 1 })

function poisson(random: Random, mean: number): number {
  let count = -1
  for (let left = mean; left >= 0; left -= exponential(random, 1)) count++
  return count
}

/** Six days, or one time in six ten to fifteen. */
const leadDays = (random: Random) => (happens(random, 1 / 6) ? 10 + Math.floor(6 * uniform(random)) : 6)

const quantilesOf = (days: Float64Array) =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenth) => days[Math.floor((tenth / 10) * days.length)]!)

it.each([0.05, 0.3, 1, 4, 20].flatMap((mean) => [0.9, 0.98].map((level) => [mean, level] as const)))(
  '%d units a day at %d',
  (mean, level) => {
    const random = randomFrom(11)
    const days = Float64Array.from({ length: 20_000 }, () => poisson(random, mean)).sort()
    const order = (placedOn: number) => ({ supplierId: 'a', placedOn, quantity: 10 })
    const seen = Array.from({ length: 400 }, (_, k) => ({
      ...order(19_000 + k), purchaseOrderId: String(k), storeId: 's', productId: 'p', leadDays: leadDays(random),
    })) // biome-ignore format: one shape
    const { reorderPoint } = reorderLevels(
      {
        onHand: 0, inbound: [], reviewDays: REVIEW_DAYS, cycleDays: 0, serviceLevel: level,
        ahead: daysAhead([{ mean, quantiles: quantilesOf(days) }], 60),
        lead: learnLeadTimes(seen).predict(order(20_000)),
      },
      chances,
    ) // biome-ignore format: one shape
    const wantedWith = (days: number) => poisson(random, mean * days)
    const outcomes = Array.from({ length: 20_000 }, () => wantedWith(leadDays(random) + REVIEW_DAYS))
    const had = outcomes.filter((wanted) => wanted <= reorderPoint).length / outcomes.length
    expect(had).toBeGreaterThan(level - 0.015)
    const exact = outcomes.sort((a, b) => a - b)[Math.ceil(level * outcomes.length) - 1]!
    expect(reorderPoint).toBeLessThanOrEqual(Math.max(exact + 1, 1.07 * exact))
  },
)
