/**
 * What each question costs on DynamoDB: no scan, and so many requests and items, over a shop whose rows are many more. A
 * route that is new has no line here, and fails until it has one. What the authorizer reads comes beside.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { DynamoStateStore, type DynamoStateStoreOptions } from '#adapters/aws/dynamo-state-store.ts'
import { KinesisEventLog } from '#adapters/aws/kinesis-event-log.ts'
import { DAY_MS, HOUR_MS } from '#core/metrics/business-time.ts'
import { manifest } from '#functions/manifest.ts'
import { askForRun, runId } from '#runtime/chain-runs.ts'
import { retailEngine } from '#runtime/retail-engine.ts'
import { CountingIdSource } from '#test/fakes/counting-id-source.ts'
import { type Call, DynamoModel } from '#test/fakes/dynamo-model.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { KinesisModel } from '#test/fakes/kinesis-model.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { exampleReorder, reorderWrites } from '#test/fixtures/example-reorders.ts'

const SHARDS = 8
const NOW = Date.parse('2026-03-02T10:00:00Z')
const DAYS = 60
const STORES = ['agra', 'bath', 'cork', 'dover', 'erode', 'fife']
/** Two of them have other days than the merchant. */
const ZONE: Readonly<Record<string, string>> = { agra: 'Asia/Kolkata', erode: 'Asia/Kolkata' }
const PRODUCTS = Array.from({ length: 120 }, (_, n) => `product-${n}`)

/** Of a question: most requests that read, and most items that they answer with. */
type Bound = { readonly asked?: string; readonly requests: number; readonly items: number }
type Named = Readonly<Record<string, string>>

/** A scan is no call that the model knows. */
const READS: readonly string[] = ['GetItem', 'BatchGetItem', 'Query']
const NO_CODE = 'code=none'
const NOTHING = { requests: 0, items: 0 }
const MONTHS = `from=${new Date(NOW - DAYS * DAY_MS).toISOString().slice(0, 10)}T00:00:00Z`

/**
 * By route; several where a route is asked in ways that read otherwise. How far an answer is behind costs each 2 requests
 * and 16 items: the counter and the checkpoint of each shard. The zone of a list's window costs 1: the merchant's settings.
 */
