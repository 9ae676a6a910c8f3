/**
 * What an event costs in DynamoDB: the engine over `DynamoStateStore` over a model that counts as AWS says it does
 * (`test/fakes/dynamo-model.ts`). No AWS, no emulator, no clock: the figures are the same on every machine.
 *
 * Two jobs, each in batches of 1, 10, 100 and 500 records of one shard:
 * - retailCore: the job of `retail-core-bench.ts`, one shard, its answer compared with the oracle's (without its folder
 *   it is left out);
 * - product: every step of the product over `RetailTraffic`, eight logical shards. Listings come first and do not count.
 *
 * A write unit is a started KB of one item, two in a transaction; a read unit is a started 4 KB, read consistently.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DynamoStateStore } from '#adapters/aws/dynamo-state-store.ts'
import type { LogRecord } from '#core/ports.ts'
import { retailEngine } from '#runtime/retail-engine.ts'
import { BatchRunner, NO_CHECKPOINT } from '#runtime/run-batch.ts'
import { DynamoModel } from '#test/fakes/dynamo-model.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import type { Bench, BenchOptions } from './bench-options.ts'
import { outputOf, temporaryFolder } from './own-process.ts'
import { rounded } from './percentiles.ts'
import { RecordLines } from './record-lines.ts'
import { writeDump } from './retail-core-dump.ts'
import { decodeLine, retailCoreSteps } from './retail-core-projections.ts'
import { RetailTraffic } from './retail-traffic.ts'

const JOB = fileURLToPath(new URL('../../../shared/bench/retail-core', import.meta.url))
const EVENTS = 100_000
const BATCHES = [1, 10, 100, 500] as const
/** As `cdk/config.ts` has it at first. */
const LOGICAL_SHARDS = 8
const RATE = 500
const START_MS = Date.UTC(2026, 2, 2, 10)
const ID_SPAN_MS = 600_000
const RECENT_ROWS = 20_000

type Cost = {
  readonly batch: number
  readonly writeUnitsPerEvent: number
  readonly readUnitsPerEvent: number
  readonly requestsPerEvent: number
  readonly writtenBytesPerEvent: number
}

function started() {
  const model = new DynamoModel()
  return { model, store: new DynamoStateStore({ client: model, tableName: 'bench' }) }
}

function costOf(model: DynamoModel, before: Counts, batch: number, events: number): Cost {
  const now = countsOf(model)
  const each = (count: keyof Counts, digits: number) => rounded((now[count] - before[count]) / events, digits)
  return {
    batch,
    writeUnitsPerEvent: each('writeUnits', 2),
    readUnitsPerEvent: each('readUnits', 2),
    requestsPerEvent: each('requests', 3),
    writtenBytesPerEvent: each('writtenBytes', 0),
  }
}

type Counts = ReturnType<typeof countsOf>
const countsOf = ({ calls, writeUnits, readUnits, writtenBytes }: DynamoModel) => ({
  writeUnits,
  readUnits,
  writtenBytes,
  requests: Object.values(calls).reduce((sum, count) => sum + count, 0),
})

/** Lines of the log as one shard hands them on. */
class Batches {
  private appended = 0
  private waiting: LogRecord[] = []

  add(bytes: Uint8Array): void {
    this.waiting.push({ sequence: String(++this.appended).padStart(16, '0'), bytes })
  }

  /** The next full batch; `rest`: whatever is left. */
  take(batch: number, rest = false): LogRecord[] | undefined {
    if (this.waiting.length === 0 || (this.waiting.length < batch && !rest)) return undefined
    return this.waiting.splice(0, batch)
  }
}

