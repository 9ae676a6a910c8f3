import { describe, expect, test } from 'vitest'
import { DuckDbWarehouse } from '#adapters/embedded/duckdb-warehouse.ts'
import { NIGHTLY_TABLES } from '#core/lake/warehouse-tables.ts'
import { sqlFile } from '#runtime/warehouse-sql.ts'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { inOrder, warehouseCases, writeInputs } from './warehouse-cases.ts'

const cases = warehouseCases()

test.each(NIGHTLY_TABLES)('$name has a case', ({ sql }) => {
  expect(cases.some(({ step }) => step.sql === sql)).toBe(true)
})

describe('a step makes on DuckDB', () => {
  test.each(cases.map((one) => [`${one.step.sql}: ${one.about}`, one] as const))('%s', async (_, one) => {
    const folder = temporaryFolder()
    const inputs = writeInputs(one, folder)
    const warehouse = new DuckDbWarehouse(folder)
    try {
      const made = { table: 'made', columns: one.step.columns, folders: ['made/'] }
      const written = await warehouse.write(
        { sql: await sqlFile(one.step.sql), run: one.run, inputs },
        'made/',
        made.columns,
      )
      const rows = await warehouse.ask(
        { sql: 'select * from made', run: [], inputs: [made] },
        { rows: 1_000, ms: 10_000 },
      )
      expect(inOrder(made.columns, rows)).toEqual(inOrder(made.columns, one.rows))
      expect(written.rows).toBe(one.rows.length)
    } finally {
      await warehouse.close()
    }
  })
})
