/** A merchant's night on AWS: their trade into the lake, the chain as a state machine, tables as one machine makes them of the same. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { S3Client } from '@aws-sdk/client-s3'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { DynamoStateStore } from '#adapters/aws/dynamo-state-store.ts'
import { S3ObjectStore } from '#adapters/aws/s3-object-store.ts'
import { StagedDuckDbWarehouse } from '#adapters/aws/staged-duckdb-warehouse.ts'
import { FileSecrets } from '#adapters/embedded/file-secrets.ts'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { LocalIdentity } from '#adapters/embedded/local-identity.ts'
import { systemClock } from '#adapters/embedded/system-clock.ts'
import type { RunAnswer } from '#core/api/runs.ts'
import { foldersOf } from '#core/lake/published.ts'
import { WAREHOUSE_TABLES } from '#core/lake/warehouse-tables.ts'
import type { ObjectStore, StateStore } from '#core/ports.ts'
import { openDataFolder } from '#local/data-folder.ts'
import { OPERATOR, ownerOf } from '#local/owner.ts'
import { addMerchant } from '#runtime/merchants.ts'
import { readPublished } from '#runtime/published-warehouse.ts'
import { type EngineApi, until } from '../e2e/engine-api.ts'
import { RunningEngine } from '../e2e/running-engine.ts'
import { CloudEngine, outputsOfDeployment } from './cloud-engine.ts'
import { SHARDS } from './scenario.ts'

const DAY_MS = 24 * 60 * 60_000
const SETTLE_MS = 60_000
const RUN_MS = 240_000
/** Not the scenario's: its rows are compared. */
const MERCHANT = `nights-${randomUUID()}`
const YESTERDAY = new Date(Date.now() - DAY_MS).toISOString().slice(0, 10)
const STORES = ['north', 'south']
const PRODUCTS = ['LAMP', 'KURTA', 'MUG', 'TEA']
const DAYS = 8
const NOON = Date.parse(`${YESTERDAY}T12:00:00Z`)

let data: string
let here: RunningEngine
let cloud: CloudEngine
let stored: { readonly here: ObjectStore; readonly cloud: ObjectStore }

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'counterflow-nights-'))
  const { secrets } = openDataFolder(data, SHARDS)
  here = await RunningEngine.start(data)
  const identity = new LocalIdentity({} as StateStore, new FileSecrets(secrets), systemClock)
  const operator = await identity.issueForMachine(OPERATOR)
  const added = await here.post(
    '/engine/merchants',
    { id: MERCHANT, name: MERCHANT },
    {
      headers: { authorization: `Bearer ${operator}` },
      asStranger: true,
    },
  )
  expect(added.status).toBe(201)
  here.token = await identity.issueForMachine(ownerOf(MERCHANT))
  const { TableName, BucketName } = outputsOfDeployment()
  const state = new DynamoStateStore({ client: new DynamoDBClient({}), tableName: TableName! })
  await addMerchant({ state, clock: systemClock }, { id: MERCHANT, name: MERCHANT })
  cloud = await CloudEngine.enter(ownerOf(MERCHANT))
  stored = {
    here: new FolderObjectStore(join(data, 'objects')),
    cloud: new S3ObjectStore(new S3Client({ forcePathStyle: true }), BucketName!),
  }
  for (const engine of [here, cloud]) {
    await trade(engine)
    await engine.settled(SETTLE_MS)
  }
})
afterAll(async () => {
  await here?.kill()
  rmSync(data, { recursive: true, force: true })
})

