import { describe, expect, it } from 'vitest'
import { cellOf } from '#core/demand/forecast-columns.ts'
import { gaussian, happens, randomFrom } from '#core/simulator/random.ts'
import { exponentialSmoothing } from './exponential-smoothing.ts'
import { forecastPanel } from './forecast-panel.ts'
import { adida, croston, sba, tsb } from './intermittent.ts'
import { minimise } from './minimise.ts'
import { movingAverage, sameWeekdayMedian, seasonalNaive } from './week-candidates.ts'

const of = (
  candidate: { fit: (past: Float64Array) => (known: number) => Float64Array },
  past: readonly number[],
  known = past.length,
) => [...candidate.fit(Float64Array.from(past))(known)]
const days = (count: number, valueAt: (day: number) => number) =>
  Array.from({ length: count }, (_, day) => valueAt(day))
const WEEK = [1, 2, 3, 4, 5, 6, 0]

describe('candidates that repeat the week', () => {
  const past = [...WEEK, ...WEEK.map((value) => value + 10), ...WEEK.map((value) => value + 2)]
  it('seasonal naive: last week', () => expect(of(seasonalNaive, past)).toEqual(WEEK.map((value) => value + 2)))
  it('seasonal naive, a day unknown: the week before', () =>
    expect(of(seasonalNaive, past.with(-1, Number.NaN)).at(-1)).toBe(10))
  it('median of the same weekdays', () =>
    expect(of(sameWeekdayMedian(6), past)).toEqual(WEEK.map((value) => value + 2)))
  it('of an even number: the middle of two', () =>
    expect(of(sameWeekdayMedian(2), past)).toEqual(WEEK.map((value) => value + 6)))
  it('moving average: the last 28 days', () =>
    expect(of(movingAverage, [...days(5, () => 99), ...days(28, (day) => day % 2)])).toEqual(Array(7).fill(0.5)))
  it('from an earlier day, without what came after', () =>
    expect(of(seasonalNaive, past, 14)).toEqual(WEEK.map((value) => value + 10)))
})

describe('candidates for days without a sale', () => {
  const everyFourth = days(200, (day) => (day % 4 === 3 ? 8 : 0))
  it.each([
    ['Croston', croston, 2],
    ['TSB', tsb, 2],
    ['ADIDA', adida, 2],
  ])('%s finds 8 every fourth day', (_, candidate, mean) => {
    const [first] = of(candidate, everyFourth)
    expect(Math.abs(first! - mean)).toBeLessThan(0.25)
  })
  it('SBA is lower than Croston by half the smoothing', () => {
    const ratio = of(sba, everyFourth)[0]! / of(croston, everyFourth)[0]!
    expect(
      [0.02, 0.05, 0.1, 0.2, 0.3].map((smoothing) => 1 - smoothing / 2).some((share) => Math.abs(share - ratio) < 1e-9),
    ).toBe(true)
  })
  it('TSB fades when sales stop, Croston does not', () => {
    const stopped = [...everyFourth, ...days(100, () => 0)]
    expect(of(tsb, stopped)[0]!).toBeLessThan(0.5 * of(tsb, everyFourth)[0]!)
    expect(of(croston, stopped)[0]!).toBeCloseTo(of(croston, everyFourth)[0]!, 0)
  })
  it.each([croston, sba, tsb, adida].map((one) => [one.name, one] as const))('%s of no sale is 0', (_, candidate) =>
    expect(of(candidate, [0, 0, 0])).toEqual(Array(7).fill(0)),
  )
})

describe('exponential smoothing', () => {
  const random = randomFrom(5)
  it('finds a week that adds', () => {
    const past = days(140, (day) => 20 + 5 * WEEK[day % 7]! + gaussian(random))
    for (const [k, value] of of(exponentialSmoothing, past).entries())
      expect(Math.abs(value - 20 - 5 * WEEK[k]!)).toBeLessThan(2.5)
  })
  it('finds a week that multiplies a growing level', () => {
    const past = days(140, (day) => (20 + day) * (1 + WEEK[day % 7]! / 10) * (1 + 0.02 * gaussian(random)))
    for (const [k, value] of of(exponentialSmoothing, past).entries())
      expect(Math.abs(value / (160 * (1 + WEEK[k]! / 10)) - 1)).toBeLessThan(0.15)
  })
  it('is level where there is nothing but chance', () => {
    const forecast = of(
      exponentialSmoothing,
      days(120, () => 10 + gaussian(random)),
    )
    expect(Math.max(...forecast) - Math.min(...forecast)).toBeLessThan(1e-9)
    expect(Math.abs(forecast[0]! - 10)).toBeLessThan(0.7)
  })
  it('passes unknown days, and is never below 0', () => {
    const forecast = of(
      exponentialSmoothing,
      days(60, (day) => (day % 5 === 0 ? Number.NaN : Math.max(0, 6 - day / 8))),
    )
    for (const value of forecast) expect(value).toBeGreaterThanOrEqual(0)
  })
  it.each([1, 3, 8])('answers after %i days', (count) =>
    expect(
      of(
        exponentialSmoothing,
        days(count, () => 4),
      ),
    ).toEqual(Array(7).fill(4)),
  )
})

it('the least of a valley is found', () => {
  const [x, y] = minimise(([a, b]) => (a! - 0.3) ** 2 + 2 * (b! - 0.7) ** 2, [0.1, 0.1])
  expect([x, y].map((value) => Number(value!.toFixed(2)))).toEqual([0.3, 0.7])
})

describe('the forecast of a panel', () => {
  const random = randomFrom(9)
  const units = Float64Array.from({ length: 120 }, () => Math.max(0, Math.round(6 + 3 * gaussian(random))))
  const series = [
    { id: 'a', product: 'a', store: 's', categories: [], units },
    {
      id: 'new',
      product: 'new',
      store: 's',
      categories: [],
      units: units.map((value, day) => (day < 110 ? 0 : value)),
    },
    {
      id: 'rare',
      product: 'rare',
      store: 's',
      categories: [],
      units: units.map((value) => (happens(random, 0.9) ? 0 : value)),
    },
  ]
  const columns = forecastPanel(movingAverage, { firstDay: 0, days: 120, series }, 100)
  it('has quantiles that ascend around the point, as wide as past errors', () => {
    const at = (kind: 'q10' | 'q50' | 'q90') => columns[kind][cellOf(0, 1)]!
    expect(at('q90') - at('q10')).toBeGreaterThan(5)
    expect(at('q90') - at('q10')).toBeLessThan(11)
    expect(Math.abs(at('q50') - columns.median[0]!)).toBeLessThan(1.5)
  })
  it('is 0 before the first sale', () => expect([...columns.q90.subarray(7, 14)]).toEqual(Array(7).fill(0)))
  it('is never below 0', () => expect(Math.min(...columns.q10)).toBeGreaterThanOrEqual(0))
})
