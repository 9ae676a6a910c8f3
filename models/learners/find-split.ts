/**
 * The best question to ask of a leaf's rows, from the histograms of their gradients. A leaf with sums G and H lowers the
 * loss by G^2 / (2 (H + l2)) at its best value -G / (H + l2): J. Friedman, Greedy Function Approximation, Annals of
 * Statistics 29 (2001), with the second order of T. Chen, C. Guestrin, XGBoost, KDD 2016. Constraints on values follow the
 * latter's monotone constraints: a child's value is clamped into what the leaves above allow.
 */
import { MISSING_BIN } from './bin-features.ts'
import type { HistogramKernel } from './histogram-kernel.ts'
import type { LeafSums } from './leaf-sums.ts'

/** What of a kernel compares cuts. */
export type CutFinder = {
  readonly memory: Pick<HistogramKernel['memory'], 'histograms' | 'found'>
  readonly bestCut: HistogramKernel['bestCut']
}

/** The best found so far; changed in place. `score` is twice the loss that both children take away. */
export interface Split {
  score: number
  /** -1: none. */
  feature: number
  /** Of a number: the last bin that goes left. */
  bin: number
  /** Of a number: whether the missing go left; undefined where none was seen. */
  missingLeft: boolean | undefined
  leftG: number
  leftH: number
  /** Of a category: the bins that go left. */
  leftBins: Uint8Array | undefined
}

/** Rounding alone makes no gain. */
const LEAST_RELATIVE_GAIN = 1e-10

/** No split yet: a better one takes away more than the leaf by itself does. */
export function noSplit(sums: LeafSums, minGain: number): Split {
  const own = scoreOf(sums.G, sums.H, bestValue(sums.G, sums.H, sums, sums.l2), sums, sums.l2)
  const score = own + Math.abs(own) * LEAST_RELATIVE_GAIN + minGain
  return { score, feature: -1, bin: 0, missingLeft: undefined, leftG: 0, leftH: 0, leftBins: undefined }
}

/** -G / (H + l2), G first drawn towards 0 by l1, the whole clamped. */
export function bestValue(
  G: number,
  H: number,
  { l1, low, high }: Pick<LeafSums, 'l1' | 'low' | 'high'>,
  l2: number,
): number {
  const value = -drawnIn(G, l1) / (H + l2)
  return value < low ? low : value > high ? high : value
}

const drawnIn = (G: number, l1: number): number => (l1 === 0 ? G : Math.sign(G) * Math.max(0, Math.abs(G) - l1))

/** Twice the loss that a leaf of this value takes away. */
const scoreOf = (G: number, H: number, value: number, { l1 }: LeafSums, l2: number): number =>
  -(2 * drawnIn(G, l1) * value + (H + l2) * value * value)

/** Whether some rows' share of the hessian is more than what subtraction of histograms leaves behind. */
const holdsRows = (hessian: number, H: number): boolean => hessian > 1e-12 * H

/** Splits of a number at histogram place `at`; `bins` with bin 0. `monotone`: 1, -1 or 0. */
export function splitNumber(
  best: Split,
  feature: number,
  kernel: CutFinder,
  at: number,
  bins: number,
  monotone: number,
  sums: LeafSums,
): void {
  const { histograms } = kernel.memory
  const free = monotone === 0 && sums.l1 === 0 && sums.low === -Infinity && sums.high === Infinity
  for (const missingLeft of holdsRows(histograms[at + 1]!, sums.H) ? EITHER_SIDE : NO_SIDE) {
    if (free) scanFree(best, feature, kernel, at, bins, sums, missingLeft)
    else scanBound(best, feature, histograms, at, bins, monotone, sums, missingLeft)
  }
}

/** Where the missing go. */
const EITHER_SIDE = [true, false] as const
const NO_SIDE = [undefined] as const

