/** Raw scores and predictions of trees, for a table or a row. */
import { columnsByName, type FeatureTable } from './feature-table.ts'
import { goesLeft, linkOf, type TreeEnsemble } from './tree-ensemble.ts'

/**
 * Raw scores by row, Float64[rows]: base and leaves added up in the order of the trees. Columns are found by name.
 * @throws FeatureTableError where the table lacks a feature or has it as another kind.
 */
export function rawScores(trees: TreeEnsemble, table: FeatureTable): Float64Array {
  const columns = columnsByName(table, trees.features)
  const scores = new Float64Array(table.rows).fill(trees.base)
  for (let tree = 0; tree < trees.roots.length; tree++) addTree(trees, tree, columns, scores)
  return scores
}

/** Adds one tree's leaves to `scores`. HOT. */
export function addTree(
  trees: TreeEnsemble,
  tree: number,
  columns: readonly Float32Array[],
  scores: Float64Array,
): void {
  const { roots, feature, left, right, value } = trees
  for (let i = 0; i < scores.length; i++) {
    let node = roots[tree]!
    for (let j = feature[node]!; j >= 0; j = feature[node]!)
      node = goesLeft(trees, node, columns[j]![i]!) ? left[node]! : right[node]!
    scores[i]! += value[node]!
  }
}

/** Through the link, Float64[rows]. Throws as `rawScores`. */
export function predictions(trees: TreeEnsemble, table: FeatureTable): Float64Array {
  return rawScores(trees, table).map((raw) => linkOf(trees.link, raw))
}

/** Raw score of one row, its values in the order of `trees.features`; read as float32. */
export function rawScoreOfRow(trees: TreeEnsemble, values: Float32Array): number {
  const { base, roots, feature, left, right, value } = trees
  let score = base
  for (const root of roots) {
    let node = root
    for (let j = feature[node]!; j >= 0; j = feature[node]!)
      node = goesLeft(trees, node, values[j]!) ? left[node]! : right[node]!
    score += value[node]!
  }
  return score
}
