/**
 * Whether what a model is told today is spread as it was when the model was trained: the population stability index (PSI) of
 * each feature, with a bound that chance alone passes as rarely as is said.
 */
import { z } from 'zod'
import { populationStability, shiftBound } from '#core/lake/population-stability.ts'

/** Share of checks that alarm although nothing has changed, over all features together, at most. */
export const FALSE_ALARMS = 0.01
const BINS = 10

const featureSpread = z.strictObject({
  name: z.string(),
  /** Of a number: where bins end, ascending, the last one open; of a category: its codes. */
  kind: z.enum(['number', 'category']),
  cuts: z.array(z.number()),
  /** By bin, then of missing values. */
  counts: z.array(z.int()),
})
export const spreads = z.strictObject({ rows: z.int(), features: z.array(featureSpread) })
export type Spreads = z.infer<typeof spreads>
type FeatureSpread = z.infer<typeof featureSpread>

export type FeatureShift = {
  readonly feature: string
  readonly psi: number
  /** Beyond it is an alarm. */
  readonly bound: number
}

/** Of one feature, NaN where it is missing. */
export function spreadOf(name: string, kind: 'number' | 'category', values: ArrayLike<number>): FeatureSpread {
  const known = Float64Array.from(values).filter((value) => !Number.isNaN(value))
  const cuts = kind === 'category' ? [...new Set(known)].sort((a, b) => a - b) : quantileCuts(known.sort())
  return { name, kind, cuts, counts: countsIn({ kind, cuts }, values) }
}

/** Values up to and with a cut lie in its bin. Equal ones make one bin. */
function quantileCuts(sorted: Float64Array): number[] {
  const cuts = Array.from({ length: BINS - 1 }, (_, k) => sorted[Math.ceil(((k + 1) * sorted.length) / BINS) - 1])
  return [...new Set(cuts.filter((cut) => cut !== undefined))].filter((cut) => cut < sorted.at(-1)!)
}

function countsIn({ kind, cuts }: Pick<FeatureSpread, 'kind' | 'cuts'>, values: ArrayLike<number>): number[] {
  // Of categories one bin more: those that nobody knew.
  const counts = new Array<number>(cuts.length + 2).fill(0)
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!
    const at = kind === 'category' ? cuts.indexOf(value) : cuts.findIndex((cut) => value <= cut)
    counts[Number.isNaN(value) ? cuts.length + 1 : at < 0 ? cuts.length : at]!++
  }
  return counts
}

/** How often a feature lay in each bin, when the model was trained and now. */
export type FeatureCounts = {
  readonly feature: string
  readonly before: readonly number[]
  readonly now: readonly number[]
}

export const countedNow = (spread: FeatureSpread, values: ArrayLike<number>): FeatureCounts => ({
  feature: spread.name,
  before: spread.counts,
  now: countsIn(spread, values),
})

/** What of the same features was counted apart. */
export const addCounts = (one: readonly FeatureCounts[], other: readonly FeatureCounts[]): readonly FeatureCounts[] =>
  one.map((counts, place) => ({
    ...counts,
    now: counts.now.map((count, bin) => count + other[place]!.now[bin]!),
  }))

/** How far a feature lies from its spread; `among`: how many features are looked at, all of which share the false alarms. */
export function shiftOf({ feature, before, now }: FeatureCounts, among: number): FeatureShift {
  const bins = before.flatMap((count, bin) => (count + now[bin]! > 0 ? [{ before: count, now: now[bin]! }] : []))
  return { feature, psi: populationStability(bins), bound: shiftBound(bins, FALSE_ALARMS / among) }
}
