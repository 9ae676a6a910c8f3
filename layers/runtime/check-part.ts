/** The checks of a part that was made, asked of the warehouse as it will be. */
import { type BusinessDay, runOf } from '#core/lake/business-day-run.ts'
import { foldersOf, type Published, WHOLE } from '#core/lake/published.ts'
import { EARLIER, isShift, judgeShift, MOST_BINS, SHIFT_DAYS, shiftSelect } from '#core/lake/shift-checks.ts'
import { type CheckResult, checksSelect, judgeChecks, tablesAsked } from '#core/lake/table-checks.ts'
import { inputOf } from '#core/lake/warehouse-inputs.ts'
import { partFolder } from '#core/lake/warehouse-names.ts'
import type { TableInput, WarehouseTable } from '#core/lake/warehouse-table.ts'
import { addDays } from '#core/metrics/business-time.ts'
import type { Warehouse } from '#core/ports.ts'
import type { WarehouseRun } from './make-part.ts'

const CHECK_MS = 600_000
const WEEKS = [7, 14, 21, 28] as const

/**
 * @param run its newest day is asked for shifts too: of days that are made anew long after, nobody could act on them.
 * @param day the part's; of a table that is whole the last one.
 * @param firstDate of the first day that the warehouse then has.
 * @param draft the warehouse as it will be, all parts of the run in it.
 * @throws WarehouseQueryError
 */
export async function checkPart(
  { warehouse }: { readonly warehouse: Pick<Warehouse, 'ask'> },
  table: WarehouseTable,
  { settings, date }: Pick<WarehouseRun, 'settings' | 'date'>,
  day: BusinessDay,
  firstDate: string,
  draft: Published,
): Promise<CheckResult[]> {
  const { tables, raw } = tablesAsked(table)
  const part = table.parts === 'whole' ? WHOLE : day.date
  const parts = draft.tables[table.name]!
  const inputs: TableInput[] = [
    ...tables.map((other) => ({ table: other, days: 'all' as const })),
    ...raw.map((name) => ({ raw: name, days: 'around' as const })),
  ]
  const itself = {
    table: table.name,
    columns: table.columns,
    folders: [partFolder(table.name, draft.merchantId, part === WHOLE ? undefined : part, parts[part]!.version)],
  }
  const query = {
    sql: checksSelect(table),
    run: runOf(day, settings, firstDate),
    inputs: [itself, ...inputs.map((input) => inputOf(input, day, draft))],
  }
  const [row] = await warehouse.ask(query, { rows: 1, ms: CHECK_MS })
  const earlier = WEEKS.flatMap((ago) => parts[addDays(day.date, -ago)]?.rows ?? [])
  const results = judgeChecks(table, row!, earlier)
  if (day.date !== date) return results
  const [first, last] = [addDays(date, -SHIFT_DAYS), addDays(date, -1)]
  const before = foldersOf(draft, table.name, (one) => one >= first && one <= last)
  for (const check of table.checks.filter(isShift)) {
    const inputs = [itself, { ...itself, table: EARLIER, folders: before }]
    const counted = { sql: shiftSelect(table.name, check), run: query.run, inputs }
    const bins = before.length === 0 ? [] : await warehouse.ask(counted, { rows: MOST_BINS, ms: CHECK_MS })
    results.push(judgeShift(table.name, check, bins))
  }
  return results
}
