import { describe, expect, test } from 'vitest'
import { type LiveFrame, type LiveMessage, liveFrame } from '#core/api/live.ts'
import type { LiveChannel, Viewer } from '#core/ports.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { CONNECTION_TABLE, connectionKey } from './live-connections.ts'
import { LiveFeed } from './live-feed.ts'

const AT = '2026-03-02T10:00:00.000Z'
const SLOW = 1 << 20

/** A channel that remembers what it was given. */
class RememberingChannel implements LiveChannel {
  readonly frames = new Map<string, LiveFrame[]>()
  readonly backlogs = new Map<string, number>()
  readonly gone = new Set<string>()

  async send(connectionId: string, message: string): Promise<boolean> {
    if (this.gone.has(connectionId)) return false
    const frame = liveFrame.parse(JSON.parse(message))
    this.frames.set(connectionId, [...(this.frames.get(connectionId) ?? []), frame])
    return true
  }

  backlog(connectionId: string): number {
    return this.backlogs.get(connectionId) ?? 0
  }
}

function newFeed() {
  const engine = new EngineInTest()
  const live = new RememberingChannel()
  const clock = new FixedClock(AT)
  const feed = new LiveFeed({ state: engine.store, log: new MemoryEventLog(1), live, clock })
  let told = 0
  return {
    engine,
    live,
    feed,
    clock,
    connect: (connectionId: string, more: Partial<Viewer> = {}) => {
      const viewer: Viewer = { merchantId: 'm', subject: connectionId, role: 'owner', ...more }
      const key = connectionKey(viewer.merchantId, connectionId)
      engine.store.commit([{ table: CONNECTION_TABLE, key, row: { viewer, connectedAt: 0 } }])
    },
    /** Folds the events and offers what they told. */
    offer: async (...happenings: Happening[]) => {
      await engine.take(...happenings)
      feed.offer({
        live: engine.live.slice(told),
        merchants: new Set(happenings.map(({ merchantId = 'm' }) => merchantId)),
      })
      told = engine.live.length
    },
    connections: async () => (await engine.store.query({ table: CONNECTION_TABLE, range: EVERY_KEY })).length,
  }
}

let orders = 0
const sale = (productId: string, more: Partial<Happening> = {}): Happening => ({
  type: 'sale.recorded',
  at: AT,
  data: { orderId: `o${orders++}`, productId, quantity: 1, unitPriceMinor: 500, currency: 'INR' },
  ...more,
})
const viewed = (more: Partial<Happening> = {}): Happening => ({
  type: 'product.viewed',
  at: AT,
  data: { productId: 'lamp' },
  ...more,
})

const ofTopic = <T extends LiveMessage['topic']>(frame: LiveFrame | undefined, topic: T) =>
  (frame?.messages ?? []).filter((message): message is Extract<LiveMessage, { topic: T }> => message.topic === topic)
const stocks = (frame: LiveFrame | undefined) =>
  ofTopic(frame, 'stock').map(({ data }) => [data.storeId, data.productId, data.onHand])

describe('a frame', () => {
  test('says what has changed, with the figures of the whole', async () => {
    const { live, feed, connect, offer } = newFeed()
    connect('ann')
    await offer({ type: 'product.listed', at: AT, data: { productId: 'lamp', title: 'Lamp' } })
    await offer({ type: 'store.listed', at: AT, data: { name: 'High Street' } }, sale('lamp'))
    await feed.send()
    const [frame, ...others] = live.frames.get('ann')!
    expect(others).toEqual([])
    expect(frame).toMatchObject({ asOf: AT, lagMs: 0, skipped: 0 })
    expect(frame!.messages.map(({ topic }) => topic)).toEqual(['kpi', 'stock', 'transaction', 'alert'])
    expect(ofTopic(frame, 'kpi')[0]!.data.money.INR!.grossRevenue.value).toBe(500)
    expect(ofTopic(frame, 'stock')[0]).toMatchObject({
      occurredAt: AT,
      acceptedAt: AT,
      data: { storeId: 's', productId: 'lamp', title: 'Lamp', onHand: -1 },
    })
    expect(ofTopic(frame, 'alert')[0]!.data).toMatchObject({ title: 'Lamp', kind: 'OVERSOLD', state: 'open' })
    expect(ofTopic(frame, 'transaction')[0]!.data).toMatchObject({
      title: 'Lamp',
      storeName: 'High Street',
      amountMinor: 500,
    })
  })

  test('holds the newest of each subject, once', async () => {
    const { live, feed, connect, offer } = newFeed()
    connect('ann')
    await offer(sale('lamp'), sale('cup'))
    await offer(sale('lamp'))
    await feed.send()
    const [frame] = live.frames.get('ann')!
    expect(stocks(frame)).toEqual([
      ['s', 'cup', -1],
      ['s', 'lamp', -2],
    ])
    expect(ofTopic(frame, 'transaction').length).toBe(3)
  })

  test('tells products and stores apart whatever their names', async () => {
    const { live, feed, connect, offer } = newFeed()
    connect('ann')
    await offer(sale('c', { storeId: 'a/b' }), sale('b/c', { storeId: 'a' }), sale('b/c', { storeId: 'a' }))
    await feed.send()
    expect(stocks(live.frames.get('ann')![0])).toEqual([
      ['a/b', 'c', -1],
      ['a', 'b/c', -2],
    ])
  })

  test('holds the newest 50 transactions and 200 stocks, and says how many it left out', async () => {
    const { live, feed, connect, offer } = newFeed()
    connect('ann')
    const products = Array.from({ length: 230 }, (_, i) => `product ${i}`)
    await offer(...products.map((product) => sale(product)))
    await feed.send()
    const [frame] = live.frames.get('ann')!
    expect(stocks(frame).map(([, product]) => product)).toEqual(products.slice(-200))
    expect(ofTopic(frame, 'transaction').map(({ data }) => data.productId)).toEqual(products.slice(-50))
    expect(ofTopic(frame, 'alert').length).toBe(230)
    expect(frame!.skipped).toBe(30 + 180)
  })

  test('tells an open alert again when its stock moves: it says how much is left', async () => {
    const { feed, live, connect, offer } = newFeed()
    connect('screen')
    const alertsOf = (n: number) => ofTopic(live.frames.get('screen')?.[n], 'alert').map(({ data }) => data)
    await offer(sale('lamp'))
    await feed.send()
    const [opened] = alertsOf(0)
    expect(opened).toMatchObject({ kind: 'OVERSOLD', figures: { onHand: -1 }, now: { onHand: -1 } })
    await offer(sale('lamp'))
    await feed.send()
    expect(alertsOf(1)).toMatchObject([
      { id: opened!.id, changedAt: opened!.changedAt, figures: { onHand: -1 }, now: { onHand: -2 } },
    ])
    expect(alertsOf(1)[0]!.text).toContain('oversold by 2')
  })

  test('is sent for what is nothing but a figure', async () => {
    const { live, feed, connect, offer } = newFeed()
    connect('ann')
    await offer(viewed())
    await feed.send()
    const [frame] = live.frames.get('ann')!
    expect(frame!.messages.map(({ topic }) => topic)).toEqual(['kpi'])
    expect(ofTopic(frame, 'kpi')[0]!.data.counts.views.value).toBe(1)
  })

  test('is not sent where nothing was offered, and holds what was offered since the one before', async () => {
    const { live, feed, connect, offer } = newFeed()
    connect('ann')
    expect(feed.isEmpty).toBe(true)
    await feed.send()
    await offer(sale('lamp'))
    expect(feed.isEmpty).toBe(false)
    const sending = feed.send()
    expect(feed.isEmpty).toBe(true)
    await offer(sale('cup'))
    await sending
    await feed.send()
    await feed.send()
    const frames = live.frames.get('ann')!
    expect(frames.map(stocks)).toEqual([[['s', 'lamp', -1]], [['s', 'cup', -1]]])
  })
})

