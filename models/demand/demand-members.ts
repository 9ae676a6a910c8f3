/** What is tried on every fold: simple candidates and trees. The blend weighs them; none is made for one set of data. */
import type { Candidate } from './candidates/candidate.ts'
import { exponentialSmoothing } from './candidates/exponential-smoothing.ts'
import { forecastPanel } from './candidates/forecast-panel.ts'
import { adida, croston, sba, tsb } from './candidates/intermittent.ts'
import { movingAverage, sameWeekdayMedian, seasonalNaive } from './candidates/week-candidates.ts'
import { checkPanel, type DemandPanel } from './demand-panel.ts'
import { DemandFeatures } from './features/demand-features.ts'
import type { ForecastColumns } from './forecast-columns.ts'
import { TREE_RECIPES } from './trees/demand-recipes.ts'
import { forecastByTrees, TreeTrainer } from './trees/tree-forecaster.ts'

export const CANDIDATES: readonly Candidate[] = [seasonalNaive, movingAverage, sameWeekdayMedian(6), exponentialSmoothing, croston, sba, tsb, adida] // biome-ignore format: one list

/** Examples that trees learn from at one origin. */
export const TRAINING_ROWS = 40_000

/** Columns by member; a member of trees has the kinds alone that it was trained for. */
export type MemberForecasts = ReadonlyMap<string, Partial<ForecastColumns>>

/**
 * @param onMember is told each member's name when its forecast is made.
 * @throws DemandPanelError where the panel is not what it says, RangeError where its days end before the origin.
 */
export function forecastMembers(
  panel: DemandPanel,
  origin: number,
  onMember: (name: string) => void = () => {},
): MemberForecasts {
  checkPanel(panel)
  if (origin > panel.days) throw new RangeError(`origin ${origin} of a panel of ${panel.days} days`)
  const forecasts = new Map<string, Partial<ForecastColumns>>()
  const add = (name: string, columns: Partial<ForecastColumns>) => {
    forecasts.set(name, columns)
    onMember(name)
  }
  for (const candidate of CANDIDATES) add(candidate.name, forecastPanel(candidate, panel, origin))
  const features = new DemandFeatures(panel)
  const trainer = new TreeTrainer(panel, features, origin, { rows: TRAINING_ROWS, seed: 1 })
  for (const recipe of TREE_RECIPES) add(recipe.name, forecastByTrees(panel, features, origin, trainer.train(recipe)))
  return forecasts
}
