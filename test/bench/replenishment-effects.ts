/**
 * What prices, campaigns and feasts make of demand, by category, learnt from the past: a conditional Poisson regression, in
 * which each series is compared with itself within eight weeks (G. Chamberlain, Analysis of Covariance with Qualitative Data,
 * Review of Economic Studies 47, 1980). And the week of each store.
 */
import { diwaliOf, holiOf } from '#core/simulator/holidays.ts'
import { solvePositive } from '../../models/reorders/solve-ridge.ts'
import type { SeriesBook, ShopBook } from './replenishment-book.ts'
import { DAYS } from './replenishment-shop.ts'

const WINDOW = 56
const MOST_AHEAD = 60
const STEPS = 5
/** A category's weights are drawn to those of all categories by as much as so many units' worth of evidence. */
const PENALTY = 30

/** The factor of a series' demand on a day, past or ahead, as known on the evening of `now`. */
export type Effects = (one: SeriesBook, day: number, now: number) => number

/**
 * @param seen demand by day from the past's beginning up to today, NaN where it is not known.
 * @param plannedDays days ahead for which campaigns are known.
 */
export function learnEffects(
  book: ShopBook,
  seen: ReadonlyMap<SeriesBook, Float64Array>,
  plannedDays: number,
): Effects {
  const calendar = Array.from({ length: DAYS + MOST_AHEAD }, (_, day) => feastsOf(book.shop.firstDay + day))
  const featuresOf = (one: SeriesBook, day: number, now: number): number[] => {
    const { price, campaign } = planOf(one, day, now, plannedDays)
    return [Math.log(price / one.series.priceMinor), campaign, ...calendar[day]!]
  }
  const estimate = (members: readonly SeriesBook[], prior: Float64Array) =>
    regress(
      members.flatMap((one) => windowsOf(seen.get(one)!, (day) => featuresOf(one, day, day))),
      prior,
    )
  const some = book.series.filter((_, place) => place % 4 === 0)
  const all = estimate(some, new Float64Array(2 + calendar[0]!.length))
  const weights = byGroup(book.series, 'category', (members) => estimate(members, all))
  const weeks = byGroup(book.series, 'store', (members) => weekOf(members.map((one) => seen.get(one)!)))
  const factor: Effects = (one, day, now) => {
    const own = weights.get(one.series.category)!
    const log = featuresOf(one, day, now).reduce((sum, value, place) => sum + value * own[place]!, 0)
    return Math.exp(log) * weeks.get(one.series.store)![day % 7]!
  }
  const past = new Map(book.series.map((one) => [one, new Float64Array(DAYS).fill(Number.NaN)]))
  return (one, day, now) => {
    if (day > now) return factor(one, day, now)
    const known = past.get(one)!
    if (Number.isNaN(known[day]!)) known[day] = factor(one, day, day)
    return known[day]!
  }
}

const byGroup = <T>(
  series: readonly SeriesBook[],
  by: 'category' | 'store',
  of: (members: readonly SeriesBook[]) => T,
): ReadonlyMap<string, T> =>
  new Map([...Map.groupBy(series, (one) => one.series[by])].map(([group, members]) => [group, of(members)]))

/** Price and campaign of a day as planned on the evening of `now`: a campaign's end is known once it is. */
function planOf({ series }: SeriesBook, day: number, now: number, plannedDays: number) {
  const { prices, campaign } = series
  const last = Math.min(day, DAYS - 1)
  if (day <= now) return { price: prices[day]!, campaign: campaign[day]! }
  let begin = last
  while (begin > 0 && campaign[begin - 1] === 1) begin--
  if (campaign[last] === 1 && begin <= now + plannedDays) return { price: prices[last]!, campaign: 1 }
  let usual = now
  while (usual > 0 && campaign[usual] === 1) usual--
  return { price: prices[usual]!, campaign: 0 }
}

/** Days before the great feast in thirds, days before the others. By the calendar alone. */
function feastsOf(day: number): number[] {
  const year = new Date(day * 86_400_000).getUTCFullYear()
  const left = diwaliOf(year) - day
  const others = [
    holiOf(year),
    ...['01-26', '08-15', '12-25', '12-31'].map((date) => Date.parse(`${year}-${date}`) / 86_400_000),
  ]
  const near = others.some((feast) => feast - day >= 0 && feast - day <= 5)
  return [left >= 0 && left <= 6, left > 6 && left <= 12, left > 12 && left <= 18, near].map(Number)
}

interface Row {
  readonly features: readonly number[]
  readonly units: number
}

function windowsOf(units: Float64Array, features: (day: number) => number[]): Row[][] {
  const windows: Row[][] = []
  for (let end = units.length; end - WINDOW >= Math.max(0, units.length - 400); end -= WINDOW) {
    const rows: Row[] = []
    for (let day = end - WINDOW; day < end; day++)
      if (!Number.isNaN(units[day]!)) rows.push({ features: features(day), units: units[day]! })
    windows.push(rows)
  }
  return windows
}

/** Newton's steps from the prior. */
function regress(windows: readonly (readonly Row[])[], prior: Float64Array): Float64Array {
  const size = prior.length
  const weights = Float64Array.from(prior)
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((weight, i) => -PENALTY * (weight - prior[i]!))
    const curvature = Array.from({ length: size }, (_, i) => new Float64Array(size).with(i, PENALTY))
    for (const rows of windows) addWindow(rows, weights, gradient, curvature)
    solvePositive(curvature, gradient).forEach((change, i) => void (weights[i]! += change))
  }
  return weights
}

/** Given a window's total, its units fall on its days by their shares exp(features x weights). */
function addWindow(
  rows: readonly Row[],
  weights: Float64Array,
  gradient: Float64Array,
  curvature: readonly Float64Array[],
): void {
  const size = weights.length
  const [mean, sold] = [new Float64Array(size), new Float64Array(size)]
  const square = Array.from({ length: size }, () => new Float64Array(size))
  let [total, shares] = [0, 0]
  for (const { features, units } of rows) {
    let log = 0
    for (let i = 0; i < size; i++) log += features[i]! * weights[i]!
    const share = Math.exp(log)
    shares += share
    total += units
    for (let i = 0; i < size; i++) {
      const value = features[i]!
      if (value === 0) continue
      sold[i]! += units * value
      mean[i]! += share * value
      for (let j = 0; j <= i; j++) square[i]![j]! += share * value * features[j]!
    }
  }
  if (total === 0) return
  for (let i = 0; i < size; i++) {
    gradient[i]! += sold[i]! - (total * mean[i]!) / shares
    for (let j = 0; j <= i; j++)
      curvature[i]![j]! += total * (square[i]![j]! / shares - (mean[i]! * mean[j]!) / (shares * shares))
  }
}

/** By day of the shop modulo 7, mean 1. */
function weekOf(series: readonly Float64Array[]): number[] {
  const sums = new Float64Array(7)
  for (const units of series)
    for (let day = Math.max(0, units.length - 182); day < units.length; day++) sums[day % 7]! += units[day]! || 0
  const mean = sums.reduce((a, b) => a + b, 0) / 7
  return [...sums].map((sum) => Math.max(0.05, sum / mean))
}
