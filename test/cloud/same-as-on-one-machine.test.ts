/** The same scenario on one machine and as it was deployed: every figure is the same. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDataFolder } from '#local/data-folder.ts'
import { until } from '../e2e/engine-api.ts'
import { figuresOfSources } from '../e2e/every-source.ts'
import { RunningEngine } from '../e2e/running-engine.ts'
import { MANAGER, PASSWORD } from '../e2e/small-shop.ts'
import { foundIn, sendSomebody } from '../e2e/somebody.ts'
import { isProduct, stockOf, sumOf } from '../real-data/online-retail-oracle.ts'
import { CloudEngine, outputsOfDeployment } from './cloud-engine.ts'
import { comparable, idsIn, NOT_COMPARED } from './comparable-rows.ts'
import { figuresOf, figuresOfSlice } from './figures.ts'
import { DeployedTable } from './restored-table.ts'
import { documentedTables, rowsHere, rowsInCloud } from './rows.ts'
import { type Lived, live, realSlice, SHARDS } from './scenario.ts'
import { closeFunctions, everyLog, pauseConsumer, restartFunctions } from './service-calls.ts'

/** Far enough in the past that all of the shop's trade is late, whenever a tick comes. */
const AGO_MS = 10 * 60_000
const startedAt = Date.now()
const now = startedAt - AGO_MS
const SETTLE_MS = 60_000
const DELIVERED_EACH_MS = 60_000
const STORES = ['north', 'south']
type Shard = Readonly<Record<'shard' | 'accepted' | 'applied' | 'duplicate' | 'held' | 'discarded' | 'pending', number>>
let data: string
let here: RunningEngine
let cloud: CloudEngine
let lived: { readonly here: Lived; readonly cloud: Lived }

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'counterflow-cloud-'))
  openDataFolder(data, SHARDS)
  here = await RunningEngine.start(data)
  cloud = await CloudEngine.enter()
  lived = { here: await live(here, now), cloud: await live(cloud, now) }
}, 300_000)
afterAll(async () => {
  await here?.kill()
  rmSync(data, { recursive: true, force: true })
})

test('the figures of the shop', async () => {
  const [local, deployed] = [await figuresOf(here, now), await figuresOf(cloud, now)]
  expect(deployed).toEqual(local)
  expect(local.stock.length).toBeGreaterThan(5)
  expect(Object.values(local.byDay as Record<string, { counts: { orders: number } }>)[0]!.counts.orders).toBe(8)
})

test('deliveries of every source, signed as each signs: the same answers, the same figures', async () => {
  expect(lived.cloud.delivered).toEqual(lived.here.delivered)
  expect(lived.cloud.delivered.filter(({ status }) => status === 202).length).toBeGreaterThan(50)
  expect(await figuresOfSources(cloud, now)).toEqual(await figuresOfSources(here, now))
})

const slice = realSlice()
describe.skipIf(slice === undefined)('a slice of a real shop', () => {
  test('comes in alike, and to the penny as the file says', async () => {
    // A request that was too slow for the emulator is sent again: what it had taken is a repeat then.
    const { file: _, seconds: __, linesPerSecond: ___, accepted, repeats, ...summary } = lived.here.imported!
    expect(lived.cloud.imported).toMatchObject(summary)
    expect(lived.cloud.imported!.accepted + lived.cloud.imported!.repeats).toBe(accepted + repeats)
    expect(summary).toMatchObject({ lines: slice!.lines.length, refused: 0, held: 0, brokeOff: null })
    expect([accepted, repeats]).toEqual([slice!.lines.length, 0])
    const [local, deployed] = [await figuresOfSlice(here), await figuresOfSlice(cloud)]
    expect(deployed).toEqual(local)
    expect(deployed.money.GBP.netRevenue).toBe(Number(sumOf(slice!.lines, ({ pennies }) => pennies)))
    expect(Object.fromEntries(deployed.stock)).toEqual(Object.fromEntries(stockOf(slice!.lines)))
    expect(deployed.stock.length).toBe(
      new Set(slice!.lines.filter(({ code }) => isProduct(code)).map(({ code }) => code)).size,
    )
  })
})