const BOUNDS: Readonly<Record<string, readonly Bound[]>> = {
  'GET /imports': [{ requests: 4, items: 16 }],
  // A file of objects.
  'GET /export/{file}': [{ requests: 0, items: 0 }],
  // Of objects alone, but for how far it is behind.
  'GET /lineage': [{ requests: 2, items: 16 }],
  'GET /lineage/{artefact}': [{ requests: 2, items: 16 }],
  'GET /lineage/{artefact}/inputs': [{ requests: 2, items: 16 }],
  // The same, and the product's listing.
  'GET /forecasts': [
    { requests: 2, items: 16 },
    { asked: 'product=product-1', requests: 3, items: 17 },
  ],
  'GET /forecasts/products': [{ requests: 2, items: 16 }],
  'GET /forecasts/why': [{ asked: 'product=product-1&store=agra', requests: 2, items: 16 }],
  'GET /models/demand': [{ requests: 3, items: 16 }],
  // Of objects, and of the merchant's settings: money in its currency.
  'GET /models/demand/accuracy': [{ requests: 3, items: 16 }],
  'GET /models/demand/drift': [{ requests: 4, items: 17 }],
  'GET /metrics': [
    { requests: 20, items: 95 },
    { asked: `${MONTHS}`, requests: 35, items: 1040 },
    { asked: `${MONTHS}&store=agra`, requests: 20, items: 230 },
    { asked: `${MONTHS}&product=product-1`, requests: 30, items: 140 },
    { asked: `${MONTHS}&category=category-1`, requests: 400, items: 1980 },
    { asked: `${MONTHS}&currency=INR`, requests: 240, items: 2060 },
  ],
  'GET /metrics/series': [
    { requests: 70, items: 25 },
    { asked: `measure=orders&window=day&${MONTHS}`, requests: 75, items: 355 },
    { asked: `measure=orders&by=store&window=day&${MONTHS}`, requests: 275, items: 5165 },
    { asked: `measure=netRevenue&by=store&window=span&currency=INR&${MONTHS}`, requests: 275, items: 5165 },
    { asked: `measure=netRevenue&by=product&window=span&${MONTHS}`, requests: 25, items: 4905 },
    { asked: `measure=netRevenue&by=category&window=day&${MONTHS}`, requests: 75, items: 4905 },
    { asked: `measure=orders&by=channel&window=span&${MONTHS}`, requests: 7, items: 415 },
    { asked: `measure=refundAmount&by=reason&window=day&${MONTHS}`, requests: 75, items: 355 },
  ],
  'GET /metrics/products': [
    { requests: 5, items: 85 },
    { asked: `${MONTHS}`, requests: 75, items: 4880 },
  ],
  'GET /stock': [
    { requests: 6, items: 245 },
    { asked: 'limit=500', requests: 7, items: 555 },
    { asked: 'store=agra&limit=500', requests: 6, items: 110 },
    { asked: 'category=category-1', requests: 15, items: 180 },
    { asked: 'risk=oversold', requests: 9, items: 450 },
  ],
  'GET /alerts': [
    { requests: 15, items: 450 },
    { asked: 'state=resolved', requests: 15, items: 80 },
  ],
  'GET /reorders': [{ requests: 8, items: 421 }],
  'GET /reorders/{id}': [{ requests: 7, items: 20 }],
  'GET /reorders/reasons': [{ asked: 'product=product-1', requests: 12, items: 76 }],
  'GET /transactions': [
    { requests: 20, items: 430 },
    { asked: 'product=product-1', requests: 70, items: 16020 },
    { asked: 'order=agra-27', requests: 20, items: 430 },
  ],
  'GET /events/{id}': [{ requests: 30, items: 115 }],
  'GET /refunds': [
    { requests: 85, items: 760 },
    { asked: 'limit=500', requests: 500, items: 2205 },
  ],
  'GET /refunds/statistics': [
    { requests: 25, items: 1020 },
    { asked: `${MONTHS}`, requests: 30, items: 1990 },
  ],
  'GET /item/{id}': [{ requests: 60, items: 185 }],
  'GET /products': [{ requests: 3, items: 130 }],
  'GET /stores': [{ requests: 3, items: 25 }],
  'GET /quality': [{ requests: 20, items: 145 }],
  'GET /quality/checks': [{ requests: 4, items: 16 }],
  'GET /runs': [{ requests: 4, items: 18 }],
  'GET /runs/{id}': [{ requests: 4, items: 26 }],
  'GET /runs/{id}/checks': [{ requests: 4, items: 19 }],
  'GET /quarantine': [{ requests: 3, items: 20 }],
  'GET /quarantine/{id}': [{ requests: 3, items: 20 }],
  'GET /settings': [{ requests: 3, items: 20 }],
  'GET /settings/products': [{ requests: 4, items: 20 }],
  'GET /integrations': [{ requests: 4, items: 20 }],
  'GET /notices/choices': [{ requests: 6, items: 16 }],
  'GET /notices/webhooks': [{ requests: 4, items: 16 }],
  'GET /notices/deliveries': [{ requests: 4, items: 16 }],
  'GET /integrations/{id}/deliveries': [{ requests: 5, items: 18 }],
  'GET /integrations/{id}/activity': [{ requests: 5, items: 18 }],
  'GET /integrations/{id}/deliveries/{number}': [{ requests: 5, items: 19 }],
  'GET /sign-in': [{ asked: NO_CODE, requests: 1, items: 0 }],
  'GET /join': [{ asked: NO_CODE, requests: 2, items: 0 }],
  'GET /account': [{ requests: 5, items: 16 }],
  'GET /account/sessions': [{ requests: 3, items: 16 }],
  'GET /users': [{ requests: 3, items: 16 }],
  'GET /tokens': [{ requests: 3, items: 16 }],
  'GET /audit': [{ requests: 5, items: 18 }],
  'GET /healthz': [{ requests: 2, items: 20 }],
  'GET /openapi.json': [NOTHING],
  'GET /asyncapi.json': [NOTHING],
  'GET /docs': [NOTHING],
  'GET /docs/page.css': [NOTHING],
  'GET /docs/page.js': [NOTHING],
}

const clock = new FixedClock(NOW)
const model = new DynamoModel()
const kinesis = new KinesisModel()
const objects = new MemoryObjectStore()
const read = { requests: 0, items: 0, calls: new Set<string>() }
const client = {
  send: (async (command: { readonly input: object }) => {
    const answer = (await model.send(command)) as {
      readonly Item?: object
      readonly Items?: readonly object[]
      readonly Responses?: Readonly<Record<string, readonly object[]>>
    }
    const call = command.constructor.name.replace(/Command$/, '') as Call
    read.calls.add(call)
    if (READS.includes(call)) read.requests++
    const found = answer.Items ?? Object.values(answer.Responses ?? {}).flat()
    read.items += found.length + (answer.Item === undefined ? 0 : 1)
    return answer
  }) as DynamoStateStoreOptions['client']['send'],
}
const state = new DynamoStateStore({ client, tableName: 't' })
const log = new KinesisEventLog({
  client: kinesis.client,
  streamName: 's',
  shards: SHARDS,
  state,
  objects,
  clock,
  ids: new CountingIdSource(),
})
const ports = portsInTest({ state, log, objects, clock })
const viewer = ownerOf('demo')
const functions = new Map<string, unknown>()

const send = async (route: string, body: unknown, params?: Named) => {
  const { runs } = manifest.routes.find(({ method, path }) => `${method} ${path}` === route)!
  const handler = functions.get(runs) ?? (await import(`#functions/${runs}/handler.ts`)).handler
  functions.set(runs, handler)
  const { '?': search = '', ...inPath } = params ?? {}
  return ask(handler, ports, route, {
    viewer,
    params: inPath,
    query: Object.fromEntries(new URLSearchParams(search)),
    ...(body !== undefined && { body }),
  })
}

