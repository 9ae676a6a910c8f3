/** The shop that sells by itself until somebody is connected. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { until } from './engine-api.ts'
import { RunningEngine, run } from './running-engine.ts'

function newFolder(): string {
  const data = mkdtempSync(join(tmpdir(), 'counterflow-demo-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  return data
}
const SMALL = ['--simulator', '--stores', '4', '--products', '40', '--rate', '20', '--seed', '7']

async function start(data: string, args: readonly string[] = SMALL): Promise<RunningEngine> {
  const engine = await RunningEngine.start(data, args)
  onTestFinished(() => engine.kill())
  return engine
}

const accepted = async (engine: RunningEngine): Promise<number> =>
  (await engine.get('/quality')).body.ledger.reduce(
    (sum: number, shard: { accepted: number }) => sum + shard.accepted,
    0,
  )
const mode = async (engine: RunningEngine): Promise<string> => (await engine.get('/metrics')).body.mode
const grows = async (engine: RunningEngine): Promise<void> => {
  const before = await accepted(engine)
  await until(async () => (await accepted(engine)) > before, 10_000, 'the simulator to sell')
}
const order = { eventType: 'ORDER_PLACED', asin: 'B0TEST', price: 999, quantity: 2, region: 'IN', orderId: 'A-1000' }

async function command(data: string, ...args: readonly string[]): Promise<{ code: number | null; said: string }> {
  const { lines, ended } = run([...args, '--data', data])
  const code = await ended
  return { code, said: lines.join('') }
}

test('sells until something is connected, pauses within a second, and goes on when that is paused', async () => {
  const engine = await start(newFolder())
  const screen = await engine.listen()
  await until(async () => (await engine.get('/metrics')).body.counts.orders.value > 0, 15_000, 'an order')
  expect(await mode(engine)).toBe('mock')
  const { items } = (await engine.get('/transactions')).body
  expect(items.length).toBeGreaterThan(0)
  expect(items.every(({ source }: { source: string }) => source === 'simulator')).toBe(true)
  await until(() => screen.messages('mode').at(-1)?.data.mode === 'mock', 5_000, 'a frame that says so')

  expect((await engine.order(order)).status).toBe(202)
  expect(await mode(engine)).toBe('live')
  await new Promise((done) => setTimeout(done, 1_000))
  const paused = await accepted(engine)
  await new Promise((done) => setTimeout(done, 2_000))
  expect(await accepted(engine)).toBe(paused)
  await engine.settled()
  await until(() => screen.messages('mode').at(-1)!.data.mode === 'live', 5_000, 'a frame that says so')

  expect((await engine.patch('/integrations/demo-amazon', { status: 'paused' })).status).toBe(200)
  expect(await mode(engine)).toBe('mock')
  await grows(engine)
  expect((await engine.order({ ...order, orderId: 'A-1001' })).status).toBe(403)
  await until(() => screen.messages('mode').at(-1)!.data.mode === 'mock', 5_000, 'a frame that says so')
  const { body } = await engine.get('/quality')
  for (const shard of body.ledger) expect(shard).toMatchObject({ held: 0, duplicate: 0 })
}, 60_000)

test('a connection of a provider pauses it by its first delivery, not before', async () => {
  const engine = await start(newFolder())
  const { body: made } = await engine.post('/integrations', { source: 'generic', proof: 'token' })
  expect(await mode(engine)).toBe('mock')
  await grows(engine)
  const headers = { 'x-webhook-token': made.secret as string }
  expect((await engine.post(made.path, order, { headers, asStranger: true })).status).toBe(202)
  expect(await mode(engine)).toBe('live')
  expect((await engine.delete(`/integrations/${made.id}`)).status).toBe(200)
  expect(await mode(engine)).toBe('mock')
  await grows(engine)
}, 60_000)

test('its online shop sells by a webhook of its own, signed, which a merchant may pause', async () => {
  const engine = await start(newFolder(), [...SMALL, '--rate', '300'])
  const deliveries = async () => (await engine.get('/integrations/demo-simulator/deliveries')).body.items
  await until(async () => (await deliveries())?.length > 0, 60_000, 'a delivery')
  for (const delivery of await deliveries()) expect(delivery).toMatchObject({ proof: 'proved', status: 202 })
  expect(await mode(engine)).toBe('mock')
  const byHand = (path: string) => engine.ask('POST', path, { body: { type: 'sale.recorded' }, asStranger: true })
  expect((await byHand('/integrations/simulator/webhook/demo-simulator')).status).toBe(401)
  expect((await byHand('/integrations/simulator/webhook')).status).toBe(404)
  expect((await engine.post('/integrations', { source: 'simulator' })).status).toBe(422)

  expect((await engine.patch('/integrations/demo-simulator', { status: 'paused' })).status).toBe(200)
  await new Promise((done) => setTimeout(done, 1_000))
  const paused = await accepted(engine)
  await new Promise((done) => setTimeout(done, 1_500))
  expect(await accepted(engine)).toBe(paused)
  expect((await engine.patch('/integrations/demo-simulator', { status: 'active' })).status).toBe(200)
  await grows(engine)
  expect((await engine.delete('/integrations/demo-simulator')).status).toBe(200)
  const { asOf: removedAt } = (await engine.get('/metrics')).body
  await until(async () => (await deliveries())?.[0]?.at > removedAt, 20_000, 'a delivery to its new connection')
}, 150_000)

test('is emptied, and an emptying that was cut off is done at the next start', async () => {
  const data = newFolder()
  const first = await start(data)
  const { token } = first
  await first.order({ ...order, customerId: 'asha@example.in' })
  expect((await command(data, 'demo', 'reset')).said).toContain('stop that one')
  await first.stop()
  expect(await command(data, 'demo', 'reset')).toMatchObject({ code: 0 })
  const next = await start(data, [])
  expect((await next.get('/transactions')).body.items).toEqual([])
  expect((await next.get('/integrations')).body.items).toEqual([])
  const kept = await next.ask('GET', '/metrics', { headers: { authorization: `Bearer ${token}` }, asStranger: true })
  expect(kept.body).toMatchObject({ mode: 'mock', counts: { orders: { value: 0 } } })
  expect((await next.order(order)).status).toBe(202)
  await next.stop()
  writeFileSync(join(data, 'emptying'), '')
  const last = await start(data, [])
  expect((await last.get('/transactions')).body.items).toEqual([])
  await last.stop()
  expect((await command(data, 'merchant', 'add', 'asha')).code).toBe(0)
  const refused = await command(data, 'demo', 'reset')
  expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('other merchants too (asha)')])
}, 60_000)
