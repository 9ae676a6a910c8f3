/** The demand bench's scores for a person: every candidate, ours, and what other libraries reached. */
import type { DemandScores } from '../../models/demand/score-forecasts.ts'
import type { DemandSetName } from './demand-data.ts'

export type ScoredLine = { readonly name: string } & Partial<DemandScores>

/** The best of each column, LightGBM 4.7 tuned on the earlier folds, mlforecast and statsforecast: `bench/demand/README.md`. */
const TO_BEAT: Readonly<Record<DemandSetName, ScoredLine>> = {
  'online-retail': { name: 'to beat', wape: 0.722, rmsse: 0.594, weightedQuantileLoss: 0.642, coverage80: 0.782 },
  'freshretail-city4': { name: 'to beat', wape: 0.304, rmsse: 0.749, weightedQuantileLoss: 0.252, coverage80: 0.791 },
}

const COLUMNS = [
  ['WAPE', 'wape'],
  ['RMSSE', 'rmsse'],
  ['MASE', 'mase'],
  ['bias, median', 'biasOfMedian'],
  ['bias, mean', 'biasOfMean'],
  ['quantile loss', 'weightedQuantileLoss'],
  ['coverage', 'coverage80'],
] as const

export function demandTable(lines: Readonly<Record<DemandSetName, readonly ScoredLine[]>>): string {
  return (Object.keys(lines) as DemandSetName[])
    .map((set) => {
      const all = [...lines[set], TO_BEAT[set]]
      const width = Math.max(...all.map(({ name }) => name.length))
      const head = [set.padEnd(width), ...COLUMNS.map(([title]) => title.padStart(14))].join('')
      return [head, ...all.map((line) => lineOf(line, width))].join('\n')
    })
    .join('\n\n')
}

const lineOf = (line: ScoredLine, width: number): string =>
  [
    line.name.padEnd(width),
    ...COLUMNS.map(([, key]) =>
      cell(key === 'coverage80' && unknown(line.weightedQuantileLoss) ? undefined : line[key]).padStart(14),
    ),
  ].join('')

const unknown = (value: number | undefined): value is undefined => value === undefined || Number.isNaN(value)
const cell = (value: number | undefined): string => (unknown(value) ? '-' : value.toFixed(4))
