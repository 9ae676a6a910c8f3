/**
 * A merchant's warehouse is made anew where something has changed: every part is written beside what is published, every check
 * is asked, and then all of it is published at once, or none.
 */
import { type BusinessDay, businessDay, runOf } from '#core/lake/business-day-run.ts'
import { PUBLIC_HOLIDAYS } from '#core/lake/public-holidays.ts'
import { daysOf, type MadePart, type Published, WHOLE, withPart } from '#core/lake/published.ts'
import { type CheckResult, checksSelect, judgeChecks, tablesAsked } from '#core/lake/table-checks.ts'
import { HOLIDAY_COLUMNS, HOLIDAYS_FOLDER, inputOf } from '#core/lake/warehouse-inputs.ts'
import { checkVersion, partFolder } from '#core/lake/warehouse-names.ts'
import type { SelectedTable, TableInput, WarehouseTable } from '#core/lake/warehouse-table.ts'
import { NIGHTLY_TABLES } from '#core/lake/warehouse-tables.ts'
import { addDays } from '#core/metrics/business-time.ts'
import type { ObjectStore, Warehouse } from '#core/ports.ts'
import { type SettingsRow, settingOf } from '#core/settings/settings.ts'
import { parquetFile } from './parquet.ts'
import { publishWarehouse, readPublished } from './published-warehouse.ts'
import type { SqlFiles } from './warehouse-sql.ts'

export type WarehousePorts = {
  readonly objects: ObjectStore
  readonly warehouse: Warehouse
  readonly sql: SqlFiles
}

export type WarehouseRun = {
  readonly merchantId: string
  readonly settings: SettingsRow
  /**
   * Names what this run writes: letters, digits and `-`. A run that was killed is done again under the same name, and one that
   * was published is not.
   */
  readonly version: string
  /** The business date (YYYY-MM-DD, in the merchant's zone) that is over: the last of the warehouse. */
  readonly date: string
  /** Days before it that something late has changed, in any order. */
  readonly reopened?: readonly string[]
}

export type WarehouseMade = {
  /** False: a hard check failed, and everything stays as it was. */
  readonly isPublished: boolean
  readonly parts: readonly MadePart[]
  readonly checks: readonly CheckResult[]
}

/** A day between what is published and the run has never been made: what is on hand would leave it out. */
export class MissingDayError extends Error {
  override readonly name = 'MissingDayError'
}

const CHECK_MS = 600_000
const WEEKS = [7, 14, 21, 28] as const

/**
 * @param now epoch ms.
 * @throws MissingDayError, WarehouseQueryError; nothing is published then.
 */
export async function makeWarehouse(ports: WarehousePorts, run: WarehouseRun, now: number): Promise<WarehouseMade> {
  checkVersion(run.version)
  const before = await readPublished(ports.objects, run.merchantId)
  const days = daysToMake(before, run)
  if (isMade(before, run, days)) return { isPublished: true, parts: [], checks: [] }
  await giveHolidays(ports.objects)
  const firstDate = [...daysOf(before, NIGHTLY_TABLES[0]!.name), ...days].sort()[0]!
  let draft = before
  const parts: MadePart[] = []
  for (const table of NIGHTLY_TABLES) {
    for (const date of datesOf(table, days, run.date)) {
      const made = await makePart(ports, table, run, dayOf(run, date), firstDate, draft)
      parts.push(made)
      draft = withPart(draft, made)
    }
  }
  const checks: CheckResult[] = []
  for (const table of NIGHTLY_TABLES)
    for (const date of datesOf(table, days, run.date))
      checks.push(...(await checkPart(ports, table, run, dayOf(run, date), firstDate, draft)))
  const isPublished = checks.every(({ outcome }) => outcome !== 'failed')
  if (isPublished) await publishWarehouse(ports.objects, before, draft, now)
  return { isPublished, parts, checks }
}

const dayOf = ({ merchantId, settings }: WarehouseRun, date: string): BusinessDay =>
  businessDay(merchantId, date, settingOf('timeZone', settings))

/** In order, the run's own last. */
function daysToMake(published: Published, { date, reopened = [] }: WarehouseRun): string[] {
  const days = [...new Set([...reopened.filter((day) => day < date), date])].sort()
  const known = new Set(daysOf(published, NIGHTLY_TABLES[0]!.name))
  if (known.size > 0) {
    const newest = [...known].sort().at(-1)!
    const isThere = (day: string) => known.has(day) || days.includes(day)
    for (let day = addDays(newest, 1); day < date; day = addDays(day, 1))
      if (!isThere(day))
        throw new MissingDayError(
          `${day} has never been made: make it first, or name it among the days that are reopened`,
        )
  }
  return days
}

const isMade = ({ tables }: Published, { version }: WarehouseRun, days: readonly string[]): boolean =>
  days.every((day) => tables[NIGHTLY_TABLES[0]!.name]?.[day]?.version === version)

/** Of a table that is one part, the run's date stands for the whole. */
function datesOf({ parts, lateChanges }: SelectedTable, days: readonly string[], last: string): readonly string[] {
  if (parts === 'whole') return [last]
  if (lateChanges === 'its day') return days
  const all: string[] = []
  for (let day = days[0]!; day <= last; day = addDays(day, 1)) all.push(day)
  return all
}

async function makePart(
  { warehouse, sql }: WarehousePorts,
  table: SelectedTable,
  run: WarehouseRun,
  day: BusinessDay,
  firstDate: string,
  draft: Published,
): Promise<MadePart> {
  const { merchantId, settings, version } = run
  const query = {
    sql: await sql(table.sql),
    run: runOf(day, settings, firstDate),
    inputs: table.inputs.map((input) => inputOf(input, day, draft)),
  }
  const isWhole = table.parts === 'whole'
  const folder = partFolder(table.name, merchantId, isWhole ? undefined : day.date, version)
  const { rows } = await warehouse.write(query, folder, table.columns)
  return { table: table.name, day: isWhole ? WHOLE : day.date, version, rows }
}

/** What is to hold of a part that the draft names, as it was found. */
export async function checkPart(
  { warehouse }: Pick<WarehousePorts, 'warehouse'>,
  table: WarehouseTable,
  { settings }: Pick<WarehouseRun, 'settings'>,
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
  return judgeChecks(table, row!, earlier)
}

/** The same rows under the same name, whoever puts them. */
async function giveHolidays(objects: ObjectStore): Promise<void> {
  const name = `${HOLIDAYS_FOLDER}part-0.parquet`
  if ((await objects.get(name)) !== undefined) return
  const rows = PUBLIC_HOLIDAYS.map(({ country, day, name }) => [country, day, name])
  await objects.put(name, parquetFile(HOLIDAY_COLUMNS, rows))
}
