/** How far a graph that adds in float32 may be off from the trees, which add in float64. */
import { rawScoreOfRow } from './predict-trees.ts'
import { goesLeft, linkOf, type TreeEnsemble } from './tree-ensemble.ts'

/** Exp and Sigmoid are not rounded correctly: their own error, relative to e^raw and absolute. */
const EXP_ERROR = 4e-7
const LOGISTIC_ERROR = 1e-7

/**
 * Of a raw score: N. Higham, Accuracy and Stability of Numerical Algorithms (2002), section 4.2, with one more rounding for the
 * leaf and one for the base.
 */
function rawBound(trees: TreeEnsemble, row: Float32Array): number {
  let sum = Math.abs(trees.base)
  for (const root of trees.roots) {
    let node = root
    while (trees.feature[node]! >= 0)
      node = goesLeft(trees, node, row[trees.feature[node]!]!) ? trees.left[node]! : trees.right[node]!
    sum += Math.abs(trees.value[node]!)
  }
  return (trees.roots.length + 2) * 2 ** -24 * sum
}

/** Least and greatest prediction of a row that float32 explains. A link carries the sum's error on, and has one of its own. */
export function float32Range(trees: TreeEnsemble, row: Float32Array): { readonly low: number; readonly high: number } {
  const raw = rawScoreOfRow(trees, row)
  const off = rawBound(trees, row)
  const own = { identity: 0, exp: EXP_ERROR * linkOf('exp', raw), logistic: LOGISTIC_ERROR }[trees.link]
  return { low: linkOf(trees.link, raw - off) - own, high: linkOf(trees.link, raw + off) + own }
}
