/**
 * Whether what a model is told today is spread as it was when the model was trained: the population stability index (PSI) of
 * each feature, with a bound that chance alone passes as rarely as is said. N. Siddiqi, Credit Risk Scorecards (2006); its
 * distribution where nothing has changed is (1/n + 1/m) chi-squared: B. Yurdakul, Statistical Properties of Population
 * Stability Index, Western Michigan University (2018).
 */
import { z } from 'zod'

/** Share of checks that alarm although nothing has changed, over all features together, at most. */
export const FALSE_ALARMS = 0.01
/** Below it a shift is no matter, however certain it is: the field's own rule. */
export const MAJOR_SHIFT = 0.25
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

/** How far `values` lie from the spread; `among`: how many features are looked at, all of which share the false alarms. */
export function shiftOf(spread: FeatureSpread, values: ArrayLike<number>, among: number): FeatureShift {
  const now = countsIn(spread, values)
  const bins = spread.counts.flatMap((count, bin) => (count + now[bin]! > 0 ? [[count, now[bin]!] as const] : []))
  const [before, after] = [0, 1].map((side) => bins.reduce((sum, bin) => sum + bin[side]!, 0)) as [number, number]
  // Half a row more in each bin: an empty one says little, and not all.
  const share = (count: number, all: number) => (count + 0.5) / (all + bins.length / 2)
  const psi = bins.reduce((sum, [was, is]) => {
    const [p, q] = [share(was, before), share(is, after)]
    return sum + (q - p) * Math.log(q / p)
  }, 0)
  const chance = (1 / before + 1 / after) * chiSquaredAbove(FALSE_ALARMS / among, bins.length - 1)
  return { feature: spread.name, psi, bound: Math.max(MAJOR_SHIFT, chance) }
}

/** What chi-squared passes with this probability. Wilson and Hilferty: Abramowitz, Stegun (1964), 26.4.17. */
function chiSquaredAbove(tail: number, freedom: number): number {
  if (freedom <= 0) return 0
  const part = 2 / (9 * freedom)
  return freedom * (1 - part + scoreAbove(tail) * Math.sqrt(part)) ** 3
}

/** What a normal variable passes with this probability, 0 to 0.5, within 4.5e-4. Abramowitz, Stegun (1964), 26.2.23. */
export function scoreAbove(tail: number): number {
  const t = Math.sqrt(-2 * Math.log(tail))
  const above = 2.515517 + t * (0.802853 + t * 0.010328)
  return t - above / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
}
