/** What the lake is to hold before days are made of it: as many rows as the ledger has applied, and the whole day. */
import type { WarehouseRow } from '#core/ports.ts'
import { BOOKED_LINES } from './lake-facts.ts'
import { ENVELOPE_COLUMNS } from './raw-columns.ts'
import { RAW_TABLES } from './raw-tables.ts'
import type { CheckResult } from './table-checks.ts'

/** The name under which results of these checks are kept: no table of the warehouse has it. */
export const RAW_CHECKS = 'raw'

/** Raw tables of events; facts of the engine's own are in no ledger. */
export const EVENT_TABLES: readonly string[] = [...RAW_TABLES]
  .filter(([, { table }]) => table !== BOOKED_LINES)
  .map(([, { table }]) => table)
export const COUNTED_COLUMNS = ENVELOPE_COLUMNS.filter(({ name }) => name === 'shard' || name === 'sequence')

/** One SELECT of one row: rows of each table that came from `run.shard` behind `run.after`, up to and with `run.until`. */
export function stretchSelect(tables: readonly string[]): string {
  const columns = tables.map(
    (table, i) =>
      `  (select count(*) from ${table} t cross join run r where t.shard = r.shard and t.sequence > r.after and t.sequence <= r.until) as c${i}`,
  )
  return `select\n${columns.join(',\n')}\n`
}

export const rowsIn = (answer: WarehouseRow): number =>
  Object.values(answer).reduce<number>((sum, count) => sum + Number(count), 0)

/** @param expected events that the ledger has applied in the stretch that `rows` were counted of. */
export function ledgerCheck(shard: number, rows: number, expected: number): CheckResult {
  const check = `shard ${shard}: as many rows as the ledger has applied since the lake was last counted`
  const outcome = rows === expected ? 'passed' : 'failed'
  return { table: RAW_CHECKS, check, severity: 'hard', outcome, measured: rows, bound: expected }
}

/** @param behindMs how long before the day's end the newest event came that the slowest shard has applied. */
export function wholeDayCheck(behindMs: number): CheckResult {
  const measured = Math.max(0, behindMs)
  return {
    table: RAW_CHECKS,
    check: 'applied up to the end of the day or later',
    severity: 'soft',
    outcome: measured === 0 ? 'passed' : 'warned',
    measured,
    bound: 0,
  }
}
