/** Live messages over real sockets: what is asked for, breaks without a gap or a repeat, slow readers, a new engine. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { LiveFrame, LiveMessage } from '#core/api/live.ts'
import { Listener, until } from './engine-api.ts'
import { engineFor, RunningEngine } from './running-engine.ts'

let data: string
let engine: RunningEngine
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'counterflow-live-'))
  engine = await RunningEngine.start(data)
})
afterAll(async () => {
  await engine.kill()
  rmSync(data, { recursive: true, force: true })
})

const STORES = ['north', 'south', 'east']
let orders = 0
/** A batch of orders over a few products and stores; answers their transactions' order ids. */
async function sell(count: number, run: string): Promise<string[]> {
  const ids = Array.from({ length: count }, () => `${run}-${orders++}`)
  const events = ids.map((orderId, i) => ({
    type: 'sale.recorded',
    id: orderId,
    storeId: STORES[i % STORES.length],
    data: { orderId, productId: `product ${i % 40}`, quantity: 1, unitPriceMinor: 500, currency: 'INR' },
  }))
  expect((await engine.post('/collect', { events })).status).toBe(202)
  return ids
}

async function subscribed(ask: object = {}): Promise<Listener> {
  const listener = await engine.listen()
  listener.say({ type: 'subscribe', ...ask })
  await until(() => listener.heard.some(({ type }) => type === 'subscribed'), 5_000, 'an answer')
  return listener
}
/** What came after the answer: a client hears nothing before it. */
const framesOf = ({ heard }: Listener): LiveFrame[] => {
  const from = heard.findLastIndex(({ type }) => type === 'subscribed')
  return heard.slice(from === -1 ? heard.length : from).filter((message): message is LiveFrame => 'messages' in message)
}
const messagesIn = (frames: readonly LiveFrame[]) => frames.flatMap(({ messages }) => messages)
const orderIdsIn = (frames: readonly LiveFrame[], run: string): string[] =>
  messagesIn(frames).flatMap((message) =>
    message.topic === 'transaction' && message.data.orderId?.startsWith(`${run}-`) ? [message.data.orderId] : [],
  )
/** The last word on each subject. */
function endOf(frames: readonly LiveFrame[]): Record<string, LiveMessage['data']> {
  const last: Record<string, LiveMessage['data']> = {}
  for (const message of messagesIn(frames)) {
    if (message.topic === 'stock') last[`stock ${message.data.storeId} ${message.data.productId}`] = message.data
    if (message.topic === 'alert') last[`alert ${message.data.id}`] = message.data
  }
  return last
}

describe('a subscription', () => {
  test('begins with how things are, and hears what it asked for', async () => {
    const ids = await sell(6, 'before')
    await engine.settled()
    const all = await subscribed()
    const some = await subscribed({ topics: ['stock', 'transaction'], stores: ['north'] })
    await until(() => framesOf(all).length > 0 && framesOf(some).length > 0, 5_000, 'snapshots')
    const [snapshot] = framesOf(all)
    expect(snapshot).toMatchObject({ type: 'snapshot', reset: false })
    expect(new Set(snapshot!.messages.map(({ topic }) => topic)).size).toBe(6)
    expect(orderIdsIn([snapshot!], 'before').sort()).toEqual(ids)
    const { items } = (await engine.get('/alerts?limit=500')).body
    const alerts = snapshot!.messages.flatMap((message) => (message.topic === 'alert' ? [message.data] : []))
    expect(alerts).toEqual(items)
    const after = await sell(6, 'after')
    await until(() => orderIdsIn(framesOf(all), 'after').length === 6, 5_000, 'changes')
    await until(() => orderIdsIn(framesOf(some), 'after').length === 2, 5_000, 'changes of one store')
    expect(orderIdsIn(framesOf(all), 'after')).toEqual(expect.arrayContaining(after))
    const stores = messagesIn(framesOf(some)).map(({ topic, data: row }) => [
      topic,
      (row as { storeId: string }).storeId,
    ])
    expect(new Set(stores.map(String))).toEqual(new Set(['stock,north', 'transaction,north']))
    for (const listener of [all, some]) await listener.close()
  })
})

