/** The same scenario on one machine and as it was deployed: every figure is the same. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../e2e/engine-api.ts'
import { RunningEngine } from '../e2e/running-engine.ts'
import { MANAGER, openSmallShop, PASSWORD } from '../e2e/small-shop.ts'
import { CloudEngine } from './cloud-engine.ts'
import { figuresOf } from './figures.ts'

const SETTLE_MS = 60_000
const now = Date.now()
let data: string
let here: RunningEngine
let cloud: CloudEngine

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'counterflow-cloud-'))
  here = await RunningEngine.start(data)
  cloud = await CloudEngine.enter()
  for (const engine of [here, cloud]) {
    await openSmallShop(engine, now)
    await engine.settled(SETTLE_MS)
  }
}, 180_000)
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
  const before = (await cloud.get('/quarantine')).body.items.length
  await cloud.order({ eventType: 'ORDER_CANCELLED', asin: 'LAMP', orderId: 'nobody-sent-it' })
  await until(async () => (await cloud.get('/quarantine')).body.items.length > before, 20_000, 'the held document')
})