describe('a viewer', () => {
  test('hears of their own stores alone, and of no sum over others', async () => {
    const { live, feed, connect, offer } = newFeed()
    connect('all')
    connect('manager', { stores: ['s1', 's3'] })
    connect('nothing', { stores: [] })
    await offer(sale('lamp', { storeId: 's1' }), sale('lamp', { storeId: 's2' }), sale('cup', { storeId: 's3' }))
    await feed.send()
    expect(stocks(live.frames.get('all')![0]).length).toBe(3)
    const [frame] = live.frames.get('manager')!
    expect(stocks(frame)).toEqual([
      ['s1', 'lamp', -1],
      ['s3', 'cup', -1],
    ])
    expect(ofTopic(frame, 'kpi')).toEqual([])
    expect(ofTopic(frame, 'alert').map(({ data }) => data.storeId)).toEqual(['s1', 's3'])
    expect(ofTopic(frame, 'transaction').map(({ data }) => data.storeId)).toEqual(['s1', 's3'])
    expect(live.frames.get('nothing')![0]!.messages).toEqual([])
  })

  test('hears of their own merchant alone', async () => {
    const { live, feed, connect, offer } = newFeed()
    connect('ann')
    connect('ben', { merchantId: 'm2' })
    connect('cleo', { merchantId: 'm3' })
    await offer(sale('lamp'), sale('cup', { merchantId: 'm2' }))
    await feed.send()
    expect(stocks(live.frames.get('ann')![0])).toEqual([['s', 'lamp', -1]])
    expect(stocks(live.frames.get('ben')![0])).toEqual([['s', 'cup', -1]])
    expect(ofTopic(live.frames.get('ben')![0], 'kpi')[0]!.data.counts.units.value).toBe(1)
    expect(live.frames.get('cleo')).toBeUndefined()
  })

  test('who reads slowly is left out until they have caught up, and is then told that something was missed', async () => {
    const { live, feed, connect, offer } = newFeed()
    connect('ann')
    connect('slow')
    live.backlogs.set('slow', SLOW)
    await offer(sale('lamp'))
    await feed.send()
    await offer(viewed())
    await feed.send()
    expect(live.frames.get('slow')).toBeUndefined()
    live.backlogs.delete('slow')
    await offer(sale('cup'))
    await feed.send()
    await offer(sale('cup'))
    await feed.send()
    // Stock, alert and transaction of the lamp.
    expect(live.frames.get('slow')!.map(({ skipped }) => skipped)).toEqual([3, 0])
    expect(live.frames.get('slow')!.map(stocks)).toEqual([[['s', 'cup', -1]], [['s', 'cup', -2]]])
    expect(live.frames.get('ann')!.map(({ skipped }) => skipped)).toEqual([0, 0, 0, 0])
  })

  test('who is gone is forgotten, and nobody else', async () => {
    const { live, feed, connect, offer, connections } = newFeed()
    for (const id of ['ann', 'ben', 'cleo']) connect(id)
    live.gone.add('ben')
    await offer(sale('lamp'))
    await feed.send()
    expect(await connections()).toBe(2)
    await offer(sale('lamp'))
    await feed.send()
    expect([live.frames.get('ann')!.length, live.frames.get('cleo')!.length]).toEqual([2, 2])
  })
})
