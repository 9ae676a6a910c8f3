/** What is tried on every fold: simple candidates and trees. The blend weighs them; none is made for one set of data. */

import { checkPanel, type DemandPanel } from '#core/demand/demand-panel.ts'
import type { ForecastColumns } from '#core/demand/forecast-columns.ts'
import type { Candidate } from './candidates/candidate.ts'
import { exponentialSmoothing } from './candidates/exponential-smoothing.ts'
import { forecastPanel } from './candidates/forecast-panel.ts'
import { adida, croston, sba, tsb } from './candidates/intermittent.ts'
import { movingAverage, sameWeekdayMedian, seasonalNaive } from './candidates/week-candidates.ts'
import { DemandFeatures, type FeatureLayout } from './features/demand-features.ts'
import { TREE_RECIPES } from './trees/demand-recipes.ts'
import { type DemandTrees, forecastByTrees, TreeTrainer } from './trees/tree-forecaster.ts'
import type { TreeRecipe } from './trees/tree-recipe.ts'

export const CANDIDATES: readonly Candidate[] = [seasonalNaive, movingAverage, sameWeekdayMedian(6), exponentialSmoothing, croston, sba, tsb, adida] // biome-ignore format: one list

/** How much the trees of one origin learn, and from how much. */
export interface TreeEffort {
  /** Examples that they learn from. */
  readonly rows: number
  readonly recipes: readonly TreeRecipe[]
  readonly seed: number
}
export const TREE_EFFORT: TreeEffort = { rows: 40_000, recipes: TREE_RECIPES, seed: 1 }

/** Columns by member; a member of trees has the kinds alone that it was trained for. */
export type MemberForecasts = ReadonlyMap<string, Partial<ForecastColumns>>

/** What is learnt at one origin and can forecast from later ones. */
export interface TrainedTrees {
  readonly layout: FeatureLayout
  /** By the recipe's name. */
  readonly trees: ReadonlyMap<string, DemandTrees>
}

/**
 * @param onMember is told each member's name when its forecast is made.
 * @throws DemandPanelError where the panel is not what it says, RangeError where its days end before the origin.
 */
export function forecastMembers(
  panel: DemandPanel,
  origin: number,
  onMember: (name: string) => void = () => {},
  effort: TreeEffort = TREE_EFFORT,
): MemberForecasts {
  const simple = forecastCandidates(panel, origin, onMember)
  return new Map([...simple, ...forecastTrained(panel, origin, trainTrees(panel, origin, effort, onMember))])
}

/** The simple ones alone. Throws as `forecastMembers`. */
export function forecastCandidates(
  panel: DemandPanel,
  origin: number,
  onMember: (name: string) => void = () => {},
): ReadonlyMap<string, ForecastColumns> {
  checkOrigin(panel, origin)
  return new Map(
    CANDIDATES.map((candidate) => {
      const columns = forecastPanel(candidate, panel, origin)
      onMember(candidate.name)
      return [candidate.name, columns]
    }),
  )
}

/** From the days before `origin`. Throws as `forecastMembers`. */
export function trainTrees(
  panel: DemandPanel,
  origin: number,
  { rows, recipes, seed }: TreeEffort,
  onMember: (name: string) => void = () => {},
): TrainedTrees {
  checkOrigin(panel, origin)
  const features = new DemandFeatures(panel)
  const trainer = new TreeTrainer(panel, features, origin, { rows, seed })
  const trees = new Map<string, DemandTrees>()
  for (const recipe of recipes) {
    trees.set(recipe.name, trainer.train(recipe))
    onMember(recipe.name)
  }
  return { layout: features.layout, trees }
}

/** By the trees of this origin or of an earlier one. Throws as `forecastMembers`. */
export function forecastTrained(panel: DemandPanel, origin: number, { layout, trees }: TrainedTrees): MemberForecasts {
  checkOrigin(panel, origin)
  const features = new DemandFeatures(panel, layout)
  return new Map([...trees].map(([name, own]) => [name, forecastByTrees(panel, features, origin, own)]))
}

function checkOrigin(panel: DemandPanel, origin: number): void {
  checkPanel(panel)
  if (origin > panel.days) throw new RangeError(`origin ${origin} of a panel of ${panel.days} days`)
}
