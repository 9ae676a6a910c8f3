import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DEMAND_QUESTIONS, FORECAST_QUESTIONS } from '#core/lake/demand-questions.ts'
import { EVENT_TABLES, stretchSelect } from '#core/lake/raw-checks.ts'
import { REORDER_QUESTIONS } from '#core/lake/reorder-questions.ts'
import { isShift, shiftSelect } from '#core/lake/shift-checks.ts'
import { checksSelect } from '#core/lake/table-checks.ts'
import { NIGHTLY_TABLES, WAREHOUSE_TABLES } from '#core/lake/warehouse-tables.ts'
import { TOUCHED_QUARTERS } from '#runtime/plan-night.ts'
import { root } from './fixture-tree.ts'
import { trinoGrammar, unportable } from './portable-sql.ts'

const EXPORTS = ['whole', 'of-stores', 'products-of-stores', 'suppliers-of-stores'].map((way) => `export-${way}`)

describe('SQL that runs on Athena and on DuckDB', async () => {
  const grammar = await trinoGrammar()
  const files = globSync('{functions,layers,models}/**/*.sql', { cwd: root })

  test.each(files)('%s', (file) => {
    expect(unportable(readFileSync(join(root, file), 'utf8'), grammar)).toEqual([])
  })

  test.each(WAREHOUSE_TABLES)('the checks of $name', (table) => {
    expect(unportable(checksSelect(table), grammar)).toEqual([])
    for (const check of table.checks.filter(isShift))
      expect(unportable(shiftSelect(table.name, check), grammar)).toEqual([])
  })

  test('the count of a stretch of the lake', () => {
    expect(unportable(stretchSelect(EVENT_TABLES), grammar)).toEqual([])
  })

  test('each file makes a table, takes one along, says which days to make, or what demand is forecast or goods are ordered from', () => {
    const tables = NIGHTLY_TABLES.map(({ sql }) => sql)
    const questions: string[] = [DEMAND_QUESTIONS, FORECAST_QUESTIONS, REORDER_QUESTIONS].flatMap((of): string[] =>
      Object.values(of),
    )
    const made = [...tables, ...EXPORTS, TOUCHED_QUARTERS, ...questions]
    expect(
      files
        .filter((file) => file.startsWith('layers/core/lake/'))
        .map((file) => basename(file, '.sql'))
        .sort(),
    ).toEqual(made.toSorted())
  })

  test.each([
    ['select a::varchar from t'],
    ['select a from t qualify row_number() over (order by a) = 1'],
    ['select a, count(*) from t group by all'],
    ['select last_value(a) ignore nulls over (order by b) from t'],
    ["select a at time zone 'Asia/Kolkata' from t"],
    ['select a from t join u using (b)'],
    ['select cast(a as varchar(2)) from t'],
    ['select cast(a as integer) from t'],
    ['select avg(a) from t'],
    ['select a / b from t'],
    ['select 7/2'],
    ['select extract(dow from a) from t'],
    ["select date_add('day', 1, a) from t"],
    ["select json_extract_scalar(a, '$.b') from t"],
    ["select regexp_replace(a, 'x', 'y') from t"],
    ['select n from unnest(sequence(1, 9)) as s(n)'],
    ['select approx_percentile(a, 0.5) from t'],
    ['select max_by(a, b) from t'],
    ['select greatest(a, 1) from t'],
    ["select concat(a, 'x') from t"],
    ['select current_date'],
    ['select 1;'],
    ["select timestamp '2026-03-02 00:00:00 UTC'"],
    ["select a from t where d >= '2026-03-02'"],
    ['select count(distinct a) over () from t'],
    ['select sum(a) filter (where b) over () from t'],
    ['create table t as select 1'],
    ['select * exclude (a) from t'],
    ['select a, from t'],
    ['from t'],
  ])('is not: %s', (sql) => {
    expect(unportable(sql, grammar)).not.toEqual([])
  })

  test.each([
    ["select a, '7/2 :: qualify' as b from t -- a / b; at time zone"],
    ['select cast(a as double) / nullif(b, 0) from t'],
    ['select cast(floor(a / 2e0) as bigint) from t'],
    ['select mod(extract(dow from d), 7) from t'],
    ["select a from t where d >= date '2026-03-02'"],
  ])('is: %s', (sql) => {
    expect(unportable(sql, grammar)).toEqual([])
  })
})
