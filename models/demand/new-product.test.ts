import { describe, expect, it } from 'vitest'
import { QUANTILE_KINDS } from '#core/demand/forecast-columns.ts'
import { between, gaussian, randomFrom } from '#core/simulator/random.ts'
import { forecastNewProduct } from './new-product.ts'

const DAYS = 84
const random = randomFrom(4)
/** Toys sell about 20 a day and differ little; food about 4, and differ much. Saturdays (panel days 2, 9, ...) sell double. */
const series = ['toys', 'food'].flatMap((category) =>
  Array.from({ length: 30 }, (_, k) => {
    const level = category === 'toys' ? between(random, 18, 22) : between(random, 0.5, 7.5)
    const units = Float64Array.from({ length: DAYS }, (_, day) =>
      Math.max(0.01, level * (day % 7 === 2 ? 2 : 1) * (1 + 0.3 * gaussian(random))),
    )
    return {
      id: `${category}-${k}`,
      product: `${category}-${k}`,
      store: k % 2 ? 'north' : 'south',
      categories: ['all', category],
      units,
    }
  }),
)
const panel = { firstDay: 0, days: DAYS, series }
const forecast = (category: string, units: readonly number[]) =>
  forecastNewProduct(panel, DAYS, { store: 'north', categories: ['all', category], units })
const weekOf = (columns: { mean: Float64Array }) => columns.mean.reduce((a, b) => a + b, 0) / 7

describe('a new product', () => {
  it('without a day of its own sells what its category sold', () => {
    expect(Math.abs(weekOf(forecast('toys', [])) / (20 * (8 / 7)) - 1)).toBeLessThan(0.1)
    expect(Math.abs(weekOf(forecast('food', [])) / (4 * (8 / 7)) - 1)).toBeLessThan(0.25)
  })
  it('of an unknown category sells what all did', () => {
    const week = weekOf(forecast('tools', []))
    expect(week).toBeGreaterThan(weekOf(forecast('food', [])))
    expect(week).toBeLessThan(weekOf(forecast('toys', [])))
  })
  it('follows its own days the more, the more they are', () => {
    const weeks = [0, 3, 14, 56, 200].map((days) => weekOf(forecast('toys', Array(days).fill(5))))
    expect(weeks).toEqual(weeks.toSorted((a, b) => b - a))
    expect(weeks.at(-1)! / 5).toBeLessThan(1.5)
  })
  it('follows them sooner where its category differs much', () => {
    const moved = (category: string) =>
      Math.abs(weekOf(forecast(category, Array(7).fill(10))) - weekOf(forecast(category, [])))
    const away = (category: string) => Math.abs(10 - weekOf(forecast(category, [])))
    expect(moved('food') / away('food')).toBeGreaterThan(moved('toys') / away('toys'))
  })
  it('has the weekday of its category, and quantiles that ascend', () => {
    const columns = forecast('toys', [])
    // Day 84 is the first ahead; day 86 is a Saturday of the panel.
    expect(columns.mean.indexOf(Math.max(...columns.mean))).toBe(2)
    const values = QUANTILE_KINDS.map((kind) => columns[kind][0]!)
    expect(values).toEqual(values.toSorted((a, b) => a - b))
    expect(values[8]! - values[0]!).toBeGreaterThan(5)
  })
  it('is 0 where nothing was ever sold', () => {
    const columns = forecastNewProduct({ firstDay: 0, days: 10, series: [] }, 10, {
      store: 's',
      categories: [],
      units: [],
    })
    expect([...columns.mean, ...columns.q90]).toEqual(Array(14).fill(0))
  })
})
