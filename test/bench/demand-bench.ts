/**
 * `npm run bench -- demand`: the demand forecaster on two sets of real data, by the folds and scores of
 * `bench/demand/score.mjs`. Models, features and the blend are chosen on the folds before the scored ones. A fold's models are
 * trained on the days before its origin, and its interval is calibrated on the last weeks before it, as many as there are folds
 * to choose on; the table also has the interval as it was calibrated before the first scored fold, and then left. Each fold is
 * trained in a process of its own, two at a time. `--file` keeps the scored forecasts of each set as FILE.<set>.csv, which `score.mjs` reads.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deserialize } from 'node:v8'
import type { DemandPanel } from '#core/demand/demand-panel.ts'
import { blankColumns, FORECAST_KINDS, type ForecastColumns } from '#core/demand/forecast-columns.ts'
import { afterWeek, fitForecaster, forecastDemand, type MemberFold } from '../../models/demand/demand-forecaster.ts'
import type { MemberForecasts } from '../../models/demand/demand-members.ts'
import { rollingFolds } from '../../models/demand/rolling-folds.ts'
import { type DemandScores, type Fold, scoreForecasts } from '../../models/demand/score-forecasts.ts'
import type { Bench, BenchOptions } from './bench-options.ts'
import { DEMAND_SETS, type DemandSetName } from './demand-data.ts'
import { demandTable, type ScoredLine } from './demand-table.ts'
import { forecastLines } from './forecast-lines.ts'
import { outputOf, removeFolder, temporaryFolder } from './own-process.ts'

const FOLD_SCRIPT = fileURLToPath(new URL('demand-fold.ts', import.meta.url))
const AT_ONCE = 2

export const demandBench: Bench = {
  about: 'demand of seven days on two sets of real data, against every candidate and the figures of other libraries',
  options: ['--file FILE   keep the forecasts as FILE.<set>.csv'],
  atMostSeconds: 3 * 3600,
  run: async (options) => {
    const started = performance.now()
    const lines: Partial<Record<DemandSetName, readonly ScoredLine[]>> = {}
    const figures: Partial<Record<DemandSetName, object>> = {}
    for (const set of Object.keys(DEMAND_SETS) as DemandSetName[]) {
      const panel = DEMAND_SETS[set].read()
      if (!panel) throw new Error('there is no data: RETAIL_DATA names its folder')
      const scored = await scoreSet(set, panel, options)
      lines[set] = scored.lines
      figures[set] = figuresOf(scored.ours)
    }
    return { seconds: Math.round((performance.now() - started) / 1000), lines, ...figures }
  },
  table: (result) => demandTable((result as { lines: Record<DemandSetName, readonly ScoredLine[]> }).lines),
}

async function scoreSet(
  set: DemandSetName,
  panel: DemandPanel,
  options: BenchOptions,
): Promise<{ ours: DemandScores; lines: readonly ScoredLine[] }> {
  const { choosing, scored } = rollingFolds(panel, DEMAND_SETS[set].folds)
  const folds = await forecastFolds(set, [...choosing, ...scored], options.say)
  const last = folds.slice(choosing.length)
  const fitted = fitForecaster(panel, folds.slice(0, choosing.length))
  let forecaster = fitted
  const forecasts = last.map((fold): Fold => {
    const columns = forecastDemand(forecaster, fold)
    forecaster = afterWeek(panel, forecaster, fold)
    return { origin: fold.origin, columns }
  })
  const left = last.map((fold): Fold => ({ origin: fold.origin, columns: forecastDemand(fitted, fold) }))
  if (options.file !== undefined) writeFileSync(`${options.file}.${set}.csv`, forecastLines(panel, forecasts))
  const ours = scoreForecasts(panel, forecasts)
  const members = [...folds[0]!.members.keys()].map((name): ScoredLine => {
    const own = last.map(({ origin, members }): Fold => ({ origin, columns: filled(panel, members.get(name)!) }))
    return { name, ...scoreForecasts(panel, own) }
  })
  return {
    ours,
    lines: [
      ...members,
      { name: 'blend, calibrated before the scored folds', ...scoreForecasts(panel, left) },
      { name: 'blend, calibrated weekly', ...ours },
    ],
  }
}

/** In the order of the origins. */
async function forecastFolds(
  set: DemandSetName,
  origins: readonly number[],
  say: (text: string) => void,
): Promise<readonly MemberFold[]> {
  const folder = temporaryFolder()
  const waiting = [...origins]
  const fold = async (origin: number) => {
    const file = join(folder, String(origin))
    const started = performance.now()
    await outputOf([FOLD_SCRIPT, set, String(origin), file])
    say(`${set}, origin ${origin}: ${((performance.now() - started) / 1000).toFixed(0)} s`)
  }
  const worker = async () => {
    for (let origin = waiting.shift(); origin !== undefined; origin = waiting.shift()) await fold(origin)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  const folds = origins.map((origin) => ({
    origin,
    members: deserialize(readFileSync(join(folder, String(origin)))) as MemberForecasts,
  }))
  removeFolder(folder)
  return folds
}

/** What a member does not forecast is NaN, and so are its scores. */
function filled({ series }: DemandPanel, columns: Partial<ForecastColumns>): ForecastColumns {
  const blank = blankColumns(series.length)
  for (const kind of FORECAST_KINDS) blank[kind].fill(Number.NaN)
  return { ...blank, ...columns }
}

function figuresOf({ biasOfMedian, ...scores }: DemandScores): object {
  const rounded = (value: number) => Number(value.toFixed(4))
  return Object.fromEntries(
    Object.entries({ ...scores, bias: biasOfMedian }).map(([name, value]) => [name, rounded(value)]),
  )
}
