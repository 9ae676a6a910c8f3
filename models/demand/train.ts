/** A version of the model, from a panel: folds, members, what is chosen on them, how it compares, and the trees that will serve. */
import { type DemandTraining, ShortHistoryError, type TrainingEffort } from '#core/demand/demand-learner.ts'
import { type DemandPanel, HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import type { ForecastColumns } from '#core/demand/forecast-columns.ts'
import { type Contest, type Decision, decidePromotion } from './decide-promotion.ts'
import { afterWeek, type DemandForecaster, fitForecaster, type MemberFold } from './demand-forecaster.ts'
import {
  CANDIDATES,
  forecastCandidates,
  forecastTrained,
  TREE_EFFORT,
  type TreeEffort,
  trainTrees,
} from './demand-members.ts'
import { type RollingFolds, rollingFolds } from './rolling-folds.ts'
import { type DemandScores, type Fold, scoreForecasts } from './score-forecasts.ts'
import { BLEND, chooseServing, type OptionFold, type Serves } from './segments.ts'
import { type DemandModel, serveForecast } from './serve-forecast.ts'
import { withoutStockouts } from './uncensored-panel.ts'

/** What is learnt before the first fold. */
const FIRST_PAST_DAYS = 42
const FEWEST_FOLDS = 3

/** The version that serves, as it was trained. */
export type Champion = DemandModel & {
  readonly version: string /** Days of this panel that it knew. */
  readonly known: number
}

export interface Trained {
  readonly model: DemandModel
  readonly folds: RollingFolds
  /** What is learnt and forecast from: demand. */
  readonly panel: DemandPanel
  readonly contest: Contest
  /** Origins of the folds on which champion and challenger were compared. */
  readonly against: readonly number[]
  readonly decision: Decision
}

/** @param onStep is told how many members were made, of how many. @throws ShortHistoryError, DemandPanelError. */
export function trainModel(
  { panel: given, known, effort }: Pick<DemandTraining, 'panel' | 'known' | 'effort'>,
  champion: Champion | undefined,
  onStep: (done: number, of: number) => void,
): Trained {
  const panel = withoutStockouts(given)
  const judged = withoutOutDays(given)
  const folds = foldsFor(known, effort)
  const origins = [...folds.choosing, ...folds.scored]
  const trees = treeEffort(effort)
  const of = origins.length * (CANDIDATES.length + trees.recipes.length) + trees.recipes.length
  let done = 0
  const step = () => onStep(++done, of)
  const made = origins.map((origin): MemberFold => {
    const simple = forecastCandidates(panel, origin, step)
    const learnt = forecastTrained(panel, origin, trainTrees(panel, origin, trees, step))
    return { origin, members: new Map([...simple, ...learnt]) }
  })
  const [choosing, scored] = [made.slice(0, folds.choosing.length), made.slice(folds.choosing.length)]
  const rolled = rollForward(panel, judged, choosing, scored)
  const baselines = new Map(
    CANDIDATES.map(
      ({ name }) =>
        [
          name,
          scoreForecasts(
            judged,
            scored.map((fold) => foldOfMember(fold, name)),
          ),
        ] as const,
    ),
  )
  const unseen = champion === undefined ? [] : scored.filter(({ origin }) => origin >= champion.known)
  const contest: Contest = {
    model: scoreForecasts(judged, rolled),
    baselines,
    champion: champion && {
      version: champion.version,
      scores: unseen.length === 0 ? undefined : duel(panel, judged, unseen, rolled, champion),
    },
  }
  const forecaster = fitForecaster(judged, made)
  const model: DemandModel = {
    trained: trainTrees(panel, known, trees, step),
    chosen: {
      blend: forecaster.blend,
      calibration: forecaster.calibration,
      serves: servesOf(judged, made, forecaster),
    },
  }
  const against = unseen.map(({ origin }) => origin)
  return { model, folds, panel, contest, against, decision: decidePromotion(contest) }
}

/** What serves is chosen on the folds before, and its interval calibrated week by week, as it will be. */
function rollForward(
  panel: DemandPanel,
  judged: DemandPanel,
  choosing: readonly MemberFold[],
  scored: readonly MemberFold[],
): readonly Fold[] {
  let forecaster = fitForecaster(judged, choosing)
  const serves = servesOf(judged, choosing, forecaster)
  return scored.map((fold) => {
    const { columns } = serveForecast(panel, fold, { ...forecaster, serves })
    forecaster = afterWeek(judged, forecaster, fold)
    return { origin: fold.origin, columns }
  })
}

/** The blend of each fold with weights which it had no part in. */
function servesOf(judged: DemandPanel, folds: readonly MemberFold[], { recent }: DemandForecaster): Serves {
  const options = folds.map((fold, k): OptionFold => {
    const simple = CANDIDATES.map(({ name }) => [name, foldOfMember(fold, name).columns] as const)
    return { origin: fold.origin, options: new Map([[BLEND, recent[k]!.columns], ...simple]) }
  })
  return chooseServing(judged, options)
}

function duel(
  panel: DemandPanel,
  judged: DemandPanel,
  unseen: readonly MemberFold[],
  rolled: readonly Fold[],
  { trained, chosen }: Champion,
): { readonly model: DemandScores; readonly champion: DemandScores } {
  const its = unseen.map(({ origin, members }): Fold => {
    const simple = CANDIDATES.map(({ name }) => [name, members.get(name)!] as const)
    const fold = { origin, members: new Map([...simple, ...forecastTrained(panel, origin, trained)]) }
    return { origin, columns: serveForecast(panel, fold, chosen).columns }
  })
  const own = rolled.filter(({ origin }) => unseen.some((fold) => fold.origin === origin))
  return { model: scoreForecasts(judged, own), champion: scoreForecasts(judged, its) }
}

const foldOfMember = ({ origin, members }: MemberFold, name: string): Fold => ({
  origin,
  columns: members.get(name) as ForecastColumns,
})

/** Half of the weeks that there is room for to choose on, the others to score on, up to what is wanted. */
function foldsFor(days: number, { choosing, scored }: TrainingEffort): RollingFolds {
  const weeks = Math.floor((days - FIRST_PAST_DAYS) / HORIZON_DAYS)
  if (weeks < FEWEST_FOLDS)
    throw new ShortHistoryError(
      `the warehouse has ${days} days, and a model needs ${FIRST_PAST_DAYS + FEWEST_FOLDS * HORIZON_DAYS}`,
    )
  const toScore = Math.min(scored, Math.floor(weeks / 2))
  return rollingFolds({ days }, { choosing: Math.min(choosing, weeks - toScore), scored: toScore })
}

const treeEffort = ({ rows, rounds }: TrainingEffort): TreeEffort => ({
  ...TREE_EFFORT,
  rows,
  recipes:
    rounds === undefined
      ? TREE_EFFORT.recipes
      : TREE_EFFORT.recipes.map((recipe) => ({ ...recipe, trees: { ...recipe.trees, rounds } })),
})

/** What is sold on a day partly without stock is no measure of what was wanted: it judges nothing. */
function withoutOutDays(panel: DemandPanel): DemandPanel {
  const series = panel.series.map((one) =>
    one.stockout
      ? { ...one, units: one.units.map((value, day) => (one.stockout![day]! > 0 ? Number.NaN : value)) }
      : one,
  )
  return { ...panel, series }
}
