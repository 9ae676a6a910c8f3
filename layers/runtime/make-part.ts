/** A part of a merchant's warehouse: one table of one day, or one that is whole, written beside what is published. */
import { type BusinessDay, businessDay, runOf } from '#core/lake/business-day-run.ts'
import { PUBLIC_HOLIDAYS } from '#core/lake/public-holidays.ts'
import { type MadePart, type Published, WHOLE } from '#core/lake/published.ts'
import { HOLIDAY_COLUMNS, HOLIDAYS_FOLDER, inputOf } from '#core/lake/warehouse-inputs.ts'
import { partFolder } from '#core/lake/warehouse-names.ts'
import type { SelectedTable } from '#core/lake/warehouse-table.ts'
import { NIGHTLY_TABLES } from '#core/lake/warehouse-tables.ts'
import { addDays } from '#core/metrics/business-time.ts'
import type { ObjectStore, Warehouse, WarehouseInput } from '#core/ports.ts'
import { type SettingsRow, settingOf } from '#core/settings/settings.ts'
import { parquetFile } from './parquet.ts'
import type { SqlFiles } from './warehouse-sql.ts'

export type WarehousePorts = {
  readonly objects: ObjectStore
  readonly warehouse: Warehouse
  readonly sql: SqlFiles
}

/** What a night makes: decided once, before anything is written. */
export type WarehouseRun = {
  readonly merchantId: string
  readonly settings: SettingsRow
  /** Names what it writes: letters, digits and `-`. */
  readonly version: string
  /** The business date (YYYY-MM-DD, in the merchant's zone) that is over: the last of the warehouse. */
  readonly date: string
  /** Days that something has come for, in order, `date` the last. */
  readonly days: readonly string[]
  /** Of the first day that the warehouse then has. */
  readonly firstDate: string
}

/** The parts of a table that the run makes, by day; '' for one that is whole. */
export function partsOf({ parts, lateChanges }: SelectedTable, { days, date }: WarehouseRun): readonly string[] {
  if (parts === 'whole') return [WHOLE]
  if (lateChanges === 'its day') return days
  const all: string[] = []
  for (let day = days[0]!; day <= date; day = addDays(day, 1)) all.push(day)
  return all
}

/** How many of its parts may be made at once: 1 where each begins with what the day before ended with. */
export const partsAtOnce = ({ lateChanges }: SelectedTable): number => (lateChanges === 'its day' ? 2 : 1)

export const partCount = (run: WarehouseRun): number =>
  NIGHTLY_TABLES.reduce((sum, table) => sum + partsOf(table, run).length, 0)

/** The day that a part is of; for one that is whole the run's last. */
export const dayOfPart = ({ merchantId, settings, date }: WarehouseRun, part: string): BusinessDay =>
  businessDay(merchantId, part === WHOLE ? date : part, settingOf('timeZone', settings))

/** `rowsIn`: of all that its SELECT reads. */
export type WrittenPart = MadePart & { readonly rowsIn: number }

/** @param draft what is published, with the parts that this run has made so far. @throws WarehouseQueryError */
export async function makePart(
  { warehouse, sql, objects }: WarehousePorts,
  table: SelectedTable,
  run: WarehouseRun,
  part: string,
  draft: Published,
): Promise<WrittenPart> {
  const { merchantId, settings, version, firstDate } = run
  const day = dayOfPart(run, part)
  await giveHolidays(objects)
  const query = {
    sql: await sql(table.sql),
    run: runOf(day, settings, firstDate),
    inputs: table.inputs.map((input) => inputOf(input, day, draft)),
  }
  const folder = partFolder(table.name, merchantId, part === WHOLE ? undefined : part, version)
  const { rows } = await warehouse.write(query, folder, table.columns)
  return { table: table.name, day: part, version, rows, rowsIn: await countRows(warehouse, query.inputs) }
}

const COUNT_MS = 600_000

/** Engines read it off the objects' footers. Names come from the tables' definitions, never from data. */
async function countRows(warehouse: Warehouse, inputs: readonly WarehouseInput[]): Promise<number> {
  if (inputs.length === 0) return 0
  const columns = inputs.map(({ table }, i) => `  (select count(*) from ${table}) as c${i}`)
  const query = { sql: `select\n${columns.join(',\n')}\n`, run: [], inputs }
  const [row] = await warehouse.ask(query, { rows: 1, ms: COUNT_MS })
  return Object.values(row!).reduce<number>((sum, count) => sum + Number(count), 0)
}

/** The same rows under the same name, whoever puts them. */
async function giveHolidays(objects: ObjectStore): Promise<void> {
  const name = `${HOLIDAYS_FOLDER}part-0.parquet`
  if ((await objects.get(name)) !== undefined) return
  const rows = PUBLIC_HOLIDAYS.map(({ country, day, name }) => [country, day, name])
  await objects.put(name, parquetFile(HOLIDAY_COLUMNS, rows))
}
