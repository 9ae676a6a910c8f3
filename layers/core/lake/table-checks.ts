/**
 * Checks of a warehouse table: declared as data beside its columns, asked as one SELECT that both engines read, and judged.
 * Nothing here holds a row of the merchant's: a check is a number that is to be small enough, or large enough.
 */
import type { WarehouseRow } from '#core/ports.ts'

/** hard: nothing of the night is published; soft: it is, and somebody is told. */
export type Severity = 'hard' | 'soft'

export type TableCheck = { readonly severity: Severity } & (
  | { readonly kind: 'not-null'; readonly columns: readonly string[] }
  /** No two rows with the same values in all of these. */
  | { readonly kind: 'unique'; readonly columns: readonly string[] }
  /** Inclusive. */
  | { readonly kind: 'at-least'; readonly column: string; readonly least: number }
  | { readonly kind: 'one-of'; readonly column: string; readonly values: readonly string[] }
  /** True of every row: SQL over its columns, in words for people. */
  | { readonly kind: 'holds'; readonly says: string; readonly condition: string }
  /** What is there in `column` is in the other table too. */
  | { readonly kind: 'refers'; readonly column: string; readonly table: string; readonly to: string }
  /** As many rows as the raw table has of this run: SQL over `raw` and `run`. */
  | { readonly kind: 'as-many-as'; readonly table: string; readonly condition: string }
  | { readonly kind: 'rows'; readonly least: number }
  /** The newest value of a timestamp is at most so many hours before the day's end. */
  | { readonly kind: 'fresh'; readonly column: string; readonly hours: number }
  /** Rows against the median of the same weekday in the four weeks before: at least this share of it. */
  | { readonly kind: 'usual-rows'; readonly share: number }
  /** Values of the newest day against those of the 28 days before it: `shift-checks.ts`. `bin`: SQL over the columns, a whole number. */
  | { readonly kind: 'shift'; readonly says: string; readonly bin: string; readonly condition: string }
)
export type ShiftCheck = Extract<TableCheck, { kind: 'shift' }>
/** One that a number of the table's own answers. */
type CountedCheck = Exclude<TableCheck, ShiftCheck>

export type CheckResult = {
  readonly table: string
  /** What is to hold, in words. */
  readonly check: string
  readonly severity: Severity
  readonly outcome: 'passed' | 'failed' | 'warned' | 'skipped'
  /** What was measured; null: there was nothing to measure. */
  readonly measured: number | null
  /** What it is compared with; null: there was nothing to compare it with. */
  readonly bound: number | null
}

export type CheckedTable = { readonly name: string; readonly checks: readonly TableCheck[] }

/** Tables that the checks ask beside the one that they judge. */
export const tablesAsked = ({ checks }: CheckedTable): { readonly tables: string[]; readonly raw: string[] } => ({
  tables: [...new Set(checks.flatMap((check) => (check.kind === 'refers' ? [check.table] : [])))],
  raw: [...new Set(checks.flatMap((check) => (check.kind === 'as-many-as' ? [check.table] : [])))],
})

const isCounted = (check: TableCheck): check is CountedCheck => check.kind !== 'shift'

/** One SELECT of one row: `c0`, `c1`, ... what each check measures but for those of shifts. */
export function checksSelect(table: CheckedTable): string {
  const columns = table.checks.filter(isCounted).map((check, i) => `  (${measureOf(check, table.name)}) as c${i}`)
  return `select\n${columns.join(',\n')}\n`
}

/** Names come from the definitions in this folder, never from data. */
function measureOf(check: CountedCheck, table: string): string {
  const failing = (condition: string) => `select count(*) from ${table} t where ${condition}`
  switch (check.kind) {
    case 'not-null':
      return failing(check.columns.map((column) => `t.${column} is null`).join(' or '))
    case 'unique': {
      const key = check.columns.map((column) => `t.${column}`).join(', ')
      return `select count(*) from (select ${key} from ${table} t group by ${key} having count(*) > 1) u`
    }
    case 'at-least':
      return failing(`t.${check.column} < ${check.least}`)
    case 'one-of':
      return failing(`t.${check.column} not in (${check.values.map((value) => `'${value}'`).join(', ')})`)
    case 'holds':
      return failing(`not coalesce(${check.condition}, false)`)
    case 'refers': {
      const { column, table: other, to } = check
      return failing(`t.${column} is not null and not exists (select 1 from ${other} o where o.${to} = t.${column})`)
    }
    case 'as-many-as':
      return `select abs(count(*) - (select count(*) from ${table})) from ${check.table} raw cross join run where ${check.condition}`
    case 'rows':
    case 'usual-rows':
      return `select count(*) from ${table}`
    case 'fresh':
      return `select date_diff('millisecond', max(t.${check.column}), max(run.day_end)) from ${table} t cross join run`
  }
}

const HOUR_MS = 3_600_000

/** In words that a merchant's analyst reads. */
export function wordsOf(check: TableCheck): string {
  switch (check.kind) {
    case 'not-null':
      return `${check.columns.join(', ')} said`
    case 'unique':
      return `one row a ${check.columns.join(', ')}`
    case 'at-least':
      return `${check.column} at least ${check.least}`
    case 'one-of':
      return `${check.column} one of ${check.values.join(', ')}`
    case 'holds':
      return check.says
    case 'refers':
      return `${check.column} in ${check.table}`
    case 'as-many-as':
      return `as many rows as ${check.table}`
    case 'rows':
      return `rows: at least ${check.least}`
    case 'fresh':
      return `newest ${check.column} within ${check.hours} hours of the day's end`
    case 'usual-rows':
      return `rows: at least ${check.share * 100} % of the median of this weekday`
    case 'shift':
      return `${check.says} as in the 28 days before (population stability index)`
  }
}

/**
 * @param row the answer to `checksSelect`.
 * @param earlier rows of the same weekday in the weeks before, as far as they are known.
 */
export function judgeChecks(table: CheckedTable, row: WarehouseRow, earlier: readonly number[]): CheckResult[] {
  return table.checks.filter(isCounted).map((check, i) => {
    const measured = row[`c${i}`] as number | null
    const { bound, holds } = judge(check, measured, earlier)
    const outcome = holds === undefined ? 'skipped' : holds ? 'passed' : check.severity === 'hard' ? 'failed' : 'warned'
    return { table: table.name, check: wordsOf(check), severity: check.severity, outcome, measured, bound }
  })
}

/** `holds` undefined: there is nothing to judge by. */
function judge(
  check: CountedCheck,
  measured: number | null,
  earlier: readonly number[],
): { readonly bound: number | null; readonly holds: boolean | undefined } {
  switch (check.kind) {
    case 'rows':
      return { bound: check.least, holds: (measured ?? 0) >= check.least }
    case 'fresh': {
      const bound = check.hours * HOUR_MS
      return { bound, holds: measured === null ? undefined : measured <= bound }
    }
    case 'usual-rows': {
      if (earlier.length === 0) return { bound: null, holds: undefined }
      const bound = Math.floor(median(earlier) * check.share)
      return { bound, holds: (measured ?? 0) >= bound }
    }
    default:
      return { bound: 0, holds: measured === 0 }
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
