import type { Rhythm } from '#core/inventory/velocity.ts'

const HOUR_MS = 3_600_000

/** After this time a unit sold counts half for the rhythm of its store. */
export const RHYTHM_HALF_LIFE_MS = 28 * 24 * HOUR_MS

/**
 * Units that every hour is given beforehand (additive smoothing): a store of a few sales is nearly flat, one of
 * thousands is itself, and no hour's weight is ever 0, since a closed shop may open earlier tomorrow.
 */
export const PSEUDO_UNITS_PER_HOUR = 5

/**
 * Units that a store sold by hour of its day, fading. Kept by forward decay: a unit sold at t weighs
 * 2^((t - referenceMs) / half-life) once and for ever, so that a sale touches one of 24 numbers, and late ones are no
 * different. Source: Cormode, Shkapenyuk, Srivastava, Xu, "Forward decay: a practical time decay model for streaming
 * systems" (ICDE 2009).
 */
export type HourCounts = {
  /** 24 sums of units times their weight. */
  readonly scaled: readonly number[]
  /** Epoch ms at which a unit weighs 1: a multiple of the half-life, at most one half-life before `asOf`. */
  readonly referenceMs: number
  /** Epoch ms of the latest sale; 0: none yet. */
  readonly asOf: number
}

export const NO_HOURS: HourCounts = { scaled: new Array<number>(24).fill(0), referenceMs: 0, asOf: 0 }

/**
 * `units` sold at `atMs` (epoch ms), where the store's clock is `offsetMs` ahead of UTC. Sales in any order give the
 * same counts up to rounding. Negative units take a sale back: give them the time of the sale that they undo. HOT.
 */
export function recordHour(counts: HourCounts, atMs: number, units: number, offsetMs: number): HourCounts {
  if (units === 0) return counts
  let referenceMs = counts.referenceMs
  let scaled: number[]
  if (counts.asOf === 0) {
    referenceMs = Math.floor(atMs / RHYTHM_HALF_LIFE_MS) * RHYTHM_HALF_LIFE_MS
    scaled = counts.scaled.slice()
  } else if (atMs >= referenceMs + RHYTHM_HALF_LIFE_MS) {
    // The reference moves by whole half-lives, so that the weights are divided by a power of two: nothing is lost.
    const halfLives = Math.floor((atMs - referenceMs) / RHYTHM_HALF_LIFE_MS)
    referenceMs += halfLives * RHYTHM_HALF_LIFE_MS
    const left = 2 ** -halfLives
    scaled = counts.scaled.map((count) => count * left)
  } else {
    scaled = counts.scaled.slice()
  }
  const hour = Math.floor((atMs + offsetMs) / HOUR_MS) % 24
  scaled[hour < 0 ? hour + 24 : hour]! += units * 2 ** ((atMs - referenceMs) / RHYTHM_HALF_LIFE_MS)
  return { scaled, referenceMs, asOf: Math.max(counts.asOf, atMs) }
}

/**
 * The store's share of a day by hour, as of its latest sale: 24 weights above 0 that sum to 24, smoothed by
 * PSEUDO_UNITS_PER_HOUR; flat where nothing was sold. `offsetMs`: its clock ahead of UTC, now. HOT.
 */
export function rhythmOf(counts: HourCounts, offsetMs: number): Rhythm {
  const perUnit = 2 ** ((counts.referenceMs - counts.asOf) / RHYTHM_HALF_LIFE_MS)
  let sum = 24 * PSEUDO_UNITS_PER_HOUR
  for (let hour = 0; hour < 24; hour++) sum += Math.max(0, counts.scaled[hour]!) * perUnit
  const weights = new Array<number>(24)
  for (let hour = 0; hour < 24; hour++) {
    weights[hour] = ((Math.max(0, counts.scaled[hour]!) * perUnit + PSEUDO_UNITS_PER_HOUR) * 24) / sum
  }
  return { weights, offsetMs }
}
