/** Cases of the warehouse's steps: `warehouse/<step>/<case>/case.json`, the rows that a SELECT reads and those that it makes. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { businessDay, runOf } from '#core/lake/business-day-run.ts'
import { inputTable } from '#core/lake/warehouse-inputs.ts'
import type { SelectedTable } from '#core/lake/warehouse-table.ts'
import { NIGHTLY_TABLES } from '#core/lake/warehouse-tables.ts'
import type { RunColumn, TableColumn, WarehouseInput, WarehouseRow } from '#core/ports.ts'
import { parquetFile } from '#runtime/parquet.ts'
import { caseNames, readJson } from './golden-cases.ts'

export type WarehouseCase = {
  readonly step: SelectedTable
  readonly name: string
  readonly about: string
  readonly run: readonly RunColumn[]
  /** By input, each row with the columns that are not null. */
  readonly inputs: Readonly<Record<string, readonly WarehouseRow[]>>
  /** What is made, in no order, each row with the columns that are not null. */
  readonly rows: readonly WarehouseRow[]
}

/** What rows of raw tables say where a case does not. */
const USUAL: WarehouseRow = { merchant_id: 'm', store_id: 's', shard: 0, source: 'test' }

export const warehouseCases = (): WarehouseCase[] =>
  NIGHTLY_TABLES.flatMap((step) =>
    caseNames(`warehouse/${step.sql}`).map((name) => {
      const {
        about,
        date = '2026-03-02',
        zone = 'UTC',
        first = date,
        settings = {},
        run: given = {},
        inputs,
        rows,
      } = readJson(`warehouse/${step.sql}`, name, 'case.json')
      const usual = runOf(businessDay('m', date, zone), { values: settings, categories: {} }, first)
      const run = usual.map((column) => ({ ...column, value: given[column.name] ?? column.value }))
      return { step, name, about, run, inputs, rows }
    }),
  )

/** Writes the case's rows as the archiver does, below `folder`, and says where: a folder for each input. */
export function writeInputs({ step, inputs }: WarehouseCase, folder: string): WarehouseInput[] {
  return step.inputs.map((input) => {
    const { table, columns } = inputTable(input)
    const usual = 'raw' in input ? USUAL : {}
    const rows = (inputs[table] ?? []).map((row) => ({ ...usual, ...row }))
    for (const name of rows.flatMap(Object.keys))
      if (!columns.some((column) => column.name === name)) throw new Error(`${table} has no column ${name}`)
    writeRows(join(folder, table, 'rows.parquet'), columns, rows)
    return { table, columns, folders: [`${table}/`] }
  })
}

export function writeRows(path: string, columns: readonly TableColumn[], rows: readonly WarehouseRow[]): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(
    path,
    parquetFile(
      columns,
      rows.map((row) => columns.map(({ name }) => row[name])),
    ),
  )
}

/** Rows with every column, as text, in order: two engines' answers are equal where these are. */
export const inOrder = (columns: readonly TableColumn[], rows: readonly WarehouseRow[]): string[] =>
  rows.map((row) => JSON.stringify(Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null])))).sort()
