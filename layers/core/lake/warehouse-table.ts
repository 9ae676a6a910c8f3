/** How a table of the warehouse is declared. */
import type { TableColumn } from '#core/ports.ts'
import type { CheckedTable } from './table-checks.ts'

/** `meaning` says the unit, where there is one: `*_minor` are minor units of the row's currency. */
export type WarehouseColumn = TableColumn & { readonly meaning: string }

/** What its SELECT reads, under the table's own name unless `as` gives another. */
export type TableInput =
  /** Raw events. around: of the UTC days that the business day touches; all: of every day that the lake has. */
  | { readonly raw: string; readonly days: 'around' | 'all' }
  /** Another table of the warehouse: all that the merchant has of it, or its part of the day, or of the day before. */
  | { readonly table: string; readonly days: 'all' | 'its day' | 'before'; readonly as?: string }
  /** Rows that come with the program. */
  | { readonly given: 'holidays' }

export type WarehouseTable = CheckedTable & {
  readonly meaning: string
  /** A row. */
  readonly key: readonly string[]
  readonly columns: readonly WarehouseColumn[]
  /** Columns whose values are rows of another table, for the diagram and for models that analysts build. */
  readonly refers: readonly { readonly column: string; readonly table: string; readonly to: string }[]
} & (SelectedRows | ComputedRows)

/** Made by the night, of a SELECT. */
type SelectedRows = {
  /** day: a part a business day; whole: one part, made anew each night. */
  readonly parts: 'day' | 'whole'
  /** Of a table by day: what a late event of a day changes. */
  readonly lateChanges?: 'its day' | 'its day and all after it'
  /** The file in `sql/` that makes it. */
  readonly sql: string
  readonly inputs: readonly TableInput[]
}

/** Made by code that no SELECT could stand for, after the night; checked and published as the others are. */
type ComputedRows = {
  readonly parts: 'day'
  /** The date that a part is of: its column. What was computed once stays, whatever comes late. */
  readonly partOf: string
  /** Who computes them: the source file. */
  readonly computedBy: string
  /** Tables that they are computed from. */
  readonly from: readonly string[]
}

export type SelectedTable = WarehouseTable & SelectedRows
export type ComputedTable = WarehouseTable & ComputedRows

export const isSelected = (table: WarehouseTable): table is SelectedTable => 'sql' in table