async function apply(): Promise<void> {
  const engine = retailEngine(state, objects)
  for (let shard = 0; shard < SHARDS; shard++) {
    let from: string | undefined
    for (;;) {
      const records = (await log.read(shard, from, 1_000)).filter(({ sequence }) => sequence !== from)
      if (records.length === 0) break
      await engine.run(shard, records)
      from = records.at(-1)!.sequence
    }
  }
}

/** What stands for `{id}` in a route, where it is not the connection. */
let ids: Named
let connection: string

beforeAll(async () => {
  const collect = async (events: readonly object[]) => {
    for (let i = 0; i < events.length; i += 500) {
      const { status, body } = await send('POST /collect', { events: events.slice(i, i + 500) })
      const isTaken = body.results?.every((each: { readonly status: string }) => each.status !== 'refused')
      if (status !== 202 || !isTaken) throw new Error(JSON.stringify(body).slice(0, 500))
    }
  }
  const at = (ms: number) => new Date(NOW - ms).toISOString()
  await collect([
    ...STORES.map((storeId) => ({
      type: 'store.listed',
      storeId,
      data: { name: storeId, region: 'r', timeZone: ZONE[storeId] ?? 'UTC', currency: 'INR' },
    })),
    ...PRODUCTS.map((productId, n) => ({
      type: 'product.listed',
      storeId: '-',
      data: { productId, title: productId, category: `category-${n % 7}`, brand: `brand-${n % 5}` },
    })),
  ])
  await apply()
  const trade = Array.from({ length: DAYS * 24 }, (_, hour) => DAYS * 24 - hour).flatMap((hour) =>
    STORES.slice(hour % 3, (hour % 3) + 3).flatMap((storeId, s) => {
      const productId = PRODUCTS[(hour * 7 + s * 11) % PRODUCTS.length]!
      const orderId = `${storeId}-${hour}`
      const place = { storeId, occurredAt: at(hour * HOUR_MS) }
      const line = { orderId, productId, quantity: 1, unitPriceMinor: 500, currency: 'INR', customer: `c-${hour % 50}` }
      const sale = { ...place, type: 'sale.recorded', data: line }
      const back = {
        refundId: `${orderId}-back`,
        orderId,
        productId,
        quantity: 1,
        amountMinor: 500,
        currency: 'INR',
        reason: 'defective',
      }
      return hour % 5 === 0 ? [sale, { ...place, type: 'sale.refunded', data: back }] : [sale]
    }),
  )
  await collect(trade)
  await apply()
  const made = await send('POST /integrations', { source: 'generic', proof: 'token' })
  await send('POST /integrations/{id}/test', undefined, { id: made.body.id })
  await collect([{ ...trade[0]!, id: 'too-early', occurredAt: at(-DAY_MS) }])
  await apply()
  const firstOf = async (route: string) => (await send(route, undefined)).body.items[0]
  const run = runId(await askForRun(ports, 'demo', { chain: 'nightly' }, undefined))
  const proposed = STORES.flatMap((storeId) =>
    PRODUCTS.map((productId) => exampleReorder(`${storeId}-${productId}`, { storeId, productId })),
  ).slice(0, 300)
  for (const proposal of proposed) await state.commit(reorderWrites('demo', [proposal]))
  ids = {
    'GET /reorders/{id}': proposed[0]!.id,
    'GET /runs/{id}': run,
    'GET /runs/{id}/checks': run,
    'GET /events/{id}': (await firstOf('GET /transactions')).id,
    'GET /quarantine/{id}': (await firstOf('GET /quarantine')).id,
    'GET /item/{id}': PRODUCTS[1]!,
  }
  connection = made.body.id
}, 120_000)

const questions = manifest.routes
  .filter(({ method }) => method === 'GET')
  .map(({ method, path }) => `${method} ${path}`)

test('every question has its bounds', () => {
  expect(Object.keys(BOUNDS).sort()).toEqual(questions.sort())
})

describe('a question', () => {
  const asked = questions.flatMap((route) => (BOUNDS[route] ?? []).map((bound) => ({ route, asked: '', ...bound })))
  test.each(asked)('$route $asked', async ({ route, asked, ...bound }) => {
    Object.assign(read, { requests: 0, items: 0 })
    read.calls.clear()
    const { status, body } = await send(route, undefined, {
      id: ids[route] ?? connection,
      number: '1',
      file: 'fact_sales.parquet',
      artefact: 'raw:sale_recorded:2026-03-01',
      '?': asked,
    })
    expect([status, body]).toEqual([asked === NO_CODE ? 401 : 200, expect.anything()])
    expect([...read.calls].filter((call) => !READS.includes(call))).toEqual([])
    expect(read.requests, 'requests').toBeLessThanOrEqual(bound.requests)
    expect(read.items, 'items').toBeLessThanOrEqual(bound.items)
  })

  test('reads little of what there is', () => {
    expect(model.items).toBeGreaterThan(25_000)
  })
})
