/**
 * How fast one product sells in one store: units sold over the time in which they could be sold. Both sums fade with
 * one half-life, so recent weeks count most; the time is weighted by the hours in which the store sells, so the night
 * does not slow a product down; time out of stock does not count, since what is not there is not slow.
 */

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** After this time a sale and an hour of waiting count half. */
export const VELOCITY_HALF_LIFE_MS = 7 * DAY_MS

/**
 * The exposure that a rate is at least taken over, in days: a product seen for less is read as if it had been for sale
 * for six average hours, so that one sale in the first second is 4 a day and not 86,400. The same floor lets the rate
 * of a product that is out of stock fall at last: untouched for about five weeks, then by half each week.
 */
export const MIN_EXPOSURE_DAYS = 0.25

/** Share of a day's sales by hour of day: 24 numbers that sum to 24, so that 1 is an average hour, in the store's zone. */
export type Rhythm = {
  readonly weights: readonly number[]
  /** Milliseconds to add to UTC for the store's clock. */
  readonly offsetMs: number
}

/** A store that sells alike at any hour. */
export const FLAT_RHYTHM: Rhythm = { weights: new Array<number>(24).fill(1), offsetMs: 0 }

/** Units sold and days for sale (average days of the rhythm), both decayed to `asOf` (epoch ms; 0: never observed). */
export type Velocity = { readonly units: number; readonly exposureDays: number; readonly asOf: number }

export const NO_VELOCITY: Velocity = { units: 0, exposureDays: 0, asOf: 0 }

/**
 * Lets time pass to `toMs` (epoch ms): both sums decay, and the span adds its exposure if the product was in stock
 * during it. The first observation only starts the clock. Never goes backwards: an earlier `toMs` gives the very same
 * object. Pass `inStock` true for goods whose stock nobody counts. HOT.
 */
export function advanceVelocity(v: Velocity, toMs: number, inStock: boolean, rhythm: Rhythm): Velocity {
  return recordSold(v, toMs, 0, inStock, rhythm)
}

/**
 * `units` sold at `atMs` (epoch ms); `inStock` is about the span since `asOf`. A late sale (before `asOf`) is added
 * with the decay that it would have had by now, so that sales in any order after the first observation give the same
 * sums up to rounding. Negative units take a sale back: give them the time of the sale that they undo. HOT.
 */
export function recordSold(v: Velocity, atMs: number, units: number, inStock: boolean, rhythm: Rhythm): Velocity {
  if (v.asOf === 0) return { units, exposureDays: 0, asOf: atMs }
  if (!(atMs > v.asOf)) {
    if (units === 0) return v
    return { units: v.units + units * fading(v.asOf - atMs), exposureDays: v.exposureDays, asOf: v.asOf }
  }
  const left = fading(atMs - v.asOf)
  const added = inStock ? exposureDays(v.asOf, atMs, rhythm) : 0
  return { units: v.units * left + units, exposureDays: v.exposureDays * left + added, asOf: atMs }
}

/** Units a day at `v`, never negative; over less than MIN_EXPOSURE_DAYS the rate over that time. */
export function unitsPerDay(v: Velocity): number {
  return v.units > 0 ? v.units / Math.max(v.exposureDays, MIN_EXPOSURE_DAYS) : 0
}

/**
 * Exposure of the span `fromMs`..`toMs` (epoch ms) in days, decayed to its end: the integral of
 * weight(s) * 2^(-(toMs - s) / half-life) ds. Exact but for rounding: within an hour the weight is constant and the
 * integral closed, whole days form a geometric series, so that years cost no more than a day. 0 for an empty span. HOT.
 */
export function exposureDays(fromMs: number, toMs: number, rhythm: Rhythm): number {
  if (!(toMs > fromMs)) return 0
  const weights = rhythm.weights
  const localFromMs = fromMs + rhythm.offsetMs
  const localToMs = toMs + rhythm.offsetMs
  const firstHour = Math.floor(localFromMs / HOUR_MS)
  const lastHour = Math.floor(localToMs / HOUR_MS)
  if (firstHour === lastHour) return weights[hourOfDay(lastHour)]! * flatExposure(toMs - fromMs)

  // Backwards from the end: the begun hour, the whole ones, what remains of the first.
  const begunMs = localToMs - lastHour * HOUR_MS
  const begun = weights[hourOfDay(lastHour)]! * flatExposure(begunMs)

  const wholeHours = lastHour - firstHour - 1
  const wholeDays = Math.floor(wholeHours / 24)
  const latest = hourOfDay(lastHour - 1)
  let whole = fadingWeights(weights, latest, wholeHours - wholeDays * 24)
  if (wholeDays > 0) {
    const days = Math.expm1(-FADING_PER_MS * wholeDays * DAY_MS) / Math.expm1(-FADING_PER_MS * DAY_MS)
    whole = whole * fading(wholeDays * DAY_MS) + fadingWeights(weights, latest, 24) * days
  }

  const afterFirstMs = localToMs - (firstHour + 1) * HOUR_MS
  const first = weights[hourOfDay(firstHour)]! * flatExposure((firstHour + 1) * HOUR_MS - localFromMs)
  return begun + whole * EXPOSURE_OF_AN_HOUR * fading(begunMs) + first * fading(afterFirstMs)
}

const FADING_PER_MS = Math.LN2 / VELOCITY_HALF_LIFE_MS

/** What is left of 1 after a time. */
const fading = (spanMs: number): number => Math.exp(-FADING_PER_MS * spanMs)

/** Exposure in days, decayed to its end, of a span in which the weight is 1. */
const flatExposure = (spanMs: number): number => -Math.expm1(-FADING_PER_MS * spanMs) / (FADING_PER_MS * DAY_MS)

const FADING_OF_AN_HOUR = fading(HOUR_MS)
const EXPOSURE_OF_AN_HOUR = flatExposure(HOUR_MS)

const hourOfDay = (hour: number): number => ((hour % 24) + 24) % 24

/** The weights of `hours` hours (at most 24) back from hour of day `latest`, each faded by the hours after it. */
function fadingWeights(weights: readonly number[], latest: number, hours: number): number {
  let sum = 0
  let left = 1
  let hour = latest
  for (let i = 0; i < hours; i++) {
    sum += weights[hour]! * left
    left *= FADING_OF_AN_HOUR
    hour = hour === 0 ? 23 : hour - 1
  }
  return sum
}