/** Days of sales and refunds in two stores, up to yesterday noon. */
async function trade(engine: EngineApi): Promise<void> {
  const collect = async (events: readonly object[]) => {
    const { status, text } = await engine.post('/collect', { events })
    if (status !== 202) throw new Error(`the trade was not taken: ${status} ${text.slice(0, 500)}`)
  }
  const at = (daysAgo: number, minutesAgo: number) =>
    new Date(NOON - daysAgo * DAY_MS - minutesAgo * 60_000).toISOString()
  await collect([
    ...PRODUCTS.map((productId, p) => {
      const data = {
        productId,
        title: `Product ${p}`,
        category: `Category ${p % 2}`,
        basePriceMinor: 9_900,
        currency: 'INR',
        supplierId: 'potter',
      }
      return { type: 'product.listed', id: `list-${productId}`, storeId: '-', occurredAt: at(DAYS, 90), data }
    }),
    ...STORES.map((storeId) => {
      const data = { name: storeId, city: 'Jaipur', region: 'North', timeZone: 'Asia/Kolkata', currency: 'INR' }
      return { type: 'store.listed', id: `list-${storeId}`, storeId, occurredAt: at(DAYS, 90), data }
    }),
    ...STORES.flatMap((storeId) =>
      PRODUCTS.map((productId) => {
        const data = { productId, level: 50 }
        return { type: 'stock.counted', id: `count-${storeId}-${productId}`, storeId, occurredAt: at(DAYS, 60), data }
      }),
    ),
  ])
  for (let daysAgo = DAYS; daysAgo >= 0; daysAgo--)
    await collect(
      STORES.flatMap((storeId, s) =>
        PRODUCTS.flatMap((productId, p) => {
          const order = `${storeId}-${productId}-${daysAgo}`
          const of = { product_id: productId, store_id: storeId }
          const sale = {
            ...of,
            transaction_id: order,
            customer_id: `person-${p}@example.com`,
            amount: '198.00',
            quantity: 2,
          }
          const sold = { ...sale, timestamp: at(daysAgo, 10 + 5 * p + s), payment_method: 'card' }
          if ((p + daysAgo) % 3 !== 0) return [sold]
          const back = { ...of, refund_id: `back-${order}`, original_transaction_id: order, refund_amount: '99.00' }
          return [sold, { ...back, reason: 'defective', timestamp: at(daysAgo, 5) }]
        }),
      ),
    )
}

/** Asks for the chain twice, as two triggers would, and waits for its end. */
async function run(engine: EngineApi, chain: string, asked: object = {}): Promise<RunAnswer> {
  const answers = await Promise.all([0, 1].map(() => engine.post('/runs', { chain, ...asked })))
  expect(answers.map(({ status }) => status)).toEqual([202, 202])
  const [first, second] = answers.map(({ body }) => body)
  expect(second).toMatchObject({ id: first.id, attempt: first.attempt })
  return until(
    async () => {
      const { body } = await engine.get(`/runs/${first.id}`)
      return body.status === 'succeeded' || body.status === 'failed' ? body : undefined
    },
    RUN_MS,
    `the end of ${first.id}`,
  )
}

/** Rows of every published table, as lines in order. */
async function tablesOf(objects: ObjectStore): Promise<Record<string, string[]>> {
  const warehouse = new StagedDuckDbWarehouse(objects, { memoryMb: 256, threads: 1 })
  const published = await readPublished(objects, MERCHANT)
  const found: Record<string, string[]> = {}
  for (const { name, columns } of WAREHOUSE_TABLES) {
    const inputs = [{ table: name, columns, folders: foldersOf(published, name) }]
    const rows = await warehouse.ask({ sql: `select * from ${name}`, run: [], inputs }, { rows: 100_000, ms: 60_000 })
    found[name] = rows.map((row) => JSON.stringify(row, comparable)).sort()
  }
  return found
}

/** Of a person's token, of ids and of places in the log, and of when the test sent what it sends. */
const BY_CHANCE: ReadonlySet<string> = new Set(['customer', 'event_id', 'line_id', 'received_at'])
const comparable = (name: string, value: unknown): unknown => (BY_CHANCE.has(name) && value !== null ? '#' : value)

test('a night: asked for twice and run once, every table as on one machine', async () => {
  const [local, deployed] = [await run(here, 'nightly'), await run(cloud, 'nightly')]
  expect([deployed.failure, deployed.status, deployed.attempt]).toEqual([null, 'succeeded', 1])
  const rowsOf = ({ states }: RunAnswer) =>
    states.map(({ name, status, tasks, rowsOut }) => [name, status, tasks, name === 'extract' ? 0 : rowsOut])
  expect(rowsOf(deployed)).toEqual(rowsOf(local))
  expect(deployed.checks).toEqual(local.checks)
  const [theirs, ours] = [await tablesOf(stored.cloud), await tablesOf(stored.here)]
  expect(theirs.fact_sales!.length).toBeGreaterThan(50)
  for (const name of Object.keys(ours)) expect([name, theirs[name]]).toEqual([name, ours[name]])
}, 400_000)

