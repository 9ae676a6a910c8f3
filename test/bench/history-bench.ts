/**
 * UCI Online Retail day by day through the real engine on a folder of its own: the lines of a day are imported, its night
 * runs, then its forecasts; each Sunday a training. `--rounds N` takes the last N days one by one, with all days before them
 * in one night. Afterwards each day of `fact_sales` is held against the file's own lines, to the penny, and what was forecast
 * each morning against what was sold.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDbWarehouse } from '#adapters/embedded/duckdb-warehouse.ts'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import type { RunAnswer } from '#core/api/runs.ts'
import { connect } from '#local/client.ts'
import { openDoor } from '#local/import/collect-door.ts'
import { importOnlineRetail, openOnlineRetail } from '#local/import/import-online-retail.ts'
import { OWNER } from '#local/owner.ts'
import { askWarehouse } from '#runtime/published-warehouse.ts'
import type { Bench, BenchOptions } from './bench-options.ts'
import { type HistoryDay, historyDays } from './history-days.ts'
import { temporaryFolder } from './own-process.ts'
import { median, rounded } from './percentiles.ts'

const FILE = fileURLToPath(new URL('../../../shared/data/online_retail.csv.gz', import.meta.url))
const SUNDAY = 0

async function runHistory({ file = FILE, rounds, say }: BenchOptions): Promise<object> {
  if (!existsSync(file)) throw new Error(`there is no ${file}: name the file of UCI Online Retail with --file`)
  const folder = temporaryFolder()
  const data = join(folder, 'data')
  const { days, pennies } = historyDays(file, folder)
  const oneByOne = Math.min(rounds ?? days.length, days.length)
  const before = days.slice(0, days.length - oneByOne)
  const seconds: Record<string, number[]> = { import: [], nightly: [], forecasts: [], weekly: [] }
  const timed = async (what: string, work: () => Promise<void>): Promise<number> => {
    const startedAt = performance.now()
    await work()
    return seconds[what]!.push((performance.now() - startedAt) / 1000)
  }
  for (const day of before) await timed('import', () => bringIn(data, day))
  for (const day of days.slice(before.length)) {
    await timed('import', () => bringIn(data, day))
    await timed('nightly', () => run(data, 'nightly', day.day))
    if (new Date(day.day).getUTCDay() === SUNDAY) await timed('weekly', () => run(data, 'weekly', day.day))
    await timed('forecasts', () => run(data, 'forecasts', day.day))
    say(`${day.day}: ${day.lines} lines, night ${seconds.nightly!.at(-1)!.toFixed(1)} s`)
  }
  return {
    days: days.length,
    oneByOne,
    lines: days.reduce((sum, { lines }) => sum + lines, 0),
    seconds: Object.fromEntries(Object.entries(seconds).map(([what, each]) => [what, summed(each)])),
    ...(await compared(data, pennies)),
  }
}

const summed = (seconds: readonly number[]) =>
  seconds.length === 0
    ? { runs: 0 }
    : {
        runs: seconds.length,
        total: rounded(
          seconds.reduce((sum, each) => sum + each, 0),
          1,
        ),
        median: rounded(median(seconds), 2),
        slowest: rounded(Math.max(...seconds), 2),
      }

async function bringIn(data: string, { path, lines }: HistoryDay): Promise<void> {
  const door = await openDoor(data)
  try {
    const summary = await importOnlineRetail(await openOnlineRetail(path), door, { scratchFolder: data })
    if (summary.brokeOff !== null || summary.accepted !== lines || summary.held > 0)
      throw new Error(`the import of ${path} went wrong: ${JSON.stringify(summary)}`)
  } finally {
    await door.close()
  }
}

/** @throws Error when the run does not succeed */
async function run(data: string, chain: string, date: string): Promise<void> {
  const client = await connect(data)
  try {
    await client.request('POST', '/engine/settle')
    const { id } = (await client.request('POST', '/runs', { chain, date })).body as RunAnswer
    await client.request('POST', '/engine/runs', {}, () => {})
    const { status, failure } = (await client.request('GET', `/runs/${id}`)).body as RunAnswer
    if (status !== 'succeeded') throw new Error(`${chain} of ${date}: ${status}, ${JSON.stringify(failure)}`)
  } finally {
    await client.close()
  }
}

async function compared(data: string, pennies: ReadonlyMap<string, number>): Promise<object> {
  const path = join(data, 'objects')
  const ports = { objects: new FolderObjectStore(path), warehouse: new DuckDbWarehouse(path) }
  const ask = (sql: string, tables: readonly string[]) =>
    askWarehouse(ports, OWNER.merchantId, { sql, tables }, { rows: 10_000, ms: 600_000 })
  try {
    const sums = await ask('select day, cast(sum(net_minor) as bigint) as net from fact_sales group by 1', [
      'fact_sales',
    ])
    const daysEqual = sums.filter(({ day, net }) => pennies.get(String(day)) === net).length
    const [errors] = await ask(
      `with sold as (
        select day, product_id, sum(units) as units from fact_sales where kind = 'sale' group by 1, 2
      ), known as (
        select max(day) as last from fact_sales
      ), compared as (
        select p.median, p.mean, p.q10, p.q90, coalesce(s.units, 0) as units, coalesce(b.units, 0) as before
        from fact_predictions p
        cross join known k
        left join sold s on s.day = p.day and s.product_id = p.product_id
        left join sold b on date_diff('day', b.day, p.day) = 7 and b.product_id = p.product_id
        where p.day <= k.last
      )
      select
        count(*) as rows,
        sum(abs(median - units)) / sum(units) as wape,
        sum(abs(before - units)) * 1.0 / sum(units) as wape_week_before,
        sum(mean - units) / sum(units) as bias_of_mean,
        avg(case when units between q10 and q90 then 1.0 else 0.0 end) as coverage80
      from compared`,
      ['fact_predictions', 'fact_sales'],
    )
    const figures = Object.entries(errors!).map(([name, value]) => [name, rounded(Number(value), 4)])
    return { daysEqual, daysInFile: pennies.size, forecasts: Object.fromEntries(figures) }
  } finally {
    await ports.warehouse.close()
  }
}

export const historyBench: Bench = {
  about: 'UCI Online Retail day by day: import, night, forecasts, each Sunday a training, against the file (hours)',
  options: [
    '--rounds N    only the last N days one by one; those before them in one night',
    '--file FILE   online_retail.csv.gz, where it lies elsewhere',
  ],
  atMostSeconds: 8 * 3600,
  run: runHistory,
}