/** Where values are free a child's score is G^2 / (H + l2), and the kernel compares. */
function scanFree(
  best: Split,
  feature: number,
  { memory, bestCut }: CutFinder,
  at: number,
  bins: number,
  sums: LeafSums,
  missingLeft: boolean | undefined,
): void {
  // The last bin goes left where that leaves the missing to the right.
  const end = missingLeft === false ? bins : bins - 1
  const bin = bestCut(at, end, missingLeft === true, sums, best.score)
  if (bin < 0) return
  const { found } = memory
  best.score = found[0]!
  best.leftG = found[1]!
  best.leftH = found[2]!
  best.feature = feature
  best.bin = bin
  best.missingLeft = missingLeft
  best.leftBins = undefined
}

/** As `scanFree`, where values are clamped, drawn in by l1, or must rise or fall. */
function scanBound(
  best: Split,
  feature: number,
  histograms: Float64Array,
  at: number,
  bins: number,
  monotone: number,
  sums: LeafSums,
  missingLeft: boolean | undefined,
): void {
  const { G, H, leastHessian, l2 } = sums
  let leftG = missingLeft === true ? histograms[at]! : 0
  let leftH = missingLeft === true ? histograms[at + 1]! : 0
  const end = missingLeft === false ? bins : bins - 1
  for (let bin = 1; bin < end; bin++) {
    leftG += histograms[at + 2 * bin]!
    leftH += histograms[at + 2 * bin + 1]!
    if (leftH < leastHessian) continue
    if (H - leftH < leastHessian) break
    const left = bestValue(leftG, leftH, sums, l2)
    const right = bestValue(G - leftG, H - leftH, sums, l2)
    if (monotone * (right - left) < 0) continue
    const score = scoreOf(leftG, leftH, left, sums, l2) + scoreOf(G - leftG, H - leftH, right, sums, l2)
    if (score > best.score) Object.assign(best, { score, feature, bin, missingLeft, leftG, leftH, leftBins: undefined })
  }
}

export interface CategoryBounds {
  readonly categorySmoothing: number
  readonly categoryL2: number
  readonly maxCategoriesPerSplit: number
}

/**
 * Splits of a category, many against the rest: the categories in the order of gradient by hessian, the best cut of that
 * order from either end (W. Fisher, On Grouping for Maximum Homogeneity, JASA 53, 1958). The named side goes left; bin 0
 * and whatever was never seen goes right with the rest.
 */
export function splitCategory(
  best: Split,
  feature: number,
  histograms: Float64Array,
  at: number,
  bins: number,
  { categorySmoothing, categoryL2, maxCategoriesPerSplit }: CategoryBounds,
  sums: LeafSums,
): void {
  const { G, H, leastHessian } = sums
  const l2 = sums.l2 + categoryL2
  const seen: number[] = []
  for (let bin = MISSING_BIN + 1; bin < bins; bin++) if (holdsRows(histograms[at + 2 * bin + 1]!, H)) seen.push(bin)
  const ratio = (bin: number) => histograms[at + 2 * bin]! / (histograms[at + 2 * bin + 1]! + categorySmoothing)
  const ascending = seen.map((bin) => ({ bin, by: ratio(bin) })).sort((a, b) => a.by - b.by || a.bin - b.bin)
  for (const sorted of [ascending, ascending.toReversed()]) {
    let leftG = 0
    let leftH = 0
    for (let k = 0; k < Math.min(sorted.length, maxCategoriesPerSplit); k++) {
      const { bin } = sorted[k]!
      leftG += histograms[at + 2 * bin]!
      leftH += histograms[at + 2 * bin + 1]!
      if (leftH < leastHessian) continue
      if (H - leftH < leastHessian) break
      const left = bestValue(leftG, leftH, sums, l2)
      const right = bestValue(G - leftG, H - leftH, sums, l2)
      const score = scoreOf(leftG, leftH, left, sums, l2) + scoreOf(G - leftG, H - leftH, right, sums, l2)
      if (score <= best.score) continue
      const leftBins = Uint8Array.from(sorted.slice(0, k + 1), (it) => it.bin)
      Object.assign(best, { score, feature, bin: 0, missingLeft: undefined, leftG, leftH, leftBins })
    }
  }
}
