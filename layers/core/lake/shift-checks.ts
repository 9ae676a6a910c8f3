/** Checks that a day's values are distributed as they were: two histograms in one SELECT, and what is said of them. */
import type { WarehouseRow } from '#core/ports.ts'
import { populationStability, shiftBound } from './population-stability.ts'
import { type CheckResult, type ShiftCheck, type TableCheck, wordsOf } from './table-checks.ts'

/** On a day on which nothing has changed, of each check: that it warns. */
const FALSE_ALARMS = 0.001

/** The table's rows of the days before, as the SELECT knows them. */
export const EARLIER = 'earlier'
/** How many days before the newest one are compared with it. */
export const SHIFT_DAYS = 28
/** Bins, at the most: half octaves of a price are some 60. */
export const MOST_BINS = 500
/** With fewer values on either side there is nothing to say. */
const LEAST_NOW = 50
const LEAST_BEFORE = 200

export const isShift = (check: TableCheck): check is ShiftCheck => check.kind === 'shift'

/** A row a bin: how many values it has of `table`, and of `earlier`. Both engines read it. */
export function shiftSelect(table: string, { bin, condition }: ShiftCheck): string {
  const side = (from: string, now: 0 | 1) =>
    `  select ${bin} as bin, ${now} as is_now, ${1 - now} as was_before from ${from} t where ${condition}`
  return `select b.bin, cast(sum(b.is_now) as bigint) as now_rows, cast(sum(b.was_before) as bigint) as before_rows
from (
${side(table, 1)}
  union all
${side(EARLIER, 0)}
) b
group by 1
order by 1
`
}

/** @param rows the answer to `shiftSelect`. */
export function judgeShift(table: string, check: ShiftCheck, rows: readonly WarehouseRow[]): CheckResult {
  const bins = rows.map((row) => ({ now: Number(row.now_rows), before: Number(row.before_rows) }))
  const now = bins.reduce((sum, bin) => sum + bin.now, 0)
  const before = bins.reduce((sum, bin) => sum + bin.before, 0)
  const said = { table, check: wordsOf(check), severity: check.severity }
  if (now < LEAST_NOW || before < LEAST_BEFORE) return { ...said, outcome: 'skipped', measured: null, bound: null }
  const [measured, bound] = [rounded(populationStability(bins)), rounded(shiftBound(bins, FALSE_ALARMS))]
  const wrong = check.severity === 'hard' ? 'failed' : 'warned'
  return { ...said, outcome: measured <= bound ? 'passed' : wrong, measured, bound }
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000