async function retailCore(job: string, lines: readonly Uint8Array[], batch: number, dump: string): Promise<Cost> {
  const { model, store } = started()
  const runner = new BatchRunner({
    steps: retailCoreSteps,
    decode: decodeLine,
    store,
    objects: new MemoryObjectStore(),
    idSpanMs: ID_SPAN_MS,
    idsPerRow: 1,
    recentRows: RECENT_ROWS,
  })
  const batches = new Batches()
  for (const bytes of lines) batches.add(bytes)
  let checkpoint = NO_CHECKPOINT
  for (let records = batches.take(batch, true); records !== undefined; records = batches.take(batch, true))
    checkpoint = (await runner.run(0, records)).checkpoint
  const cost = costOf(model, { writeUnits: 0, readUnits: 0, writtenBytes: 0, requests: 0 }, batch, lines.length)
  await writeDump(job, store, checkpoint, lines.length, dump)
  return cost
}

/** null: the job's folder is not there. */
export async function retailCoreCosts(
  { events = EVENTS, dir, say }: Pick<BenchOptions, 'events' | 'dir' | 'say'>,
  sizes: readonly number[] = BATCHES,
): Promise<readonly (Cost & { readonly equalToOracle: boolean })[] | null> {
  const job = resolve(dir ?? JOB)
  if (!existsSync(join(job, 'generate.mjs'))) return null
  const scratch = temporaryFolder()
  const input = join(scratch, 'events.ndjson')
  const oracle = join(scratch, 'oracle.json')
  await outputOf([join(job, 'generate.mjs'), '--events', String(events), '--out', input])
  writeFileSync(oracle, await outputOf([join(job, 'oracle.mjs'), input]))
  const lines = readFileSync(input, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Buffer.from(line))
  const costs: (Cost & { readonly equalToOracle: boolean })[] = []
  for (const batch of sizes) {
    const dump = join(scratch, `dump-${batch}`)
    const cost = await retailCore(job, lines, batch, dump)
    const checked = await outputOf([join(job, 'check.mjs'), oracle, dump]).catch(() => '{"equal":false}')
    costs.push({ ...cost, equalToOracle: (JSON.parse(checked) as { equal: boolean }).equal })
    say(`retail-core in batches of ${batch}: ${cost.writeUnitsPerEvent} write units an event`)
  }
  return costs
}

export async function productCost(events: number, batch: number): Promise<Cost> {
  const { model, store } = started()
  const engine = retailEngine(store, new MemoryObjectStore(), (error) => {
    throw error
  })
  const traffic = new RetailTraffic('cloud')
  const lines = new RecordLines(LOGICAL_SHARDS, START_MS, RATE)
  const shards = Array.from({ length: LOGICAL_SHARDS }, () => new Batches())
  const add = (text: string) => {
    for (const line of text.split('\n')) if (line !== '') shards[Number(line[0])]!.add(Buffer.from(line.slice(1)))
  }
  const fold = async (size: number, rest: boolean) => {
    for (const [shard, batches] of shards.entries())
      for (let records = batches.take(size, rest); records !== undefined; records = batches.take(size, rest))
        await engine.run(shard, records)
  }
  for (const listing of traffic.listings()) add(lines.linesOf(listing))
  await fold(500, true)
  const before = countsOf(model)
  for (let i = 0; i < events; i++) {
    add(lines.linesOf(traffic.next()))
    await fold(batch, false)
  }
  await fold(batch, true)
  return costOf(model, before, batch, events)
}

async function runCloud(options: BenchOptions): Promise<object> {
  const { events = EVENTS, say } = options
  const ofJob = await retailCoreCosts(options)
  const ofProduct: Cost[] = []
  for (const batch of BATCHES) {
    const cost = await productCost(events, batch)
    ofProduct.push(cost)
    say(`every step of the product in batches of ${batch}: ${cost.writeUnitsPerEvent} write units an event`)
  }
  return { events, retailCore: ofJob, product: ofProduct }
}

export const cloudBench: Bench = {
  about: 'write units, read units, requests and bytes an event on DynamoDB, counted by a model (2 minutes)',
  options: ['--events N   100,000', '--dir DIR    where the job of retail-core lies'],
  atMostSeconds: 1_200,
  run: runCloud,
}
