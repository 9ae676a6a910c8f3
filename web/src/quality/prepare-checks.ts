/** Checks by table and day: what is shown of the history of runs. */
import type { CheckHistoryAnswer } from '#core/api/runs.ts'
import { formatNumber } from '../format/format-number.ts'
import { formatTime } from '../format/format-time.ts'
import { words } from './words.ts'

type Run = CheckHistoryAnswer['items'][number]
type Check = Run['checks'][number]
export type Outcome = Check['outcome']

/** What came of a check, or of all checks of a table, on a day; null: it was not asked. */
export type Cell = { readonly outcome: Outcome; readonly said: string } | null
export type CheckLine = {
  readonly check: string
  readonly severity: Check['severity']
  readonly cells: readonly Cell[]
}
export type TableLine = {
  readonly table: string
  readonly cells: readonly Cell[]
  readonly checks: readonly CheckLine[]
}
export type CheckDays = {
  readonly days: readonly { readonly date: string; readonly text: string; readonly run: string }[]
  readonly tables: readonly TableLine[]
}

const BADNESS: Readonly<Record<Outcome, number>> = { skipped: 0, passed: 1, warned: 2, failed: 3 }

/** Newest day first; tables in which something is wrong on the newest days come first, then as they were asked. */
export function prepareChecks(items: readonly Run[], most: number): CheckDays {
  const byDate = new Map<string, Run[]>()
  for (const run of items) byDate.set(run.date, [...(byDate.get(run.date) ?? []), run])
  const dates = [...byDate.keys()].sort().reverse().slice(0, most)
  const found = new Map<
    string,
    Map<string, { readonly severity: Check['severity']; readonly of: Map<string, Check> }>
  >()
  for (const date of dates)
    for (const { checks } of byDate.get(date)!)
      for (const check of checks) {
        const ofTable = found.get(check.table) ?? new Map()
        found.set(check.table, ofTable)
        const line = ofTable.get(check.check) ?? { severity: check.severity, of: new Map<string, Check>() }
        ofTable.set(check.check, line)
        line.of.set(date, check)
      }
  const tables = [...found].map(([table, ofTable]): TableLine => {
    const checks = [...ofTable].map(
      ([check, { severity, of }]): CheckLine => ({ check, severity, cells: dates.map((date) => cellOf(of.get(date))) }),
    )
    return { table, checks, cells: dates.map((_, i) => worstOf(checks.map(({ cells }) => cells[i]!))) }
  })
  const days = dates.map((date) => ({
    date,
    text: formatTime(Date.parse(date), 'UTC', 'shortDate'),
    // Of two chains of a day: the one with more to see.
    run: byDate.get(date)!.toSorted((a, b) => b.checks.length - a.checks.length)[0]!.run,
  }))
  return { days, tables: tables.toSorted((a, b) => weight(b) - weight(a)) }
}

const weight = ({ cells }: TableLine): number => Math.max(0, BADNESS[cells[0]?.outcome ?? 'skipped'] - 1)

function cellOf(check: Check | undefined): Cell {
  if (check === undefined) return null
  const { outcome, measured, bound, parts, wrong, day } = check
  const word = words.checks.outcomes[outcome]
  if (outcome === 'skipped' || measured === null) return { outcome, said: word }
  const figures = words.checks.measured(number(measured), bound === null ? '' : number(bound))
  const of = wrong > 0 && day !== '' ? words.checks.ofParts(day, wrong, parts) : ''
  return { outcome, said: [`${word}: ${figures}`, of].filter(Boolean).join('; ') }
}

const number = (value: number): string => formatNumber(value, { maximumFractionDigits: 3 })

function worstOf(cells: readonly Cell[]): Cell {
  const asked = cells.filter((cell) => cell !== null)
  if (asked.length === 0) return null
  const outcome = asked.reduce((worst, cell) => (BADNESS[cell.outcome] > BADNESS[worst.outcome] ? cell : worst)).outcome
  const count = asked.filter((cell) => cell.outcome === outcome).length
  return { outcome, said: words.checks.of(count, asked.length, words.checks.outcomes[outcome]) }
}
