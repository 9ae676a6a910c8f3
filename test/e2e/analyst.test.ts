/** The guide for analysts, followed: the commands make the warehouse, and every query of the page answers. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, it } from 'vitest'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { runCommand } from './run-import.ts'
import { engineFor } from './running-engine.ts'

const GUIDE = readFileSync(new URL('../../docs/analyst/README.md', import.meta.url), 'utf8')
const EXPORTS = readFileSync(new URL('../../docs/analyst/export.md', import.meta.url), 'utf8')

it('a history becomes a warehouse that DuckDB reads, with the figures of the screen', {
  timeout: 120_000,
}, async () => {
  const data = join(temporaryFolder(), 'data')
  const engine = await engineFor(data)
  expect(await runCommand(data, 'warehouse', 'views')).toMatchObject({
    code: 1,
    said: expect.stringContaining('counterflow run nightly'),
  })
  expect((await runCommand(data, 'simulate', '--days', '3', '--events-per-day', '1200')).code).toBe(0)
  const { code, summary } = await runCommand(data, 'run', 'nightly', '--json')
  expect([code, summary.status, summary.checks.failed]).toEqual([0, 'succeeded', 0])
  const { days, date } = summary.states.find(({ name }: { name: string }) => name === 'plan').about
  expect((await runCommand(data, 'run', 'nightly')).printed).toBe('Nothing has come since the last night.\n')

  const runs = await runCommand(data, 'runs', '--json')
  expect(runs.summary.items).toMatchObject([{ id: summary.id, attempt: 2, status: 'succeeded', askedBy: 'owner' }])
  const again = await runCommand(data, 'run', 'nightly', '--from', 'check', '--date', date, '--json')
  expect([again.code, again.summary.attempt, again.summary.from]).toEqual([0, 3, 'check'])
  expect((await runCommand(data, 'runs', summary.id)).printed).toContain('attempt 3: succeeded')
  const wrong = await runCommand(data, 'run', 'nightly', '--from', 'never')
  expect([wrong.code, wrong.said]).toEqual([1, expect.stringContaining('it has extract, validate, plan')])

  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJS()
  await connection.run((await runCommand(data, 'warehouse', 'views')).printed)
  const [from, to] = [days[0], date] as [string, string]
  const { body } = await engine.get(`/metrics?from=${from}T00:00:00Z&to=${to}T23:59:59.999Z`)
  const [sold] = await ask('select cast(sum(gross_minor) as integer), cast(sum(units) as integer) from fact_sales')
  expect(sold).toEqual([body.money.INR.grossRevenue.value, body.counts.units.value])
  expect(Number(sold![0])).toBeGreaterThan(0)

  const queries = [...GUIDE.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql]) => sql!.replaceAll('.counterflow', data))
  expect(queries).toHaveLength(3)
  for (const sql of queries) await ask(sql)

  // The same by export, by whoever sees it all and by whoever sees one store.
  const [[store]] = (await ask('select min(store_id) from fact_sales')) as [[string]]
  const [ofStore] = await ask(`select cast(sum(units) as integer) from fact_sales where store_id = '${store}'`)
  const files = temporaryFolder()
  const take = async (table: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${engine.address}/export/${table}.parquet`, {
      headers: { authorization: `Bearer ${engine.token}`, ...headers },
    })
    expect(response.status).toBe(200)
    const path = join(files, `${table}.parquet`)
    writeFileSync(path, Buffer.from(await response.arrayBuffer()))
    return path
  }
  const unitsIn = async (path: string) => (await ask(`select cast(sum(units) as integer) from '${path}'`))[0]
  expect(await unitsIn(await take('fact_sales'))).toEqual([sold![1]])
  const { body: token } = await engine.post('/tokens', { label: 'x', scopes: ['figures:read'], stores: [store] })
  const limited = { authorization: `Bearer ${token.token}` }
  expect(await unitsIn(await take('fact_sales', limited))).toEqual(ofStore)
  await take('dim_store', limited)
  const [sql] = [...EXPORTS.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, query]) => query!)
  const rows = await ask(sql!.replaceAll(/'(\w+\.parquet)'/g, (_, file) => `'${join(files, file)}'`))
  expect(rows.map(([, , units]) => Number(units))).toEqual([Number(ofStore![0])])
  connection.closeSync()
  instance.closeSync()
})
