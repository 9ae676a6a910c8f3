/**
 * The forecast that the bench's policy orders by, from the shop's past alone: each series' level over half a year, without
 * what prices, campaigns and feasts made of it, times how its category goes lately, times what is known of the days ahead.
 * Chance around the mean is negative binomial, as much as forecasts of the category were off before.
 */
import type { DayForecast } from '#core/reorders/reorder-policy.ts'
import { dayDependence } from '../../models/reorders/day-dependence.ts'
import { demandSeen, type SeriesBook, type ShopBook } from './replenishment-book.ts'
import { learnEffects } from './replenishment-effects.ts'

const LEVEL_DAYS = 182
const LATELY_DAYS = 28
const TEST_DAYS = 21
const TESTS = 8
/** Near a Poisson. */
const LEAST_SPREAD = 0.01
const QUANTILES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

export interface ShopForecaster {
  readonly dependence: number
  /** From the day after `day`, so many days. */
  readonly forecast: (one: SeriesBook, day: number, days: number) => DayForecast[]
}

/** A forecast of the past beside what came: units by day, NaN where that is not known. */
interface ErrorWindow {
  readonly means: Float64Array
  readonly errors: Float64Array
  readonly scale: number
}

interface CategoryLevels {
  readonly usual: readonly number[]
  /** The last four weeks over the usual level. */
  readonly lately: number
}

/** @param plannedDays days ahead for which campaigns are known. */
export function learnForecaster(book: ShopBook, today: number, plannedDays: number): ShopForecaster {
  const seen = new Map(book.series.map((one) => [one, demandSeen(one, today, today + 1)]))
  const effects = learnEffects(book, seen, plannedDays)
  const groups = Map.groupBy(book.series, ({ series }) => series.category)
  const plain = (one: SeriesBook, units: Float64Array, day: number): Float64Array => {
    const known = units.subarray(-LEVEL_DAYS)
    return known.map((value, k) => value / effects(one, day + 1 - known.length + k, day))
  }
  const windows: ErrorWindow[] = []
  const trend = new Map<string, number>()
  const spread = new Map<string, number>()
  for (const [category, members] of groups) {
    const levelsAt = (known: number): CategoryLevels => {
      const levels = members.map((one) => levelOf(plain(one, seen.get(one)!.subarray(0, known), known - 1)))
      const lately = sumOf(levels.map(({ lately }) => lately)) / sumOf(levels.map(({ usual }) => usual))
      return { usual: levels.map(({ usual }) => usual), lately }
    }
    trend.set(category, levelsAt(today + 1).lately)
    const tests = Array.from({ length: TESTS }, (_, test) => today + 1 - (TESTS - test) * TEST_DAYS).flatMap(
      (known) => {
        const { usual, lately } = levelsAt(known)
        return members.map((one, place): ErrorWindow => {
          const level = usual[place]! * lately
          const means = Float64Array.from({ length: TEST_DAYS }, (_, k) => level * effects(one, known + k, known - 1))
          return { means, errors: means.map((mean, k) => seen.get(one)![known + k]! - mean), scale: Math.sqrt(level) }
        })
      },
    )
    spread.set(category, spreadOf(tests))
    windows.push(...tests.filter(({ scale }) => scale > 0))
  }
  return {
    dependence: dayDependence(windows),
    forecast: (one, day, days) => {
      const { usual } = levelOf(plain(one, demandSeen(one, day, LEVEL_DAYS), day))
      const { category } = one.series
      return Array.from({ length: days }, (_, k) => {
        const mean = usual * trend.get(category)! * effects(one, day + 1 + k, day)
        return { mean, quantiles: negativeBinomial(mean, spread.get(category)!) }
      })
    },
  }
}

/** Of the negative binomial: by how much squared errors are above those of a Poisson, over the squared means. */
function spreadOf(windows: readonly ErrorWindow[]): number {
  let [squares, means] = [0, 0]
  for (const window of windows)
    window.errors.forEach((error, k) => {
      if (Number.isNaN(error)) return
      squares += error * error - window.means[k]!
      means += window.means[k]! ** 2
    })
  return Math.max(LEAST_SPREAD, squares / means)
}

function levelOf(units: Float64Array): { usual: number; lately: number } {
  return { usual: knownMean(units), lately: knownMean(units.subarray(-LATELY_DAYS)) }
}

function knownMean(values: Float64Array): number {
  let [sum, count] = [0, 0]
  for (const value of values)
    if (!Number.isNaN(value)) {
      sum += value
      count++
    }
  return count === 0 ? 0 : sum / count
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/** Its quantiles 10 to 90 %; variance mean + spread mean^2. */
function negativeBinomial(mean: number, spread: number): number[] {
  if (!(mean > 0)) return QUANTILES.map(() => 0)
  const size = 1 / spread
  const p = mean / (size + mean)
  let chance = Math.exp(size * Math.log(1 - p))
  let below = chance
  let units = 0
  return QUANTILES.map((share) => {
    while (below < share) {
      units++
      chance *= (p * (units - 1 + size)) / units
      below += chance
    }
    return units
  })
}
