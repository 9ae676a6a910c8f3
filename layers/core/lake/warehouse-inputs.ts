/** Where the tables lie that a step reads. */
import { addDays } from '#core/metrics/business-time.ts'
import type { TableColumn, WarehouseInput } from '#core/ports.ts'
import { type BusinessDay, utcDaysOf } from './business-day-run.ts'
import { foldersOf, type Published } from './published.ts'
import { RAW, rawFolder } from './raw-names.ts'
import { rawTableColumns } from './raw-tables.ts'
import { givenFolder } from './warehouse-names.ts'
import type { TableInput } from './warehouse-table.ts'
import { warehouseTable } from './warehouse-tables.ts'

export const HOLIDAY_COLUMNS: readonly TableColumn[] = [
  { name: 'country', type: 'text' },
  { name: 'day', type: 'date' },
  { name: 'name', type: 'text' },
]
/** Another one where the rows of `public-holidays.ts` change: what lies there is never replaced. */
export const HOLIDAYS_VERSION = '1'
export const HOLIDAYS_FOLDER = givenFolder('holidays', HOLIDAYS_VERSION)

/** The table as the SELECT knows it, without its rows. */
export function inputTable(input: TableInput): Pick<WarehouseInput, 'table' | 'columns'> {
  if ('raw' in input) return { table: input.raw, columns: rawTableColumns(input.raw) }
  if ('given' in input) return { table: input.given, columns: HOLIDAY_COLUMNS }
  return { table: input.as ?? input.table, columns: warehouseTable(input.table).columns }
}

/** The input with the folders of its rows. `published`: with the parts that this run has made. */
export function inputOf(input: TableInput, day: BusinessDay, published: Published): WarehouseInput {
  const table = inputTable(input)
  if ('given' in input) return { ...table, folders: [HOLIDAYS_FOLDER] }
  if ('raw' in input) {
    const around = () => utcDaysOf(day).map((utcDay) => rawFolder(input.raw, Date.parse(utcDay)))
    return { ...table, folders: input.days === 'all' ? [`${RAW}${input.raw}/`] : around() }
  }
  return { ...table, folders: foldersOf(published, input.table, isReadFor(input, day)) }
}

/** Whether a table's part of that day is read for a part of `day`. */
export function isReadFor(
  { days }: Extract<TableInput, { table: string }>,
  day: BusinessDay,
): (one: string) => boolean {
  if (days === 'all') return () => true
  const asked = days === 'before' ? addDays(day.date, -1) : day.date
  return (one) => one === asked
}
