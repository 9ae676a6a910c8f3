/**
 * The nightly chain at scale, on one machine: a lake of `--stores`, `--products` and `--days` is written (`chain-lake.ts`),
 * one night makes all its days, then a day more is traded and its night runs, which is what a night is; then the forecasts of
 * the morning by the baseline, the week's training, the same forecasts by what was trained (if it is good enough), and a dashboard's
 * questions. First the same with a tenth of the products, for the growth. DuckDB has what the
 * engine gives it: a thread and 1 GiB. Extract and validate are left out: what the archiver takes a second is said by
 * `throughput`. Peak memory is the process's, rows of the run in it.
 */
import { join } from 'node:path'
import { DuckDbWarehouse } from '#adapters/embedded/duckdb-warehouse.ts'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { addDays } from '#core/metrics/business-time.ts'
import { readChampion } from '#runtime/demand-models.ts'
import { InlineDemandWork } from '#runtime/inline-demand-work.ts'
import type { Ports } from '#runtime/ports.ts'
import { askWarehouse } from '#runtime/published-warehouse.ts'
import { runStep } from '#runtime/run-step.ts'
import { sqlFile } from '#runtime/warehouse-sql.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { runChain } from '#test/fakes/run-chain.ts'
import { demandLearner } from '../../models/demand/demand-learner.ts'
import { reorderPolicy } from '../../models/reorders/reorder-policy.ts'
import type { Bench, BenchOptions } from './bench-options.ts'
import { ChainLake, type ChainShop, daysUpTo, sequenceOf } from './chain-lake.ts'
import { removeFolder, temporaryFolder } from './own-process.ts'
import { percentilesMs, rounded } from './percentiles.ts'

const LAST = '2026-06-30'
const KIB_PER_MIB = 1024

/** What a dashboard asks of the warehouse; the newest four weeks, and all there is. */
const QUESTIONS = [
  `select day, sum(net_minor) as net, count(distinct order_id) as orders from fact_sales group by 1 order by 1`,
  `select store_id, sum(net_minor) as net from fact_sales where day > date '${addDays(LAST, -28)}' group by 1 order by 2 desc limit 20`,
  `select product_id, sum(units) as units from fact_sales where day > date '${addDays(LAST, -28)}' group by 1 order by 2 desc limit 20`,
  `select day, sum(units) as units from fact_sales where product_id = 'p7' group by 1 order by 1`,
]

async function runChains({ stores = 20, products = 200, days = 30, rounds = 5, say }: BenchOptions): Promise<object> {
  const tenth = await measured({ stores, products: Math.max(1, Math.round(products / 10)) }, days, rounds, say)
  const whole = await measured({ stores, products }, days, rounds, say)
  const times = (of: 'historySeconds' | 'nightSeconds' | 'forecastSeconds' | 'weekSeconds') =>
    rounded(whole[of] / tenth[of], 2)
  const growth = {
    rows: rounded(whole.salesRows / tenth.salesRows, 2),
    history: times('historySeconds'),
    night: times('nightSeconds'),
    forecast: times('forecastSeconds'),
    week: times('weekSeconds'),
  }
  return { tenth, whole, growth }
}

async function measured(shop: ChainShop, days: number, rounds: number, say: (text: string) => void) {
  const folder = temporaryFolder()
  const path = join(folder, 'objects')
  const warehouse = new DuckDbWarehouse(path)
  const objects = new FolderObjectStore(path)
  const demand = new InlineDemandWork({ objects, warehouse, sql: sqlFile }, demandLearner)
  const ports = { state: new MemoryStateStore(), objects, warehouse, demand, reorders: reorderPolicy }
  const lake = new ChainLake(path, warehouse, shop)
  const traded = daysUpTo(LAST, days + 1)
  let rows = await lake.open(addDays(traded[0]!, -1), 0)
  const timed = async (what: string, work: () => Promise<unknown>): Promise<number> => {
    const startedAt = performance.now()
    await work()
    const seconds = rounded((performance.now() - startedAt) / 1000, 1)
    say(`${shop.stores} x ${shop.products}: ${what} ${seconds} s`)
    return seconds
  }
  const lakeSeconds = await timed('the lake', async () => {
    for (const [at, day] of traded.slice(0, -1).entries()) rows += await lake.trade(day, at + 1)
  })
  const morning = (day: string) => new FixedClock(`${addDays(day, 1)}T10:00:00Z`)
  const historySeconds = await timed('all nights', () => night({ ...ports, clock: morning(addDays(LAST, -1)) }, days))
  rows += await lake.trade(LAST, days + 1)
  const nightSeconds = await timed('a night', () => night({ ...ports, clock: morning(LAST) }, days + 1))
  const forecasts = () => succeeded('forecasts', { ...ports, clock: morning(LAST) })
  const forecastSeconds = await timed('forecasts', forecasts)
  const weekSeconds = await timed('training', () => succeeded('weekly', { ...ports, clock: morning(LAST) }))
  const { champion } = await readChampion(ports.state, 'm')
  const modelSeconds = champion === undefined ? null : await timed('forecasts by the model', forecasts)
  const took: number[] = []
  const ask = (sql: string, table = 'fact_sales') =>
    askWarehouse(ports, 'm', { sql, tables: [table] }, { rows: 10_000, ms: 600_000 })
  for (let round = 0; round < rounds; round++)
    for (const sql of QUESTIONS) {
      const startedAt = performance.now()
      await ask(sql)
      took.push(performance.now() - startedAt)
    }
  const [{ n: salesRows } = { n: 0 }] = await ask('select count(*) as n from fact_sales')
  const [{ n: forecastRows } = { n: 0 }] = await ask('select count(*) as n from fact_predictions', 'fact_predictions')
  await warehouse.close()
  removeFolder(folder)
  return {
    ...shop,
    days,
    rawRows: rows,
    salesRows: Number(salesRows),
    forecastRows: Number(forecastRows),
    ...{ lakeSeconds, historySeconds, nightSeconds, forecastSeconds, weekSeconds, modelSeconds },
    question: percentilesMs(took, [50, 95]),
    peakRssMiB: Math.round(process.resourceUsage().maxRSS / KIB_PER_MIB),
  }
}

/** The chain's own steps, behind those that read the engine's log. */
async function night(ports: Partial<Ports>, at: number): Promise<void> {
  await succeeded('nightly', ports, {
    extract: { known: [sequenceOf(at)], events: [0] },
    validate: {},
  })
}

async function succeeded(
  chain: string,
  ports: Partial<Ports>,
  given: Readonly<Record<string, object>> = {},
): Promise<void> {
  const { status, failure } = await runChain(chain, ports, async (all, input) => {
    const { state } = input as { state: string }
    return given[state] ?? runStep(all, input)
  })
  if (status !== 'succeeded') throw new Error(`${chain}: ${status}, ${JSON.stringify(failure)}`)
}

export const chainBench: Bench = {
  about: 'the nightly chain at scale: all days at once, one more night, forecasts, training, questions; and its growth',
  options: ['--stores N     20; --products N: 200; --days N: 30', '--rounds N     of the questions'],
  atMostSeconds: 12 * 3600,
  run: runChains,
}
