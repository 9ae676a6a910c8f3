/** Boosted trees that learn from all series at once and forecast each of the seven days directly. */

import type { DemandPanel } from '#core/demand/demand-panel.ts'
import {
  type ForecastColumns,
  type ForecastKind,
  QUANTILE_KINDS,
  type QuantileKind,
  shareOf,
  sortQuantiles,
} from '#core/demand/forecast-columns.ts'
import { type BinnedFeatures, binFeatures } from '../../learners/bin-features.ts'
import { boostTrees } from '../../learners/boost-trees.ts'
import type { ObjectiveSettings } from '../../learners/objectives/objective-of.ts'
import { predictions } from '../../learners/predict-trees.ts'
import type { TreeEnsemble } from '../../learners/tree-ensemble.ts'
import type { DemandFeatures } from '../features/demand-features.ts'
import { type ExampleTable, exampleTable, forecastExamples, trainingExamples } from './tree-examples.ts'
import type { TreeRecipe } from './tree-recipe.ts'

export interface TrainingRows {
  readonly rows: number
  readonly seed: number
}

/** By kind the trees of one recipe; a kind that the recipe does not forecast is absent. */
export type DemandTrees = Readonly<Partial<Record<ForecastKind, TreeEnsemble>>>

/** What is learnt from at one origin, made once for all recipes. */
export class TreeTrainer {
  private readonly panel: DemandPanel
  private readonly origin: number
  private readonly examples: ExampleTable
  private readonly binned: BinnedFeatures

  constructor(panel: DemandPanel, features: DemandFeatures, origin: number, { rows, seed }: TrainingRows) {
    this.panel = panel
    this.origin = origin
    this.examples = exampleTable(features, trainingExamples(panel, features, origin, rows, seed))
    this.binned = binFeatures(this.examples.table)
  }

  train(recipe: TreeRecipe): DemandTrees {
    const kinds: readonly ForecastKind[] = recipe.kind === 'quantiles' ? QUANTILE_KINDS : [recipe.kind]
    return Object.fromEntries(kinds.map((kind) => [kind, this.trainKind(recipe, kind)]))
  }

  private trainKind(recipe: TreeRecipe, kind: ForecastKind): TreeEnsemble {
    const { examples, levels } = this.examples
    const cap = recipe.cap ?? Number.POSITIVE_INFINITY
    const target = Float64Array.from(examples, ({ series, origin, horizon }, row) =>
      Math.min(cap, this.panel.series[series]!.units[origin + horizon - 1]! / levels[row]!),
    )
    const weights = Float64Array.from(
      examples,
      ({ origin }, row) => levels[row]! ** recipe.levelPower * this.recency(recipe, origin),
    )
    return boostTrees(
      { binned: this.binned, labels: { target, weights } },
      { ...recipe.trees, objective: objectiveOf(recipe, kind) },
    ).trees
  }

  private recency({ halfLifeDays }: TreeRecipe, origin: number): number {
    return halfLifeDays === undefined ? 1 : 0.5 ** ((this.origin - origin) / halfLifeDays)
  }
}

function objectiveOf({ tweedie }: TreeRecipe, kind: ForecastKind): ObjectiveSettings {
  if (kind === 'mean') return tweedie === undefined ? { name: 'squared' } : { name: 'tweedie', power: tweedie }
  return { name: 'quantile', level: kind === 'median' ? 0.5 : shareOf(kind) }
}

/** Units, not below 0, of the kinds that the trees forecast; quantiles in ascending order. */
export function forecastByTrees(
  panel: DemandPanel,
  features: DemandFeatures,
  origin: number,
  trees: DemandTrees,
): Partial<ForecastColumns> {
  const rows = exampleTable(features, forecastExamples(panel, origin))
  const kinds = Object.entries(trees) as [ForecastKind, TreeEnsemble][]
  return unitsOf(rows, Object.fromEntries(kinds.map(([kind, one]) => [kind, predictions(one, rows.table)])))
}

/** What trees predict of the rows, whoever has run them, as units. */
export function unitsOf(
  { levels }: Pick<ExampleTable, 'levels'>,
  predicted: Readonly<Partial<Record<ForecastKind, ArrayLike<number>>>>,
): Partial<ForecastColumns> {
  const kinds = Object.entries(predicted) as [ForecastKind, ArrayLike<number>][]
  const columns: Partial<ForecastColumns> = Object.fromEntries(
    kinds.map(([kind, values]) => [kind, Float64Array.from(levels, (level, row) => Math.max(0, values[row]!) * level)]),
  )
  return hasQuantiles(columns) ? sortQuantiles(columns) : columns
}

const hasQuantiles = (
  columns: Partial<ForecastColumns>,
): columns is Partial<ForecastColumns> & Pick<ForecastColumns, QuantileKind> =>
  QUANTILE_KINDS.every((kind) => columns[kind] !== undefined)
