/** The ensembles of trees that every fold trains, the same for every set of data. */
import type { TreeRecipe } from './tree-recipe.ts'

/** Short trees: recent weeks of few hundred series tell little more, and deeper ones learn the noise. */
const TREES = {
  rounds: 100,
  learningRate: 0.08,
  maxLeaves: 12,
  minDataInLeaf: 80,
  columnsPerTree: 0.4,
  rowsPerTree: 0.6,
  l2: 1,
}
const QUANTILE_TREES = { ...TREES, rounds: 60, learningRate: 0.12, maxLeaves: 8 }
const RECENT = { halfLifeDays: 40 }

export const TREE_RECIPES: readonly TreeRecipe[] = [
  { name: 'trees, median, series alike', kind: 'median', levelPower: 0, trees: { ...TREES, seed: 1 } },
  { name: 'trees, median, recent', kind: 'median', levelPower: 1, ...RECENT, trees: { ...TREES, seed: 2 } },
  { name: 'trees, mean', kind: 'mean', levelPower: 1, tweedie: 1.5, cap: 10, trees: { ...TREES, seed: 3 } },
  { name: 'trees, mean, capped', kind: 'mean', levelPower: 0, tweedie: 1.5, cap: 5, trees: { ...TREES, seed: 4 } },
  {
    name: 'trees, mean, capped, recent',
    kind: 'mean',
    levelPower: 1,
    tweedie: 1.5,
    cap: 5,
    ...RECENT,
    trees: { ...TREES, seed: 5 },
  },
  { name: 'trees, quantiles', kind: 'quantiles', levelPower: 1, trees: { ...QUANTILE_TREES, seed: 6 } },
  {
    name: 'trees, quantiles, recent',
    kind: 'quantiles',
    levelPower: 0.5,
    ...RECENT,
    trees: { ...QUANTILE_TREES, seed: 7 },
  },
]