describe('a socket that is cut for a while', () => {
  test('goes on without a gap or a repeat, however often', { timeout: 60_000 }, async () => {
    const [whole, first] = [await subscribed(), await subscribed()]
    await until(() => framesOf(whole).length > 0 && framesOf(first).length > 0, 5_000, 'snapshots')
    const frames: LiveFrame[] = []
    let sent: string[] = []
    let cut = first
    for (let breaks = 0; breaks < 5; breaks++) {
      // In the middle of a stream, wherever it may be.
      const selling = Promise.all(Array.from({ length: 6 }, () => sell(60, 'cut')))
      await new Promise((done) => setTimeout(done, 30 * breaks))
      cut.socket.terminate()
      frames.push(...framesOf(cut))
      sent = [...sent, ...(await selling).flat(), ...(await sell(60, 'cut'))]
      await engine.settled()
      cut = await subscribed({ resume: frames.at(-1)!.sequence })
      expect(cut.heard.find(({ type }) => type === 'subscribed')).toMatchObject({ resumed: true })
    }
    sent = [...sent, ...(await sell(60, 'cut'))]
    await engine.settled()
    const all = () => [...frames, ...framesOf(cut)]
    await until(() => orderIdsIn(framesOf(whole), 'cut').length >= sent.length, 10_000, 'the one that was never cut')
    await until(() => orderIdsIn(all(), 'cut').length >= sent.length, 10_000, 'the one that was cut')
    expect(orderIdsIn(all(), 'cut').sort()).toEqual(sent.sort())
    expect(orderIdsIn(framesOf(whole), 'cut').sort()).toEqual(sent)
    await until(() => all().at(-1)!.sequence === framesOf(whole).at(-1)!.sequence, 5_000, 'the same end')
    expect(endOf(all())).toEqual(endOf(framesOf(whole)))
    expect(all().some(({ reset }) => reset)).toBe(false)
    for (const listener of [whole, cut]) await listener.close()
  })
})

describe('a slow reader', () => {
  test('hears the newest of each subject when it reads on, and every sale once', { timeout: 60_000 }, async () => {
    const [whole, slow] = [await subscribed(), await subscribed()]
    await until(() => framesOf(whole).length > 0 && framesOf(slow).length > 0, 5_000, 'snapshots')
    slow.socket.pause()
    const sent: string[] = []
    // More than what lies between two ends of a socket.
    for (let i = 0; i < 40; i++) sent.push(...(await Promise.all([1, 2].map(() => sell(250, 'slow')))).flat())
    await until(() => orderIdsIn(framesOf(whole), 'slow').length === sent.length, 20_000, 'the one that reads')
    const heardBefore = framesOf(slow).length
    slow.socket.resume()
    await until(() => orderIdsIn(framesOf(slow), 'slow').length >= sent.length, 20_000, 'the one that was slow')
    expect(orderIdsIn(framesOf(slow), 'slow').sort()).toEqual(sent.sort())
    await until(() => framesOf(slow).at(-1)!.sequence === framesOf(whole).at(-1)!.sequence, 5_000, 'the same end')
    expect(endOf(framesOf(slow))).toEqual(endOf(framesOf(whole)))
    // Coalesced: it was told less often of what moved all the time. How much less is a matter of what lay in the socket already.
    const stocksIn = (frames: readonly LiveFrame[]) =>
      messagesIn(frames).filter(({ topic }) => topic === 'stock').length
    expect(stocksIn(framesOf(slow).slice(heardBefore))).toBeLessThan(stocksIn(framesOf(whole)))
    for (const listener of [whole, slow]) await listener.close()
  })
})

test('whose token was revoked hears no more half a minute later, though a ticket let it in', {
  timeout: 60_000,
}, async () => {
  const { id, token } = (await engine.post('/tokens', { label: 'a screen', stores: ['north'] })).body
  const authorization = `Bearer ${token}`
  const asked = await fetch(`${engine.address}/live/tickets`, { method: 'POST', headers: { authorization } })
  const { ticket } = (await asked.json()) as { ticket: string }
  const socket = new WebSocket(`${engine.address.replace('http', 'ws')}/ws?ticket=${encodeURIComponent(ticket)}`)
  const listener = new Listener(socket)
  const closed = new Promise<number>((done) => socket.once('close', done))
  await new Promise((done) => socket.once('open', done))
  const other = await subscribed()
  const own = await sell(3, 'kept')
  await engine.settled()
  await until(() => orderIdsIn(listener.frames, 'kept').length > 0, 5_000, 'an order of the north')
  expect(orderIdsIn(listener.frames, 'kept')).toEqual(own.slice(0, 1))
  expect((await engine.delete(`/tokens/${id}`)).status).toBe(204)
  expect(await closed).toBe(1008)
  expect(other.socket.readyState).toBe(WebSocket.OPEN)
  await other.close()
})

test('after the engine’s own break a client begins anew, and is told so', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterflow-live-'))
  const before = await engineFor(folder)
  const listener = await before.listen()
  await before.order({ eventType: 'ORDER_PLACED', asin: 'B0TEST', price: 999, region: 'IN', orderId: 'A-1' })
  await until(() => listener.messages('transaction').length > 0, 5_000, 'the order')
  const { sequence } = listener.frames.at(-1)!
  await before.stop()
  const after = await engineFor(folder)
  const again = await after.listen()
  again.say({ type: 'subscribe', resume: sequence })
  const snapshot = await until(() => framesOf(again).at(0), 5_000, 'a snapshot')
  expect(again.heard.find(({ type }) => type === 'subscribed')).toMatchObject({ resumed: false })
  expect(snapshot).toMatchObject({ type: 'snapshot', reset: true })
  expect(orderIdsIn([snapshot], 'A')).toEqual(['A-1'])
  rmSync(folder, { recursive: true, force: true })
})
