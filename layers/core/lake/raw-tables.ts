/** Everything that the archiver writes: a table an event type, and those of the engine's own facts. */
import { EVENT_TYPES } from '#core/events/catalogue.ts'
import { LAKE_FACTS } from './lake-facts.ts'
import { type RawColumn, rawColumns, rawTableOf } from './raw-columns.ts'

export type RawTable = { readonly table: string; readonly columns: readonly RawColumn[] }

/** By the type of the event or the fact. */
export const RAW_TABLES: ReadonlyMap<string, RawTable> = new Map([
  ...[...EVENT_TYPES.values()].map(
    (type) => [type.type, { table: rawTableOf(type.type), columns: rawColumns(type) }] as const,
  ),
  ...LAKE_FACTS,
])

const byName = new Map([...RAW_TABLES.values()].map(({ table, columns }) => [table, columns]))

/** @throws RangeError where the archiver writes no such table. */
export function rawTableColumns(table: string): readonly RawColumn[] {
  const columns = byName.get(table)
  if (columns === undefined) throw new RangeError(`the lake has no raw table ${table}`)
  return columns
}
