/**
 * Random forest: L. Breiman, Random Forests, Machine Learning 45 (2001). Each tree is grown on a bootstrap of the rows, each
 * split asks some of the columns, and the mean of the trees predicts. Targets of 0 and 1 make it a classifier: squared error
 * of a share p is p (1 - p), half of Gini's impurity, so the splits are Gini's and the mean is the share of ones.
 */
import { z } from 'zod'
import { below, randomFrom } from '#core/simulator/random.ts'
import type { BinnedFeatures } from './bin-features.ts'
import { TreeGrower } from './grow-tree.ts'
import type { KernelName } from './kernel-of.ts'
import { checkLabels } from './labels.ts'
import { type Targets, weightedMean } from './objectives/objective.ts'
import { squared } from './objectives/squared.ts'
import { EnsembleBuilder, type TreeEnsemble } from './tree-ensemble.ts'
import { treeSettings } from './tree-settings.ts'

export const forestSettings = treeSettings.extend({
  trees: z.int().min(1).max(10_000).default(200),
  maxLeaves: treeSettings.shape.maxLeaves.unwrap().default(255),
  minDataInLeaf: treeSettings.shape.minDataInLeaf.unwrap().default(5),
  columnsPerSplit: treeSettings.shape.columnsPerSplit.unwrap().default(1 / 3),
  seed: z.int().min(0).max(4_294_967_295).default(0),
})
export type ForestSettingsInput = z.input<typeof forestSettings>

export interface Forest {
  /** Its raw score is the prediction. */
  readonly trees: TreeEnsemble
  /** What trees that were not grown on a row say of it, on the mean; NaN where every tree was. Float64[rows]. */
  readonly outOfBag: Float64Array
  /** Root of the mean squared error of those, by weight; NaN where there are none. */
  readonly outOfBagRmse: number
}

/**
 * @param onTree is called after each tree with how many there are; what it throws ends the training.
 * @throws ZodError on settings, TargetError on labels, RangeError beyond a kernel's memory.
 */
export function growForest(
  binned: BinnedFeatures,
  labels: Omit<Targets, 'groups'>,
  input: ForestSettingsInput = {},
  { kernel = 'simd', onTree = () => {} }: { kernel?: KernelName; onTree?: (trees: number) => void } = {},
): Forest {
  const settings = forestSettings.parse(input)
  const objective = squared()
  const { rows } = binned
  checkLabels(labels, rows, objective)
  const base = objective.initialScore(labels)
  const grower = new TreeGrower(binned, settings, kernel, labels.weights)
  const builder = new EnsembleBuilder()
  const random = randomFrom(settings.seed)
  // A tree says how far from the mean of all a leaf's mean is.
  objective.putGradients(new Float64Array(rows).fill(base), labels, grower.gradients)
  const times = new Uint32Array(rows)
  const sums = new Float64Array(rows)
  const counts = new Uint32Array(rows)
  for (let tree = 1; tree <= settings.trees; tree++) {
    times.fill(0)
    for (let k = 0; k < rows; k++) times[below(random, rows)]!++
    let count = 0
    for (let row = 0; row < rows; row++) for (let k = 0; k < times[row]!; k++) grower.order[count++] = row
    const root = builder.nodes
    grower.grow(count, builder, 1 / settings.trees, random)
    for (let row = 0; row < rows; row++) {
      if (times[row]! > 0) continue
      sums[row]! += builder.value[grower.leafOf(root, row)]! * settings.trees
      counts[row]!++
    }
    onTree(tree)
  }
  const outOfBag = sums.map((sum, row) => (counts[row]! > 0 ? base + sum / counts[row]! : Number.NaN))
  return {
    trees: builder.build(binned.features, 'identity', base),
    outOfBag,
    outOfBagRmse: rmseOfKnown(outOfBag, labels),
  }
}

function rmseOfKnown(predicted: Float64Array, { target, weights }: Targets): number {
  const known = predicted.map((value, row) => (Number.isNaN(value) ? 0 : weights ? weights[row]! : 1))
  if (!known.some((weight) => weight > 0)) return Number.NaN
  return Math.sqrt(weightedMean(target.length, (row) => (predicted[row]! - target[row]!) ** 2, known))
}
