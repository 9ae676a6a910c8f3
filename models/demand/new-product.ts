/**
 * A forecast for a product with little past or none, from what products of its category sold when they were new. How much
 * its own days count follows from how much such products differ: the empirical Bayes estimate of C. Morris, Parametric
 * Empirical Bayes Inference, JASA 78 (1983), from the narrowest category up.
 */
import { type DemandPanel, type DemandSeries, HORIZON_DAYS, weekdayOf } from '#core/demand/demand-panel.ts'
import { blankColumns, type ForecastColumns, QUANTILE_KINDS, shareOf } from '#core/demand/forecast-columns.ts'

/** Days from the first sale whose units say how a new product sells. */
const NEW_DAYS = 28
const FEWEST_KNOWN_DAYS = 7
/** A category of few products is pulled to the wider one, by so many products' worth. */
const PARENT_PRODUCTS = 3

export interface NewProduct {
  readonly store: string
  /** From the widest to the narrowest, as in the panel. */
  readonly categories: readonly string[]
  /** Its own units by day since it is for sale, the last being the day before the origin; empty before its first day. */
  readonly units: ArrayLike<number>
}

interface Prior {
  /** Units a day. */
  readonly level: number
  /** Days of its own that weigh as much as the category; at most four weeks. */
  readonly days: number
}

/** Columns of one series, Float64[7], learnt from the panel's days before `origin`. All are 0 where the panel tells nothing. */
export function forecastNewProduct(panel: DemandPanel, origin: number, product: NewProduct): ForecastColumns {
  const known = panel.series.filter((one) => known28(one, origin).length >= FEWEST_KNOWN_DAYS)
  const prior = priorOf(known, origin, product)
  const own = Array.from(product.units).filter((value) => !Number.isNaN(value))
  const sum = own.reduce((a, b) => a + b, 0)
  const level = (sum + prior.days * prior.level) / (own.length + prior.days)
  const group = narrowest(known, product)
  const columns = blankColumns(1)
  const ratios = ratiosOf(group, origin)
  for (let horizon = 1; horizon <= HORIZON_DAYS; horizon++) {
    const mean = level * weekdayRatio(panel, group, origin, origin + horizon - 1)
    columns.mean[horizon - 1] = mean
    for (const kind of QUANTILE_KINDS)
      columns[kind][horizon - 1] =
        mean * (ratios.length === 0 ? 1 : ratios[Math.floor(shareOf(kind) * (ratios.length - 1))]!)
    columns.median[horizon - 1] = columns.q50[horizon - 1]!
  }
  return columns
}

/** The category's level and weight, from all series down through the product's categories to those of its own store. */
function priorOf(known: readonly DemandSeries[], origin: number, product: NewProduct): Prior {
  let prior: Prior = { level: 0, days: NEW_DAYS }
  let products = 0
  for (const group of nested(known, product)) {
    if (group.length === 0) break
    const stats = group.map((one) => statsOf(known28(one, origin)))
    const mean = average(stats.map(({ mean }) => mean))
    const level =
      products === 0 ? mean : (group.length * mean + PARENT_PRODUCTS * prior.level) / (group.length + PARENT_PRODUCTS)
    products = group.length
    const within = average(stats.map(({ variance }) => variance))
    const noise = average(stats.map(({ variance, count }) => variance / count))
    const between = average(stats.map((one) => (one.mean - mean) ** 2)) - noise
    // One product tells nothing of how products differ: the wider category's answer stays.
    prior = { level, days: group.length < 3 ? prior.days : Math.min(NEW_DAYS, within / Math.max(between, 1e-9)) }
  }
  return prior
}

/** From the widest group to the narrowest: all, each category, the narrowest category in the same store. */
function nested(
  known: readonly DemandSeries[],
  { store, categories }: NewProduct,
): readonly (readonly DemandSeries[])[] {
  const levels = categories.map((_, depth) =>
    known.filter((one) => categories.slice(0, depth + 1).every((name, k) => one.categories[k] === name)),
  )
  const narrow = levels.at(-1) ?? known
  return [known, ...levels, narrow.filter((one) => one.store === store)]
}

/** The narrowest group of at least three. */
const narrowest = (known: readonly DemandSeries[], product: NewProduct): readonly DemandSeries[] =>
  nested(known, product).findLast((group) => group.length >= 3) ?? known

/** Units of the first days of sale before the origin. */
function known28({ units }: DemandSeries, origin: number): Float64Array {
  const begin = units.findIndex((value) => value > 0)
  if (begin < 0 || begin >= origin) return new Float64Array(0)
  return units.slice(begin, Math.min(origin, begin + NEW_DAYS)).filter((value) => !Number.isNaN(value))
}

function statsOf(values: Float64Array): { mean: number; variance: number; count: number } {
  const mean = average(values)
  return { mean, variance: average(values.map((value) => (value - mean) ** 2)), count: values.length }
}

/** Sorted units over the series' own mean. */
function ratiosOf(group: readonly DemandSeries[], origin: number): Float64Array {
  const ratios = group.flatMap((one) => {
    const values = known28(one, origin)
    const mean = average(values)
    return mean > 0 ? Array.from(values, (value) => value / mean) : []
  })
  return Float64Array.from(ratios).sort()
}

/** The weekday's mean over the mean of all days, of the last eight weeks. */
function weekdayRatio(panel: DemandPanel, group: readonly DemandSeries[], origin: number, target: number): number {
  let [same, all, sameDays, allDays] = [0, 0, 0, 0]
  for (let day = Math.max(0, origin - 8 * HORIZON_DAYS); day < origin; day++) {
    const sold = group.reduce((sum, { units }) => sum + (units[day] || 0), 0)
    all += sold
    allDays++
    if (weekdayOf(panel, day) !== weekdayOf(panel, target)) continue
    same += sold
    sameDays++
  }
  return all > 0 && sameDays > 0 ? same / sameDays / (all / allDays) : 1
}

const average = (values: ArrayLike<number>): number => {
  let sum = 0
  for (let k = 0; k < values.length; k++) sum += values[k]!
  return values.length === 0 ? 0 : sum / values.length
}
