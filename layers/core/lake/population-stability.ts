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
const WORTH_A_LOOK = 0.25
/** Standard normal quantile of 99.9 %. */
const Z = 3.0902

/**
 * The PSI above which somebody is told. Where nothing has changed and lines are independent of each other, it is exceeded on at
 * most one of 1,000 days.
 */
export function shiftBound(bins: readonly BinCounts[]): number {
  const now = bins.reduce((sum, bin) => sum + bin.now, 0)
  const before = bins.reduce((sum, bin) => sum + bin.before, 0)
  const chance = chiSquareQuantile(Math.max(1, bins.length - 1)) * (1 / now + 1 / before)
  return Math.max(WORTH_A_LOOK, chance)
}

/** Of 99.9 %, after E. B. Wilson and M. M. Hilferty, The Distribution of Chi-Square, 1931. */
const chiSquareQuantile = (degrees: number): number => {
  const spread = 2 / (9 * degrees)
  return degrees * (1 - spread + Z * Math.sqrt(spread)) ** 3
}