test('forecasts of it, by what serves before anything was trained: the same; and training that has too little says so', async () => {
  for (const chain of ['forecasts', 'weekly']) {
    const [local, deployed] = [await run(here, chain), await run(cloud, chain)]
    expect([chain, deployed.failure, deployed.status]).toEqual([chain, null, 'succeeded'])
    expect(deployed.states.map(({ about }) => about)).toEqual(local.states.map(({ about }) => about))
  }
  const [theirs, ours] = [await tablesOf(stored.cloud), await tablesOf(stored.here)]
  expect(theirs.fact_predictions!.length).toBe(STORES.length * PRODUCTS.length * 7)
  expect(theirs.fact_predictions).toEqual(ours.fact_predictions)
  // What is wanted for the rest of the day, and so what is ordered, is of the minute that it was asked in.
  const levels = (rows: readonly string[]) =>
    rows.map((row) => JSON.parse(row)).map((row) => [row.store_id, row.product_id, row.reorder_point, row.safety_stock])
  expect(theirs.fact_reorders!.length).toBe(STORES.length * PRODUCTS.length)
  expect(levels(theirs.fact_reorders!)).toEqual(levels(ours.fact_reorders!))
}, 400_000)

test('questions to the warehouse have the answers of one machine', async () => {
  for (const path of [
    '/forecasts',
    '/forecasts?product=LAMP&store=north',
    '/forecasts/products',
    '/forecasts/why?product=LAMP&store=north',
    '/models/demand/accuracy',
  ]) {
    const [theirs, ours] = [await cloud.get(path), await here.get(path)]
    expect([path, theirs.status]).toEqual([path, 200])
    expect([path, { ...theirs.body, asOf: '' }]).toEqual([path, { ...ours.body, asOf: '' }])
  }
  const rowsOf = async (engine: EngineApi) => {
    const response = await fetch(`${engine.address}/export/fact_predictions.parquet`, {
      headers: { authorization: `Bearer ${engine.token}` },
    })
    expect(response.status).toBe(200)
    const path = join(data, `${randomUUID()}.parquet`)
    writeFileSync(path, Buffer.from(await response.arrayBuffer()))
    const connection = await duckDb.connect()
    const read = await connection.runAndReadAll(`select * from '${path}'`)
    return read
      .getRowsJson()
      .map((row) => JSON.stringify(row))
      .sort()
  }
  const duckDb = await DuckDBInstance.create()
  const exported = await rowsOf(cloud)
  expect(exported.length).toBe(STORES.length * PRODUCTS.length * 7)
  expect(exported).toEqual(await rowsOf(here))
}, 400_000)

test('a night that cannot read the lake stops and says why; what was published stays; the next try makes it', async () => {
  const [year, month, day] = YESTERDAY.split('-')
  const partition = new RegExp(`^raw/booked_line/year=${year}/month=0?${Number(month)}/day=0?${Number(day)}/`)
  const [some] = (await stored.cloud.list('raw/booked_line/')).flatMap((name) => partition.exec(name) ?? [])
  const unreadable = `${some!}0-9998-9999.parquet`
  const before = await readPublished(stored.cloud, MERCHANT)
  onTestFinished(() => stored.cloud.delete(unreadable))
  await stored.cloud.put(unreadable, Buffer.from('no Parquet at all'))
  const stopped = await run(cloud, 'nightly', { date: YESTERDAY })
  expect(stopped).toMatchObject({ status: 'failed', attempt: 2, failure: { error: 'WarehouseQueryError' } })
  expect(stopped.states.map(({ status }) => status)).toContain('failed')
  expect(await readPublished(stored.cloud, MERCHANT)).toEqual(before)
  await stored.cloud.delete(unreadable)
  expect(await run(cloud, 'nightly', { date: YESTERDAY })).toMatchObject({
    status: 'succeeded',
    attempt: 3,
    failure: null,
  })
  expect((await readPublished(stored.cloud, MERCHANT)).number).toBe(before.number + 1)
}, 400_000)
