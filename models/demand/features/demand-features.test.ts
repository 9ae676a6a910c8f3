import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DemandPanel, DemandSeries } from '#core/demand/demand-panel.ts'
import { DemandFeatures, type Example } from './demand-features.ts'

const DAYS = 70
const arrayOf = (valueAt: (day: number) => number) => Float64Array.from({ length: DAYS }, (_, day) => valueAt(day))

const seriesOf = (id: string, units: Float64Array, over: Partial<DemandSeries> = {}): DemandSeries => ({
  id,
  product: `p-${id}`,
  store: Number(id) % 2 === 0 ? 'north' : 'south',
  categories: [Number(id) < 2 ? 'food' : 'toys'],
  units,
  orders: units.map((value) => Math.ceil(value / 2)),
  stockout: arrayOf((day) => (day % 9 === 0 ? 0.5 : 0)),
  price: arrayOf((day) => (day < 30 ? 1 : 0.9)),
  discount: arrayOf((day) => (day % 10 < 3 ? 0.8 : 1)),
  activity: arrayOf((day) => Number(day % 10 < 3)),
  holiday: arrayOf((day) => Number(day === 50)),
  ...over,
})
const panelOf = (series: readonly DemandSeries[]): DemandPanel => ({ firstDay: 15_000, days: DAYS, series })
const usual = panelOf(
  ['0', '1', '2', '3'].map((id, k) =>
    seriesOf(
      id,
      arrayOf((day) => ((day * (k + 3)) % 7) + k),
    ),
  ),
)

function valuesOf(panel: DemandPanel, example: Example): Record<string, number> {
  const features = new DemandFeatures(panel)
  const values = new Float32Array(features.features.length)
  features.put(example, values, 0, 1)
  return Object.fromEntries(features.features.map(({ name }, j) => [name, values[j]!]))
}

describe('demand features', () => {
  it('know nothing that is observed from the origin on', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: DAYS - 7 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 3 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (origin, horizon, series, value) => {
          const later = (array: Float64Array) => array.map((old, day) => (day >= origin ? value * 100 : old))
          const changed = panelOf(
            usual.series.map((one) => ({
              ...one,
              units: later(one.units),
              orders: later(one.orders!),
              stockout: later(one.stockout!),
              price: later(one.price!),
            })),
          )
          expect(valuesOf(changed, { series, origin, horizon })).toEqual(valuesOf(usual, { series, origin, horizon }))
        },
      ),
      { numRuns: 25 },
    )
  })

  it('are the same for a product that sells ten times as much, but for its level and orders', () => {
    const ten = panelOf(usual.series.map((one) => ({ ...one, units: one.units.map((value) => value * 10) })))
    const example = { series: 1, origin: 60, horizon: 3 }
    const [before, after] = [valuesOf(usual, example), valuesOf(ten, example)]
    expect(after.log_level! - before.log_level!).toBeCloseTo(Math.log(10), 5)
    for (const { name, kind } of new DemandFeatures(usual).features)
      if (kind === 'units' && !name.includes('orders')) expect(after[name], name).toBeCloseTo(before[name]!, 4)
  })

  it('says what a table of days says', () => {
    const units = arrayOf((day) => (day < 7 ? 0 : day % 7 === 0 ? 0 : 2))
    const plain = {
      firstDay: 15_000,
      days: DAYS,
      series: [{ id: 'a', product: 'a', store: 's', categories: [], units }],
    }
    // Day 63 is a multiple of 7; the first sale is on day 8.
    const found = valuesOf(plain, { series: 0, origin: 63, horizon: 1 })
    const level = (2 * 6) / 7
    expect(found).toMatchObject({
      horizon: 1,
      zeros_7: expect.closeTo(1 / 7, 6),
      zeros_28: expect.closeTo(1 / 7, 6),
      days_since_sale: 1,
      days_since_first: 55,
      same_weekday_zeros_8: 1,
      same_weekday_1: 0,
      holiday: 0,
    })
    expect(found.mean_28! * Math.exp(found.log_level!)).toBeCloseTo(level, 5)
    expect(found.last_1! * Math.exp(found.log_level!)).toBeCloseTo(2, 5)
    expect(Object.keys(found).filter((name) => /discount|activity|stockout|orders|store|product/.test(name))).toEqual(
      [],
    )
  })

  it('leaves unknown days out', () => {
    const units = arrayOf((day) => (day % 2 === 0 ? Number.NaN : 4))
    const plain = {
      firstDay: 15_000,
      days: DAYS,
      series: [{ id: 'a', product: 'a', store: 's', categories: [], units }],
    }
    const found = valuesOf(plain, { series: 0, origin: 60, horizon: 2 })
    expect(found).toMatchObject({ mean_28: 1, zeros_28: 0, deviation_28: 0 })
    expect(Math.exp(found.log_level!)).toBeCloseTo(4, 5)
  })

  it('has the same features for each series, missing where one has not what others have', () => {
    const { orders, discount, stockout, activity, holiday, ...bare } = usual.series[0]!
    const mixed = panelOf([bare, ...usual.series.slice(1)])
    expect(new DemandFeatures(mixed).features).toEqual(new DemandFeatures(usual).features)
    const found = valuesOf(mixed, { series: 0, origin: 60, horizon: 2 })
    expect(found).toMatchObject({
      orders_7: Number.NaN,
      discount: Number.NaN,
      activity: Number.NaN,
      stockout_28: 0,
      holiday: 0,
      horizon: 2,
    })
    expect(found.mean_28).toBe(valuesOf(usual, { series: 0, origin: 60, horizon: 2 }).mean_28)
  })
})
