/** What is asked of a series' past again and again, worked out once. Asked for days before an origin, it sees no later one. */
import type { DemandSeries } from '#core/demand/demand-panel.ts'
import { RunningSums } from './running-sums.ts'

/** Days after which a value counts half in a fading mean. */
const HALF_LIVES = [2, 7, 21]
export const LEVEL_HALF_LIFE = 7

export interface SeriesHistory {
  readonly series: DemandSeries
  /** The first day of a sale; the number of days where there is none. Days before it are as if not for sale. */
  readonly begin: number
  readonly units: RunningSums
  readonly squares: RunningSums
  readonly zeros: RunningSums
  readonly orders: RunningSums
  readonly stockout: RunningSums
  /** Units and hours with stock, of days not wholly without: their ratio is demand a day, whatever the stock was. */
  readonly soldInStock: RunningSums
  readonly available: RunningSums
  readonly price: RunningSums
  readonly discount: RunningSums
  readonly activity: RunningSums
  /** Units of days with activity. */
  readonly activeUnits: RunningSums
  /** By half-life: the weighted mean of the units before each day, Float64[days + 1]; NaN before the first sale. */
  readonly fading: ReadonlyMap<number, Float64Array>
}

export function historyOf(series: DemandSeries, days: number): SeriesHistory {
  const { units, orders, price, discount, activity } = series
  const found = units.findIndex((value) => value > 0)
  const begin = found < 0 ? days : found
  const out = (day: number) => series.stockout?.[day] || 0
  const sums = (valueAt: (day: number) => number) => new RunningSums(days, valueAt, begin)
  const inStock = (day: number, value: number) => (out(day) >= 1 || Number.isNaN(units[day]!) ? Number.NaN : value)
  return {
    series,
    begin,
    units: sums((day) => units[day]!),
    squares: sums((day) => units[day]! ** 2),
    zeros: sums((day) => (!Number.isNaN(units[day]!) ? Number(units[day] === 0) : Number.NaN)),
    orders: sums((day) => orders?.[day] ?? Number.NaN),
    stockout: sums(out),
    soldInStock: sums((day) => inStock(day, units[day]!)),
    available: sums((day) => inStock(day, 1 - out(day))),
    price: sums((day) => price?.[day] ?? Number.NaN),
    discount: sums((day) => discount?.[day] ?? Number.NaN),
    activity: sums((day) => activity?.[day] ?? Number.NaN),
    activeUnits: sums((day) => (activity?.[day] === 1 ? units[day]! : Number.NaN)),
    fading: new Map(HALF_LIVES.map((halfLife) => [halfLife, fadingMeans(units, begin, days, halfLife)])),
  }
}

function fadingMeans(units: Float64Array, begin: number, days: number, halfLife: number): Float64Array {
  const keep = 0.5 ** (1 / halfLife)
  const means = new Float64Array(days + 1).fill(Number.NaN)
  let sum = 0
  let weight = 0
  for (let day = begin; day < days; day++) {
    const value = units[day]!
    if (!Number.isNaN(value)) {
      sum = sum * keep + value
      weight = weight * keep + 1
    }
    means[day + 1] = sum / weight
  }
  return means
}