test('every row that is not by chance', async () => {
  await here.stop()
  const local = await rowsHere(data, documentedTables())
  const tableName = outputsOfDeployment().TableName!
  // On one machine notices go out at once; there a schedule sends them, once a minute.
  const areSent = async () => !(await rowsInCloud(tableName)).get('outbox')?.size
  await until(areSent, 2 * DELIVERED_EACH_MS, 'the schedule that sends notices')
  const deployed = await rowsInCloud(tableName)
  expect([...deployed.keys()].filter((table) => !local.has(table))).toEqual([])
  const [ids, others] = [idsIn(local), idsIn(deployed)]
  const comparing = { startedAt, isShared: (id: string) => ids.has(id) && others.has(id) }
  let rows = 0
  for (const table of [...local.keys()].filter((name) => !(name in NOT_COMPARED))) {
    const lines = comparable(table, local.get(table)!, comparing)
    expect([table, comparable(table, deployed.get(table) ?? new Map(), comparing)]).toEqual([table, lines])
    rows += lines.length
  }
  expect(rows).toBeGreaterThan(slice === undefined ? 800 : 5_000)
  // What is compared would see a unit more, somewhere.
  const [[key, row]] = deployed.get('stock')! as unknown as [[string, { readonly onHand: number }]]
  const off = new Map(deployed.get('stock')).set(key, { ...row, onHand: row.onHand + 1 })
  expect(comparable('stock', off, comparing)).not.toEqual(comparable('stock', local.get('stock')!, comparing))
}, 240_000)

test('a document that comes again is answered with the same ids, and changes nothing', async () => {
  const { body: made } = await cloud.post('/integrations', { source: 'generic', proof: 'token', label: 'twice' })
  const order = JSON.stringify({
    eventType: 'ORDER_PLACED',
    productId: 'LAMP',
    price: 9,
    currency: 'INR',
    orderId: 'T-1',
  })
  const send = () =>
    cloud.post(made.path, undefined, {
      bytes: Buffer.from(order),
      headers: { 'x-webhook-token': made.secret },
      asStranger: true,
    })
  const first = await send()
  expect(first.status).toBe(202)
  const again = await send()
  expect(again.body).toEqual({ eventIds: first.body.eventIds, repeat: true })
  const forged = await cloud.post(made.path, undefined, {
    bytes: Buffer.from(order),
    headers: { 'x-webhook-token': 'another' },
    asStranger: true,
  })
  expect(forged.status).toBe(401)
})

test('strangers see nothing, a manager of one store that store alone', async () => {
  for (const path of ['/metrics', '/stock', '/audit', '/quality'])
    expect((await cloud.ask('GET', path, { asStranger: true })).status).toBe(401)
  const entered = await cloud.post('/sign-in', { email: MANAGER.email, password: PASSWORD }, { asStranger: true })
  const cookie = entered.headers.getSetCookie()[0]!.split(';')[0]!
  const { status, body } = await cloud.ask('GET', '/stock?limit=500', { asStranger: true, headers: { cookie } })
  expect(status).toBe(200)
  expect(new Set(body.items.map(({ storeId }: { storeId: string }) => storeId))).toEqual(new Set([MANAGER.store]))
  expect((await cloud.ask('GET', '/audit', { asStranger: true, headers: { cookie } })).status).toBe(403)
})

test('a screen gets its snapshot, and hears a sale', async () => {
  const listener = await cloud.listen()
  listener.say({ type: 'subscribe', topics: ['transaction', 'kpi', 'stock'] })
  await until(() => listener.frames.some(({ type }) => type === 'snapshot'), 10_000, 'a snapshot')
  const events = [
    {
      type: 'sale.recorded',
      id: 'heard',
      storeId: 'north',
      data: { orderId: 'heard', productId: 'MUG', quantity: 1, unitPriceMinor: 24_900, currency: 'INR' },
    },
  ]
  expect((await cloud.post('/collect', { events })).status).toBe(202)
  await until(
    () => listener.messages('transaction').some(({ data }) => data.orderId === 'heard'),
    20_000,
    'the sale on the socket',
  )
  await listener.close()
})

