/**
 * Gradient boosting: each tree follows the gradient of the loss at the scores so far. J. Friedman, Greedy Function
 * Approximation: A Gradient Boosting Machine, Annals of Statistics 29 (2001), and Stochastic Gradient Boosting, CSDA 38
 * (2002), for rows and columns by chance. The same data, settings and seed make the same trees.
 */
import { z } from 'zod'
import { type Random, randomFrom, uniform } from '#core/simulator/random.ts'
import type { BinnedFeatures } from './bin-features.ts'
import { columnsByName, type FeatureTable } from './feature-table.ts'
import { type GrownLeaf, TreeGrower } from './grow-tree.ts'
import type { KernelName } from './kernel-of.ts'
import { checkLabels, type Labels } from './labels.ts'
import { type Objective, TargetError } from './objectives/objective.ts'
import { objectiveOf, objectiveSettings } from './objectives/objective-of.ts'
import { addTree } from './predict-trees.ts'
import { EnsembleBuilder, type TreeEnsemble } from './tree-ensemble.ts'
import { treeSettings } from './tree-settings.ts'

export const boostSettings = treeSettings
  .extend({
    objective: objectiveSettings,
    rounds: z.int().min(1).max(100_000).default(100),
    learningRate: z.number().gt(0).max(1).default(0.1),
    /** Share of the rows that a tree is grown on, without repetition. */
    rowsPerTree: z.number().gt(0).max(1).default(1),
    /** Rounds without a better loss of the validation rows after which it ends; the trees up to the best are kept. */
    patience: z.int().min(1).optional(),
    seed: z.int().min(0).max(4_294_967_295).default(0),
  })
  .refine(({ objective, monotone }) => objective.name !== 'quantile' || Object.keys(monotone).length === 0, {
    message: 'a quantile cannot be monotone: its leaf values are not those that the constraint holds for',
    path: ['monotone'],
  })
export type BoostSettings = z.output<typeof boostSettings>
export type BoostSettingsInput = z.input<typeof boostSettings>

export interface BoostData {
  readonly binned: BinnedFeatures
  readonly labels: Labels
  /** Rows that are not learnt from: their loss is told each round, and early stopping goes by it. */
  readonly validation?: { readonly table: FeatureTable; readonly labels: Labels } | undefined
}

export interface Round {
  /** From 1. */
  readonly round: number
  readonly rounds: number
  readonly validationLoss: number | undefined
}

export interface Boosted {
  readonly trees: TreeEnsemble
  /** By round, where there are validation rows. */
  readonly validationLosses: readonly number[]
}

/**
 * @param onRound is called after each tree; what it throws ends the training.
 * @throws ZodError on settings, TargetError on labels, FeatureTableError on tables, RangeError beyond a kernel's memory.
 */
export function boostTrees(
  data: BoostData,
  input: BoostSettingsInput,
  { kernel = 'simd', onRound = () => {} }: { kernel?: KernelName; onRound?: (round: Round) => void } = {},
): Boosted {
  const settings = boostSettings.parse(input)
  const objective = objectiveOf(settings.objective)
  const { binned, labels, validation } = data
  checkLabels(labels, binned.rows, objective)
  if (settings.patience !== undefined && !validation) throw new TargetError('patience needs validation rows')
  if (validation && !labels.initialScores !== !validation.labels.initialScores)
    throw new TargetError('initial scores are for the validation rows too, or for none')
  const base = labels.initialScores ? 0 : objective.initialScore(labels)
  const judge = validation && new Judge(objective, validation, binned, base)
  const grower = new TreeGrower(binned, settings, kernel, labels.weights)
  const builder = new EnsembleBuilder()
  const random = randomFrom(settings.seed)
  const scores = labels.initialScores?.slice() ?? new Float64Array(binned.rows).fill(base)
  const build = (trees: number) => builder.build(binned.features, objective.link, base, 0, trees)
  for (let round = 1; round <= settings.rounds; round++) {
    objective.putGradients(scores, labels, grower.gradients)
    const count = chooseRows(grower.order, binned.rows, settings.rowsPerTree, random)
    const root = builder.nodes
    const leaves = grower.grow(count, builder, settings.learningRate, random)
    if (objective.leafValue) renewLeaves(leaves, objective.leafValue, grower, builder, scores, labels, settings)
    addLeaves(leaves, root, count, grower, builder, scores)
    judge?.take(builder)
    onRound({ round, rounds: settings.rounds, validationLoss: judge?.losses.at(-1) })
    if (settings.patience !== undefined && round - judge!.bestRound >= settings.patience) break
  }
  return {
    trees: build(settings.patience === undefined ? builder.trees : judge!.bestRound),
    validationLosses: judge?.losses ?? [],
  }
}

/** Puts the rows of the next tree first into `order`, ascending; how many. */
function chooseRows(order: Uint32Array, rows: number, share: number, random: Random): number {
  const wanted = Math.max(1, Math.round(share * rows))
  let count = 0
  // Selection sampling: D. Knuth, The Art of Computer Programming, volume 2, algorithm 3.4.2 S.
  for (let row = 0; row < rows; row++)
    if (wanted === rows || uniform(random) * (rows - row) < wanted - count) order[count++] = row
  return count
}

function renewLeaves(
  leaves: readonly GrownLeaf[],
  leafValue: NonNullable<Objective['leafValue']>,
  { order }: TreeGrower,
  builder: EnsembleBuilder,
  scores: Float64Array,
  { target, weights }: Labels,
  { learningRate }: BoostSettings,
): void {
  for (const { node, begin, count } of leaves) {
    const rows = order.subarray(begin, begin + count)
    const residuals = Float64Array.from(rows, (row) => target[row]! - scores[row]!)
    builder.value[node] =
      learningRate * leafValue(residuals, weights && Float64Array.from(rows, (row) => weights[row]!))
  }
}

/** HOT. */
function addLeaves(
  leaves: readonly GrownLeaf[],
  root: number,
  count: number,
  grower: TreeGrower,
  { value }: EnsembleBuilder,
  scores: Float64Array,
): void {
  const { order } = grower
  if (count < scores.length) {
    for (let row = 0; row < scores.length; row++) scores[row]! += value[grower.leafOf(root, row)]!
    return
  }
  for (const { node, begin, count: size } of leaves) {
    const step = value[node]!
    for (let i = begin; i < begin + size; i++) scores[order[i]!]! += step
  }
}

/** Knows the loss of the validation rows after each round. */
class Judge {
  readonly losses: number[] = []
  /** From 1; the first of equal ones. */
  bestRound = 0
  private readonly objective: Objective
  private readonly labels: Labels
  private readonly columns: readonly Float32Array[]
  private readonly scores: Float64Array

  constructor(
    objective: Objective,
    { table, labels }: NonNullable<BoostData['validation']>,
    binned: BinnedFeatures,
    base: number,
  ) {
    checkLabels(labels, table.rows, objective)
    this.objective = objective
    this.labels = labels
    this.columns = columnsByName(table, binned.features)
    this.scores = labels.initialScores?.slice() ?? new Float64Array(table.rows).fill(base)
  }

  /** Takes the tree that was grown last. */
  take(builder: EnsembleBuilder): void {
    addTree(builder.build([], 'identity', 0, builder.trees - 1), 0, this.columns, this.scores)
    this.losses.push(this.objective.loss(this.scores, this.labels))
    if (this.bestRound === 0 || this.losses.at(-1)! < this.losses[this.bestRound - 1]!)
      this.bestRound = this.losses.length
  }
}
