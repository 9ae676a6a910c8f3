/**
 * Whether values are distributed as they were before: the population stability index (PSI), the symmetric relative entropy of
 * two histograms. Of samples of one distribution it is, times n·m / (n + m), about χ² distributed with a degree of freedom less
 * than there are bins (B. Yurdakul, Statistical Properties of Population Stability Index, 2018), so a bound follows from how
 * often it may be wrong.
 */

/** How many values of a bin there are now, and were before. */
export type BinCounts = { readonly now: number; readonly before: number }

/** Added to each bin on both sides: one that is empty on one side says much, and not everything. */
const SMOOTHING = 0.5

/** 0: the same shares. @param bins at least one value on each side. */
export function populationStability(bins: readonly BinCounts[]): number {
  const total = (side: keyof BinCounts) => bins.reduce((sum, bin) => sum + bin[side] + SMOOTHING, 0)
  const [now, before] = [total('now'), total('before')]
  return bins.reduce((sum, bin) => {
    const [p, q] = [(bin.now + SMOOTHING) / now, (bin.before + SMOOTHING) / before]
    return sum + (p - q) * Math.log(p / q)
  }, 0)
}

/** By convention: below it nobody would act, however sure it is. */
export const MAJOR_SHIFT = 0.25

/**
 * The PSI above which somebody is told. Where nothing has changed and values are independent of each other, it is exceeded with
 * this probability at most.
 */
export function shiftBound(bins: readonly BinCounts[], falseAlarms: number): number {
  const now = bins.reduce((sum, bin) => sum + bin.now, 0)
  const before = bins.reduce((sum, bin) => sum + bin.before, 0)
  return Math.max(MAJOR_SHIFT, chiSquaredAbove(falseAlarms, Math.max(1, bins.length - 1)) * (1 / now + 1 / before))
}

/** What chi-squared passes with this probability. Wilson and Hilferty: Abramowitz, Stegun (1964), 26.4.17. */
function chiSquaredAbove(tail: number, freedom: number): number {
  const part = 2 / (9 * freedom)
  return freedom * (1 - part + scoreAbove(tail) * Math.sqrt(part)) ** 3
}

/** What a normal variable passes with this probability, 0 to 0.5, within 4.5e-4. Abramowitz, Stegun (1964), 26.2.23. */
export function scoreAbove(tail: number): number {
  const t = Math.sqrt(-2 * Math.log(tail))
  const above = 2.515517 + t * (0.802853 + t * 0.010328)
  return t - above / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
}
