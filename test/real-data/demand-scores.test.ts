/** Our scores are those of `bench/demand/score.mjs`, on forecasts by chance. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { DemandPanel } from '#core/demand/demand-panel.ts'
import { blankColumns, type ForecastColumns, sortQuantiles } from '#core/demand/forecast-columns.ts'
import { between, type Random, randomFrom } from '#core/simulator/random.ts'
import { forecastPanel } from '../../models/demand/candidates/forecast-panel.ts'
import { seasonalNaive } from '../../models/demand/candidates/week-candidates.ts'
import { rollingFolds } from '../../models/demand/rolling-folds.ts'
import { type Fold, scoreForecasts } from '../../models/demand/score-forecasts.ts'
import { DEMAND_SETS, type DemandSetName } from '../bench/demand-data.ts'
import { forecastLines } from '../bench/forecast-lines.ts'
import { retailFile } from './retail-data.ts'

const data = retailFile('online_retail.csv.gz')
const script = data && join(dirname(data), '../bench/demand/score.mjs')
const present = script !== undefined && existsSync(script)
if (script !== undefined && !present) console.log(`Skipped: there is no ${script}`)
const folder = mkdtempSync(join(tmpdir(), 'counterflow-demand-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const panels = new Map<DemandSetName, DemandPanel>()
function panelOf(set: DemandSetName): DemandPanel {
  const panel = panels.get(set) ?? DEMAND_SETS[set].read()!
  panels.set(set, panel)
  return panel
}

describe.skipIf(!present)('scores of demand forecasts', () => {
  it.each(Object.keys(DEMAND_SETS) as DemandSetName[])('are those of score.mjs on %s', (set) => {
    const panel = panelOf(set)
    const { scored } = rollingFolds(panel, DEMAND_SETS[set].folds)
    const random = randomFrom(11)
    const folds = scored.map((origin): Fold => ({ origin, columns: byChance(panel, origin, random) }))
    const file = join(folder, `${set}.csv`)
    writeFileSync(file, forecastLines(panel, folds))
    const said = execFileSync(process.execPath, [script!, 'score', set, file, '--data', dirname(data!)], {
      encoding: 'utf8',
    })
    const { set: named, wapePerOrigin, ...figures } = JSON.parse(said) as Record<string, unknown>
    expect(named).toBe(set)
    expect(wapePerOrigin).toHaveLength(scored.length)
    const ours = scoreForecasts(panel, folds)
    expect(Object.fromEntries(Object.entries(ours).map(([name, value]) => [name, Number(value.toFixed(4))]))).toEqual(
      figures,
    )
  })

  it('finds the known figures of the seasonal naive forecast', () => {
    const panel = panelOf('online-retail')
    const { scored } = rollingFolds(panel, DEMAND_SETS['online-retail'].folds)
    const folds = scored.map((origin): Fold => ({ origin, columns: forecastPanel(seasonalNaive, panel, origin) }))
    const { wape, rmsse, mase } = scoreForecasts(panel, folds)
    expect([wape, rmsse, mase].map((value) => value.toFixed(4))).toEqual(['0.9757', '0.7944', '1.2331'])
  })
})

/** The week before, each value stretched by chance, quantiles in order. */
function byChance({ series }: DemandPanel, origin: number, random: Random): ForecastColumns {
  const columns = blankColumns(series.length)
  for (const column of Object.values(columns))
    column.forEach((_, cell) => {
      column[cell] = series[Math.floor(cell / 7)]!.units[origin - 7 + (cell % 7)]! * between(random, 0, 2)
    })
  return sortQuantiles(columns)
}
