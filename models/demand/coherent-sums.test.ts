import { describe, expect, it } from 'vitest'
import { blankColumns, cellOf, FORECAST_KINDS, QUANTILE_KINDS } from '#core/demand/forecast-columns.ts'
import { between, gaussian, randomFrom } from '#core/simulator/random.ts'
import { CoherentSums, coherentSums } from './coherent-sums.ts'

const FROM_NORMAL = [-1.2816, -0.8416, -0.5244, -0.2533, 0, 0.2533, 0.5244, 0.8416, 1.2816]
const STORES = ['north', 'south', 'west']
const PRODUCTS = ['a', 'b', 'c', 'd']

/** @param together the share of a day's chance that all series have in common. */
function world(together: number) {
  const random = randomFrom(2)
  const common = Array.from({ length: 200 }, () => gaussian(random))
  const series = STORES.flatMap((store) =>
    PRODUCTS.map((product) => {
      const level = between(random, 20, 60)
      const units = Float64Array.from(common, (shared) =>
        Math.max(0, level + 5 * (together * shared + Math.sqrt(1 - together ** 2) * gaussian(random))),
      )
      return { id: `${store}/${product}`, product, store, categories: [], units, level }
    }),
  )
  const columns = blankColumns(series.length)
  series.forEach(({ level }, place) => {
    for (let horizon = 1; horizon <= 7; horizon++) {
      columns.mean[cellOf(place, horizon)] = level
      columns.median[cellOf(place, horizon)] = level
      QUANTILE_KINDS.forEach((kind, k) => void (columns[kind][cellOf(place, horizon)] = level + 5 * FROM_NORMAL[k]!))
    }
  })
  return { panel: { firstDay: 0, days: 200, series }, columns, series }
}

describe('sums of forecasts', () => {
  const { panel, columns, series } = world(0)
  const by = (groupOf: (place: number) => string) => coherentSums(panel, 193, columns, groupOf)
  const all = by(() => 'all').get('all')!
  it('sums series of a few days as if they moved apart', () => {
    for (const origin of [0, 1, 13]) {
      const few = coherentSums(panel, origin, columns, () => 'all').get('all')!
      for (let k = 0; k < 7; k++) {
        const quantiles = QUANTILE_KINDS.map((kind) => few[kind][k]!)
        expect(quantiles).toEqual(quantiles.toSorted((a, b) => a - b))
        const parts = series.length * 5 * (FROM_NORMAL[8]! - FROM_NORMAL[0]!)
        expect(few.q90[k]! - few.q10[k]!).toBeGreaterThan(0)
        expect(few.q90[k]! - few.q10[k]!).toBeLessThan(0.6 * parts)
      }
    }
  })
  it('adds up means: stores, products and all agree', () => {
    const total = series.reduce((sum, { level }) => sum + level, 0)
    for (const groups of [by((place) => series[place]!.store), by((place) => series[place]!.product)]) {
      const sum = [...groups.values()].reduce((a, { mean }) => a + mean[3]!, 0)
      expect(sum).toBeCloseTo(total, 9)
    }
    expect(all.mean[3]).toBeCloseTo(total, 9)
  })
  it('of one series is its own forecast', () => {
    const own = by((place) => String(place)).get('5')!
    for (const kind of FORECAST_KINDS)
      expect(Math.abs(own[kind][0]! - columns[kind][cellOf(5, 1)]!), kind).toBeLessThan(0.6)
  })
  it('is narrower than the sum of quantiles where series move apart, and as wide where they move together', () => {
    const width = (columns: Record<'q10' | 'q90', Float64Array>) => columns.q90[0]! - columns.q10[0]!
    const apart = width(all)
    const asOne = world(1)
    const together = width(coherentSums(asOne.panel, 193, asOne.columns, () => 'all').get('all')!)
    const sum = 12 * 2 * 5 * 1.2816
    expect(apart).toBeLessThan(0.5 * sum)
    expect(together).toBeGreaterThan(0.9 * sum)
  })
  it('is the same panel by panel, also of a product that is in several', () => {
    const groupsOf = (place: number) => ['all', series[place]!.store, series[place]!.product]
    const whole = new CoherentSums()
    whole.add(panel, 193, columns, groupsOf)
    const apart = new CoherentSums()
    for (const [from, end] of [
      [0, 5],
      [5, 6],
      [6, series.length],
    ] as const) {
      const cells = (values: Float64Array) => values.subarray(cellOf(from, 1), cellOf(end, 1))
      const kinds = FORECAST_KINDS.map((kind) => [kind, cells(columns[kind])] as const)
      const part = { ...panel, series: series.slice(from, end) }
      apart.add(part, 193, Object.fromEntries(kinds) as typeof columns, (place) => groupsOf(from + place))
    }
    expect(new Map(apart.totals())).toEqual(new Map(whole.totals()))
    expect(new Map(apart.totals()).get('all')).toEqual(all)
  })
  it('sees no day from the origin on', () => {
    const later = {
      ...panel,
      series: series.map((one) => ({ ...one, units: one.units.map((value, day) => (day >= 150 ? 9999 : value)) })),
    }
    const sums = (from: typeof panel) => coherentSums(from, 150, columns, () => 'all').get('all')
    expect(sums(later)).toEqual(sums(panel))
  })
})