test('what cannot be applied is held with its reason, mended and applied', async () => {
  const held = async () => (await cloud.all('/quarantine?status=held')) as { id: string; problems: object[] }[]
  const before = new Set((await held()).map(({ id }) => id))
  const isNew = ({ id }: { id: string }) => !before.has(id)
  const refund = { refundId: 'later-1', orderId: 'later', productId: 'MUG', quantity: 1, reason: 'other' }
  await cloud.post('/collect', { events: [{ type: 'sale.refunded', id: 'later-1', storeId: 'north', data: refund }] })
  const { id } = await until(async () => (await held()).find(isNew), SETTLE_MS, 'the held document')
  const { status, body } = await cloud.get(`/quarantine/${id}`)
  expect([status, body.problems.length]).toEqual([200, 1])
  const sale = { orderId: 'later', productId: 'MUG', quantity: 1, unitPriceMinor: 24_900, currency: 'INR' }
  await cloud.post('/collect', { events: [{ type: 'sale.recorded', id: 'later', storeId: 'north', data: sale }] })
  expect((await cloud.post(`/quarantine/${id}/replay`, {})).status).toBe(202)
  await until(async () => !(await held()).some(isNew), SETTLE_MS, 'the replay')
  expect((await cloud.all('/refunds?limit=500')).map(({ id }) => id).length).toBeGreaterThan(0)
})

test('nothing of a person and no secret is in any log', async () => {
  const secrets = await sendSomebody(cloud)
  await cloud.settled(SETTLE_MS)
  await until(async () => (await everyLog()).includes('"message":"notice"'), SETTLE_MS, 'the line of a notice')
  const log = await everyLog()
  expect(log.length).toBeGreaterThan(10_000)
  const others = [PASSWORD, MANAGER.email, 'person-1@example.com', 'asha@example.in', ...lived.cloud.secrets]
  expect(foundIn(log, [...secrets, ...others])).toEqual([])
})

test('a table that is lost comes back from its backup, and catches up from the stream', async () => {
  const table = new DeployedTable(outputsOfDeployment())
  const sell = async (name: string) => {
    const events = STORES.map((storeId) => ({
      type: 'sale.recorded',
      id: `${name}-${storeId}`,
      storeId,
      data: { orderId: `${name}-${storeId}`, productId: 'MUG', quantity: 1, unitPriceMinor: 24_900, currency: 'INR' },
    }))
    return (await cloud.post('/collect', { events })).status
  }
  const ledger = async () => (await cloud.get('/quality')).body.ledger as Shard[]
  const onHand = async () =>
    (await cloud.all('/stock?product=MUG&limit=500')).map(({ storeId, onHand }) => [storeId, onHand]).sort()
  const backup = await table.backUp()
  const before = await onHand()
  expect(await sell('behind')).toBe(202)
  await cloud.order({ eventType: 'ORDER_CANCELLED', asin: 'LAMP', orderId: 'behind-and-held' })
  await cloud.settled(SETTLE_MS)
  await pauseConsumer(true)
  expect(await sell('waiting')).toBe(202)
  const [after, accepted] = [await onHand(), (await ledger()).map(({ accepted }) => accepted)]
  await table.lose()
  expect(await sell('refused')).toBeGreaterThanOrEqual(500)
  await closeFunctions(true)
  await table.restore(backup)
  expect(await onHand()).toEqual(before)
  expect(await table.catchUp()).toMatch(/shard 0: \d+ records applied/)
  await restartFunctions()
  await closeFunctions(false)
  await pauseConsumer(false)
  await cloud.settled(SETTLE_MS)
  const lessOne = after.map(([storeId, n]) => [storeId, STORES.includes(storeId as string) ? Number(n) - 1 : n])
  expect(await onHand()).toEqual(lessOne)
  expect(await sell('behind')).toBe(202)
  expect(await sell('on')).toBe(202)
  await cloud.settled(SETTLE_MS)
  expect(await onHand()).toEqual(
    lessOne.map(([storeId, n]) => [storeId, STORES.includes(storeId as string) ? Number(n) - 1 : n]),
  )
  for (const { shard, applied, duplicate, held, discarded, accepted: all, pending } of await ledger()) {
    expect([shard, pending, applied + duplicate + held + discarded]).toEqual([shard, 0, all])
    expect(all).toBeGreaterThanOrEqual(accepted[shard]!)
  }
})
