/** What analysts' tools read of the warehouse, as far as it can be judged without them. */
import { globSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { exportFile } from '#core/api/export.ts'
import { rawTableColumns } from '#core/lake/raw-tables.ts'
import { WAREHOUSE_TABLES, warehouseTable } from '#core/lake/warehouse-tables.ts'
import { lakeStatements, warehouseStatements, warehouseViews } from '#test/describe/athena-text.ts'
import { HIERARCHIES, MEASURES } from '#test/describe/power-bi/analyst-terms.ts'
import { relationships, semanticModel } from '#test/describe/power-bi/semantic-model.ts'
import { root } from './fixture-tree.ts'
import { hiveGrammar, trinoGrammar } from './portable-sql.ts'

const hasColumn = (table: string, column: string): boolean =>
  table === 'currency'
    ? ['code', 'minor_units'].includes(column)
    : warehouseTable(table).columns.some(({ name }) => name === column)

describe('the model for Power BI', () => {
  const model = semanticModel()

  test('has a file for each table, and none that is left from before', () => {
    const tables = model.flatMap(({ file }) => /tables\/(\w+)\.tmdl$/.exec(file)?.[1] ?? [])
    expect(tables.sort()).toEqual([...WAREHOUSE_TABLES.map(({ name }) => name), 'currency'].sort())
    const there = globSync('docs/analyst/power-bi/*.SemanticModel/**/*.{tmdl,pbism}', { cwd: root })
    expect(there.map((file) => file.replaceAll('\\', '/')).sort()).toEqual(model.map(({ file }) => file).sort())
    const referred = model.find(({ file }) => file.endsWith('model.tmdl'))!.text.match(/(?<=^ref table )\w+$/gm)
    expect(referred!.toSorted()).toEqual(tables)
  })

  test.each(MEASURES)('$name names columns and measures that are there', ({ expression }) => {
    const columns = [...expression.matchAll(/(\w+)\[(\w+)\]/g)]
    for (const [, table, column] of columns) expect(hasColumn(table!, column!), `${table}[${column}]`).toBe(true)
    const measures = [...expression.matchAll(/(?<!\w)\[([^\]]+)\]/g)].map(([, name]) => name)
    for (const name of measures) expect(MEASURES.map((one) => one.name)).toContain(name)
    expect(columns.length + measures.length).toBeGreaterThan(0)
    for (const [open, close] of ['()', '[]', '{}'] as const)
      expect(expression.split(open!).length).toBe(expression.split(close!).length)
  })

  test('names each measure once, and goes down by columns that are there', () => {
    expect(new Set(MEASURES.map(({ name }) => name)).size).toBe(MEASURES.length)
    for (const { table, levels } of HIERARCHIES) for (const level of levels) expect(hasColumn(table, level)).toBe(true)
  })

  test('relates facts to one row of a dimension, by one way alone', () => {
    const ways = relationships()
    for (const { from, column, to, key } of ways) {
      expect([hasColumn(from, column), hasColumn(to, key)]).toEqual([true, true])
      // Of products the current version alone is there, so their id is a key.
      if (to !== 'currency' && to !== 'dim_product') expect(warehouseTable(to).key).toEqual([key])
    }
    const pairs = ways.map(({ from, to }) => `${from} ${to}`)
    expect(new Set(pairs).size).toBe(pairs.length)
    const products = model.find(({ file }) => file.endsWith('dim_product.tmdl'))!.text
    expect(products).toContain('Table.SelectRows(File, each [is_current])')
  })

  test('reads what the engine exports, and is indented by tabs, a step at a time', () => {
    for (const { file, text } of model) {
      for (const [, name] of text.matchAll(/RelativePath = "export\/([^"]+)"/g))
        expect(exportFile.options).toContain(name)
      let depth = 0
      for (const line of file.endsWith('.tmdl') ? text.split('\n').filter((one) => one !== '') : []) {
        const [tabs] = /^\t*/.exec(line)!
        expect(line.slice(tabs.length), file).not.toMatch(/^\s/)
        const isExpression = tabs.length >= 4
        if (!isExpression) expect(tabs.length - depth, `${file}: ${line}`).toBeLessThanOrEqual(1)
        if (!isExpression) depth = tabs.length
      }
    }
  })
})

describe('statements for Athena', async () => {
  const [hive, trino] = [await hiveGrammar(), await trinoGrammar()]

  test.each([...lakeStatements(), ...warehouseStatements()].map((sql) => [sql.split('\n')[0]!, sql]))(
    '%s is what Hive reads',
    (_, sql) => {
      expect(hive.validate(sql)).toEqual([])
    },
  )

  test.each(warehouseViews().map((sql) => [sql.split('\n')[0]!, sql]))('%s is what Trino reads', (_, sql) => {
    expect(trino.validate(sql)).toEqual([])
  })

  test('a statement that is wrong would be found', () => {
    expect(hive.validate(lakeStatements()[0]!.replace('stored as', 'stored')).length).toBeGreaterThan(0)
    expect(trino.validate(warehouseViews()[0]!.replace('cross join', 'cross')).length).toBeGreaterThan(0)
  })

  test('no raw table has a column that is a part of its folder', () => {
    const tables = lakeStatements().map((sql) => /`(\w+)`/.exec(sql)![1]!)
    for (const table of tables)
      for (const { name } of rawTableColumns(table)) expect(['year', 'month', 'day']).not.toContain(name)
  })
})
