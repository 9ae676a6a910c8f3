/** The same SELECTs, byte for byte, on the engine under Athena: `npm run test:trino`. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DuckDbWarehouse } from '#adapters/embedded/duckdb-warehouse.ts'
import { checksSelect, tablesAsked } from '#core/lake/table-checks.ts'
import { inputTable } from '#core/lake/warehouse-inputs.ts'
import { warehouseTable } from '#core/lake/warehouse-tables.ts'
import type { RunColumn, TableColumn } from '#core/ports.ts'
import { sqlFile } from '#runtime/warehouse-sql.ts'
import { Trino } from '#test/trino/trino-client.ts'
import { inOrder, type WarehouseCase, warehouseCases, writeInputs, writeRows } from './warehouse-cases.ts'

const url = process.env.COUNTERFLOW_TRINO
const data = process.env.COUNTERFLOW_TRINO_DATA

// Its first queries compile half of it.
const TIMEOUT_MS = 180_000

describe.skipIf(url === undefined)('on a real Trino', { timeout: TIMEOUT_MS }, () => {
  const trino = new Trino(url!)

  /** A schema with the tables that lie in folders of `folder`. */
  async function schemaOf(folder: string, name: string, tables: Readonly<Record<string, readonly TableColumn[]>>) {
    await trino.ask(`create schema hive."${name}"`)
    for (const [table, columns] of Object.entries(tables)) {
      mkdirSync(join(folder, table), { recursive: true })
      await trino.addTable(name, table, columns, join(folder, table))
    }
  }
  const writeRun = (folder: string, run: readonly RunColumn[]) =>
    writeRows(join(folder, 'run', 'rows.parquet'), run, [
      Object.fromEntries(run.map(({ name, value }) => [name, value])),
    ])

  const named = warehouseCases().map((one) => [`${one.step.sql}: ${one.about}`, one] as const)

  test.each(named)('%s', async (_, one) => {
    const name = schemaName('step', one)
    const folder = join(data!, name)
    const inputs = writeInputs(one, folder)
    writeRun(folder, one.run)
    const tables = Object.fromEntries(inputs.map(({ table, columns }) => [table, columns]))
    await schemaOf(folder, name, { ...tables, run: one.run })
    const rows = await trino.ask(await sqlFile(one.step.sql), name)
    expect(inOrder(one.step.columns, rows)).toEqual(inOrder(one.step.columns, one.rows))
  })

  test.each(named)('checks of %s measure what they do on DuckDB', async (_, one) => {
    const name = schemaName('checks', one)
    const folder = join(data!, name)
    const { tables, raw } = tablesAsked(one.step)
    const columns = Object.fromEntries([
      ...tables.map((table) => [table, warehouseTable(table).columns] as const),
      ...raw.map((table) => [table, inputTable({ raw: table, days: 'all' }).columns] as const),
      [one.step.name, one.step.columns] as const,
    ])
    writeInputs(one, folder)
    writeRun(folder, one.run)
    writeRows(join(folder, one.step.name, 'made.parquet'), one.step.columns, one.rows)
    await schemaOf(folder, name, { ...columns, run: one.run })
    const duckDb = new DuckDbWarehouse(folder)
    const inputs = Object.entries(columns).map(([table, of]) => ({ table, columns: of, folders: [`${table}/`] }))
    const sql = checksSelect(one.step)
    const [row] = await duckDb.ask({ sql, run: one.run, inputs }, { rows: 1, ms: 10_000 })
    await duckDb.close()
    expect(await trino.ask(sql, name)).toEqual([row])
  })
})

const schemaName = (what: string, { step, name }: WarehouseCase): string =>
  `${what}_${step.name}_${name.replaceAll('-', '_')}`
