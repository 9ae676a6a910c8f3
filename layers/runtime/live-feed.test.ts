import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { LocalIdentity } from '#adapters/embedded/local-identity.ts'
import { mayHear } from '#core/access/may-hear.ts'
import { ROLES } from '#core/access/rights.ts'
import { USERS, type User, userKey } from '#core/access/user.ts'
import {
  type LiveFrame,
  type LiveMessage,
  type ServerMessage,
  type Subscription,
  serverMessage,
  TOPICS,
  type Topic,
} from '#core/api/live.ts'
import type { LiveChannel, StateStore, Viewer } from '#core/ports.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { CountingIdSource } from '#test/fakes/counting-id-source.ts'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { MemorySecrets } from '#test/fakes/memory-secrets.ts'
import { CONNECTION_TABLE, connectionKey, type LiveConnection } from './live-connections.ts'
import { LiveFeed } from './live-feed.ts'
import { addMerchant, MERCHANTS } from './merchants.ts'

const AT = '2026-03-02T10:00:00.000Z'
const SLOW = 1 << 20

/** A channel that remembers what it was given. */
class RememberingChannel implements LiveChannel {
  readonly heard = new Map<string, ServerMessage[]>()
  readonly backlogs = new Map<string, number>()
  readonly gone = new Set<string>()

  async send(connectionId: string, text: string): Promise<boolean> {
    if (this.gone.has(connectionId)) return false
    const message = serverMessage.parse(JSON.parse(text))
    this.heard.set(connectionId, [...(this.heard.get(connectionId) ?? []), message])
    return true
  }

  async close(connectionId: string): Promise<void> {
    this.gone.add(connectionId)
  }

  backlog(connectionId: string): number {
    return this.backlogs.get(connectionId) ?? 0
  }

  framesOf(connectionId: string): LiveFrame[] {
    const isFrame = (message: ServerMessage): message is LiveFrame =>
      message.type === 'snapshot' || message.type === 'changes'
    return (this.heard.get(connectionId) ?? []).filter(isFrame)
  }
}

function newFeed({ state: wrapped = (store: StateStore): StateStore => store } = {}) {
  const engine = new EngineInTest()
  const live = new RememberingChannel()
  const clock = new FixedClock(AT)
  const state = wrapped(engine.store)
  const identity = new LocalIdentity(state, new MemorySecrets(), clock)
  const ports = { state, log: new MemoryEventLog(1), live, identity, clock, ids: new CountingIdSource() }
  const feed = new LiveFeed(ports, { seesAllShards: true })
  let told = 0
  let asks = 0
  const rowOf = (connectionId: string, merchantId: string) => ({
    table: CONNECTION_TABLE,
    key: connectionKey(merchantId, connectionId),
  })
  return {
    engine,
    live,
    feed,
    clock,
    identity,
    connect: (connectionId: string, more: Partial<Viewer> = {}) => {
      const viewer: Viewer = { merchantId: 'm', subject: connectionId, role: 'owner', ...more }
      engine.store.commit([{ ...rowOf(connectionId, viewer.merchantId), row: { viewer, connectedAt: clock.now() } }])
      feed.turnTo(viewer.merchantId)
    },
    subscribe: async (connectionId: string, asked: Subscription = {}, merchantId = 'm') => {
      const place = rowOf(connectionId, merchantId)
      const row = (await engine.store.get(place.table, place.key)) as LiveConnection
      engine.store.commit([{ ...place, row: { ...row, asked: { ...asked, id: `ask ${asks++}` } } }])
      feed.turnTo(merchantId)
    },
    leave: (connectionId: string, merchantId = 'm') => {
      engine.store.commit([{ ...rowOf(connectionId, merchantId), row: undefined }])
      feed.turnTo(merchantId)
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

const viewedAndSold = (i: number): Happening => sale(`product ${i % 50}`)

const ofTopic = <T extends LiveMessage['topic']>(frame: LiveFrame | undefined, topic: T) =>
  (frame?.messages ?? []).filter((message): message is Extract<LiveMessage, { topic: T }> => message.topic === topic)
const topicsOf = (frame: LiveFrame | undefined) => frame?.messages.map(({ topic }) => topic)
const stocks = (frame: LiveFrame | undefined) =>
  ofTopic(frame, 'stock').map(({ data }) => [data.storeId, data.productId, data.onHand])

describe('a frame', () => {
  test('says what has changed, with the figures of the whole', async () => {
    const { live, feed, connect, offer } = newFeed()
    connect('ann')
    await offer({ type: 'product.listed', at: AT, data: { productId: 'lamp', title: 'Lamp' } })
    await offer({ type: 'store.listed', at: AT, data: { name: 'High Street' } }, sale('lamp'))
    await feed.send()
    const [frame, ...others] = live.framesOf('ann')
    expect(others).toEqual([])
    expect(frame).toMatchObject({ type: 'changes', asOf: AT, lagMs: 0, reset: false })
    expect(topicsOf(frame)).toEqual(['kpi', 'mode', 'lag', 'stock', 'transaction', 'alert'])
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
    const [frame] = live.framesOf('ann')
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
    expect(stocks(live.framesOf('ann')[0])).toEqual([
      ['a/b', 'c', -1],
      ['a', 'b/c', -2],
    ])
  })

  test('holds 150 messages; what is more comes in the next ones, in order', async () => {
    const { live, feed, connect, offer } = newFeed()
    connect('ann')
    const products = Array.from({ length: 230 }, (_, i) => `product ${i}`)
    await offer(...products.map((product) => sale(product)))
    await feed.send()
    const frames = live.framesOf('ann')
    expect(frames.map(({ messages }) => messages.length)).toEqual([153, 150, 150, 150, 90])
    expect(frames.flatMap(stocks).map(([, product]) => product)).toEqual(products)
    expect(frames.flatMap((frame) => ofTopic(frame, 'transaction')).map(({ data }) => data.productId)).toEqual(products)
    expect(frames.map(({ sequence }) => Number(sequence.split('.')[1]))).toEqual([150, 300, 450, 600, 690])
  })

  test('has 120 kB at most; what is longer goes on at once, and nobody resumes in the middle of it', async () => {
    const { live, feed, connect, subscribe, offer } = newFeed()
    await offer(...Array.from({ length: 300 }, (_, i) => sale(`product ${i}`)))
    await feed.send()
    connect('ann')
    await subscribe('ann')
    await feed.send()
    const parts = live.framesOf('ann')
    expect(parts.map(({ type, reset }) => [type, reset])).toEqual([
      ['snapshot', false],
      ...parts.slice(1).map(() => ['changes', false]),
    ])
    expect(parts.length).toBeGreaterThan(2)
    for (const part of parts) expect(JSON.stringify(part).length).toBeLessThan(121_000)
    expect(parts.flatMap(({ messages }) => messages).filter(({ topic }) => topic === 'alert')).toHaveLength(300)
    const resumed: unknown[] = []
    for (const { sequence } of [parts.at(-1)!, parts[0]!]) {
      await subscribe('ann', { resume: sequence })
      await feed.send()
      resumed.push(
        live.heard
          .get('ann')!
          .filter(({ type }) => type === 'subscribed')
          .at(-1),
      )
    }
    expect(resumed).toMatchObject([{ resumed: true }, { resumed: false }])
    expect(live.framesOf('ann').at(-parts.length)).toMatchObject({ type: 'snapshot', reset: true })
  })

  test('of more than others should wait for, the rest comes with the next sending', async () => {
    const { live, feed, connect, offer } = newFeed()
    connect('ann')
    await offer(...Array.from({ length: 2_100 }, (_, i) => viewedAndSold(i)))
    await feed.send()
    expect(live.framesOf('ann')).toHaveLength(10)
    expect(feed.isEmpty).toBe(false)
    while (!feed.isEmpty) await feed.send()
    const told = live.framesOf('ann').flatMap((frame) => ofTopic(frame, 'transaction'))
    expect(told).toHaveLength(2_100)
    expect(new Set(told.map(({ data }) => data.id)).size).toBe(2_100)
  })

  test('tells an open alert again when its stock moves: it says how much is left', async () => {
    const { feed, live, connect, offer } = newFeed()
    connect('screen')
    const alertsOf = (n: number) => ofTopic(live.framesOf('screen')[n], 'alert').map(({ data }) => data)
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
    const [frame] = live.framesOf('ann')
    expect(topicsOf(frame)).toEqual(['kpi', 'mode', 'lag'])
    expect(ofTopic(frame, 'kpi')[0]!.data.counts.views.value).toBe(1)
  })

  test('is not sent where nothing was offered, and holds what was offered since the one before', async () => {
    const { live, feed, connect, offer } = newFeed()
    connect('ann')
    await feed.send()
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
    const frames = live.framesOf('ann')
    expect(frames.map(stocks)).toEqual([[], [['s', 'lamp', -1]], [['s', 'cup', -1]]])
  })
})

describe('a viewer', () => {
  test('hears of their own stores alone, and sums over them', async () => {
    const { live, feed, connect, offer } = newFeed()
    connect('all')
    connect('manager', { stores: ['s1', 's3'] })
    connect('nothing', { stores: [] })
    await offer(sale('lamp', { storeId: 's1' }), sale('lamp', { storeId: 's2' }), sale('cup', { storeId: 's3' }))
    await feed.send()
    expect(stocks(live.framesOf('all')[0]).length).toBe(3)
    const [frame] = live.framesOf('manager')
    expect(stocks(frame)).toEqual([
      ['s1', 'lamp', -1],
      ['s3', 'cup', -1],
    ])
    expect(ofTopic(frame, 'kpi').map(({ data }) => data.counts.units.value)).toEqual([2])
    expect(ofTopic(frame, 'alert').map(({ data }) => data.storeId)).toEqual(['s1', 's3'])
    expect(ofTopic(frame, 'transaction').map(({ data }) => data.storeId)).toEqual(['s1', 's3'])
    const [none] = live.framesOf('nothing')
    expect(topicsOf(none)).toEqual(['kpi', 'mode', 'lag'])
    expect(ofTopic(none, 'kpi')[0]!.data.counts.units.value).toBe(0)
  })

  test('hears of their own merchant alone', async () => {
    const { live, feed, connect, offer } = newFeed()
    connect('ann')
    connect('ben', { merchantId: 'm2' })
    connect('cleo', { merchantId: 'm3' })
    await offer(sale('lamp'), sale('cup', { merchantId: 'm2' }))
    await feed.send()
    expect(stocks(live.framesOf('ann')[0])).toEqual([['s', 'lamp', -1]])
    expect(stocks(live.framesOf('ben')[0])).toEqual([['s', 'cup', -1]])
    expect(ofTopic(live.framesOf('ben')[0], 'kpi')[0]!.data.counts.units.value).toBe(1)
    expect(live.framesOf('cleo').flatMap(stocks)).toEqual([])
  })

  test('with one store hears its sums, once a second at most', async () => {
    const { live, feed, clock, connect, offer } = newFeed()
    connect('manager', { stores: ['s1'] })
    await feed.send()
    await offer(sale('lamp', { storeId: 's1' }), sale('lamp', { storeId: 's2' }))
    await feed.send()
    const kpis = () => live.framesOf('manager').flatMap((frame) => ofTopic(frame, 'kpi'))
    expect(kpis().map(({ data }) => [data.scope, data.counts.orders.value])).toEqual([[{ by: 'store', key: 's1' }, 1]])
    // Figures of some stores are read once a second at most.
    await offer(sale('cup', { storeId: 's1' }))
    await feed.send()
    expect(kpis()).toHaveLength(1)
    clock.advance(1_000)
    feed.turnToAll()
    await feed.send()
    expect(kpis().at(-1)!.data.counts.orders.value).toBe(2)
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
    expect([live.framesOf('ann').length, live.framesOf('cleo').length]).toEqual([2, 2])
  })
})

const heardOf = (frames: readonly LiveFrame[]) =>
  frames.flatMap((frame) => ofTopic(frame, 'transaction')).map(({ data }) => data.productId)

describe('who reads slowly', () => {
  test('is left alone until they have caught up, and then hears the newest of each subject and every transaction', async () => {
    const { live, feed, connect, offer } = newFeed()
    connect('ann')
    connect('slow')
    await feed.send()
    live.backlogs.set('slow', SLOW)
    for (let i = 0; i < 20; i++) {
      await offer(sale('lamp'), sale(i % 2 === 0 ? 'cup' : 'pen'))
      await feed.send()
    }
    expect(live.framesOf('slow')).toHaveLength(1)
    expect(feed.isEmpty).toBe(false) // it is looked at again though nothing happens
    live.backlogs.delete('slow')
    await feed.send()
    const [, frame, ...others] = live.framesOf('slow')
    expect(others).toEqual([])
    expect(stocks(frame)).toEqual([
      ['s', 'cup', -10],
      ['s', 'lamp', -20],
      ['s', 'pen', -10],
    ])
    expect(ofTopic(frame, 'transaction')).toHaveLength(40)
    expect(ofTopic(frame, 'kpi').map(({ data }) => data.counts.units.value)).toEqual([40])
    expect(frame!.sequence).toBe(live.framesOf('ann').at(-1)!.sequence)
    expect(feed.isEmpty).toBe(true)
  })

  test('for longer than changes are kept begins anew with a snapshot, and is told so', async () => {
    const { live, feed, clock, connect, offer } = newFeed()
    connect('slow')
    await feed.send()
    live.backlogs.set('slow', SLOW)
    await offer(sale('lamp'))
    await feed.send()
    clock.advance(5 * 60_000)
    feed.turnToAll()
    await feed.send()
    live.backlogs.delete('slow')
    await feed.send()
    const frame = live.framesOf('slow').at(-1)
    expect(frame).toMatchObject({ type: 'snapshot', reset: true })
    expect(stocks(frame)).toEqual([['s', 'lamp', -1]])
    expect(ofTopic(frame, 'transaction')).toHaveLength(1)
  })
})

describe('many', () => {
  const MANY = 50

  test('are told at once, so many at a time', async () => {
    const { live, feed, connect, offer } = newFeed()
    for (let n = 0; n < MANY; n++) connect(`c${n}`)
    await feed.send()
    let [now, most] = [0, 0]
    const send = live.send.bind(live)
    vi.spyOn(live, 'send').mockImplementation(async (...told) => {
      most = Math.max(most, ++now)
      await new Promise((done) => setTimeout(done, 1))
      now--
      return send(...told)
    })
    await offer(sale('lamp'))
    await feed.send()
    expect(most).toBe(20)
    for (let n = 0; n < MANY; n++) expect(stocks(live.framesOf(`c${n}`).at(-1))).toEqual([['s', 'lamp', -1]])
  })

  test('hear no less where one cannot be told, who is told everything the next time', async () => {
    const { live, feed, connect, offer } = newFeed()
    for (let n = 0; n < MANY; n++) connect(`c${n}`)
    await feed.send()
    const send = live.send.bind(live)
    const failing = vi.spyOn(live, 'send').mockImplementation(async (id, text) => {
      if (id === 'c3') throw new Error('nobody knows why')
      return send(id, text)
    })
    await offer(sale('lamp'))
    await expect(feed.send()).rejects.toThrow('nobody knows why')
    failing.mockRestore()
    await offer(sale('vase'))
    await feed.send()
    for (let n = 0; n < MANY; n++) {
      if (n === 3) continue
      expect(live.framesOf(`c${n}`).slice(1).map(stocks)).toEqual([[['s', 'lamp', -1]], [['s', 'vase', -1]]])
    }
    const [, missed, ...others] = live.framesOf('c3')
    expect(missed).toMatchObject({ type: 'snapshot', reset: true })
    expect(ofTopic(missed, 'transaction').map(({ data }) => data.productId)).toEqual(['vase', 'lamp'])
    expect(others).toEqual([])
  })
})

describe('a subscription', () => {
  test('is answered, and begins with how things are: then come changes', async () => {
    const { live, feed, connect, subscribe, offer } = newFeed()
    await offer(
      { type: 'product.listed', at: AT, data: { productId: 'lamp', title: 'Lamp' } },
      sale('lamp'),
      sale('cup'),
    )
    connect('ann')
    await subscribe('ann')
    await feed.send()
    await offer(sale('lamp'))
    await feed.send()
    const [first, ...frames] = live.heard.get('ann')!
    expect(first).toEqual({ type: 'subscribed', topics: TOPICS, stores: null, resumed: false })
    const [snapshot, changes, ...others] = frames as LiveFrame[]
    expect(others).toEqual([])
    expect(snapshot).toMatchObject({ type: 'snapshot', reset: false })
    expect(topicsOf(snapshot)).toEqual([
      ...['kpi', 'mode', 'lag'],
      ...['alert', 'alert', 'stock', 'stock', 'transaction', 'transaction'],
    ])
    expect(ofTopic(snapshot, 'kpi')[0]!.data.counts.units.value).toBe(2)
    expect(ofTopic(snapshot, 'stock').map(({ data, occurredAt }) => [data.title, data.onHand, occurredAt])).toEqual([
      [null, -1, null],
      ['Lamp', -1, null],
    ])
    expect(ofTopic(snapshot, 'alert').map(({ data }) => data.kind)).toEqual(['OVERSOLD', 'OVERSOLD'])
    expect(changes).toMatchObject({ type: 'changes', reset: false })
    expect(topicsOf(changes)).toEqual(['kpi', 'stock', 'transaction', 'alert'])
  })

  test.each<[Subscription, Topic[]]>([
    [{ topics: ['alert'] }, ['alert', 'alert']],
    [{ topics: ['lag', 'mode', 'lag'] }, ['mode', 'lag']],
    [{ topics: ['kpi'] }, ['kpi']],
    [{ topics: ['transaction'], stores: ['s2'] }, ['transaction']],
    [{ topics: ['stock', 'kpi'], stores: ['s2'] }, ['kpi', 'stock']],
    [{ topics: ['stock', 'kpi'], stores: ['nothing-there'] }, ['kpi']],
  ])('to %j hears of just that', async (asked, topics) => {
    const { live, feed, connect, subscribe, offer } = newFeed()
    connect('ann')
    await subscribe('ann', asked)
    await offer(sale('lamp', { storeId: 's1' }), sale('cup', { storeId: 's2' }))
    await feed.send()
    expect(topicsOf(live.framesOf('ann')[0])).toEqual(topics)
  })

  test('is changed by another one, which begins with a snapshot of its own', async () => {
    const { live, feed, connect, subscribe, offer } = newFeed()
    connect('ann')
    await offer(sale('lamp'))
    await subscribe('ann', { topics: ['alert'] })
    await feed.send()
    await subscribe('ann', { topics: ['stock'] })
    await feed.send()
    await offer(sale('lamp'))
    await feed.send()
    expect(live.framesOf('ann').map(topicsOf)).toEqual([['alert'], ['stock'], ['stock']])
    expect(live.framesOf('ann').map(({ type }) => type)).toEqual(['snapshot', 'snapshot', 'changes'])
  })

  test('holds no transaction in its snapshot that comes as a change after it', async () => {
    let happens: (() => Promise<void>) | undefined
    // Something is sold just while the snapshot's rows are read.
    const { live, feed, connect, subscribe, offer } = newFeed({
      state: (store) =>
        Object.assign(Object.create(store) as StateStore, {
          query: async (query: Parameters<StateStore['query']>[0]) => {
            if (query.table === 'transactions') await happens?.()
            return store.query(query)
          },
        }),
    })
    await offer(sale('lamp'))
    connect('ann')
    await subscribe('ann', { topics: ['transaction'] })
    happens = async () => {
      happens = undefined
      await offer(sale('cup'))
    }
    await feed.send()
    expect(heardOf(live.framesOf('ann'))).toEqual(['lamp'])
    await feed.send()
    expect(heardOf(live.framesOf('ann'))).toEqual(['lamp', 'cup'])
  })

  test('whose snapshot could not be read is answered the next time', async () => {
    let isDown = true
    const { live, feed, connect, subscribe, offer } = newFeed({
      state: (store) =>
        Object.assign(Object.create(store) as StateStore, {
          query: async (query: Parameters<StateStore['query']>[0]) => {
            if (isDown && query.table === 'transactions') throw new Error('the store is gone')
            return store.query(query)
          },
        }),
    })
    connect('ann')
    await offer(sale('lamp'))
    await subscribe('ann', { topics: ['transaction'] })
    await expect(feed.send()).rejects.toThrow('the store is gone')
    expect(live.heard.get('ann')).toBeUndefined()
    isDown = false
    feed.turnToAll()
    await feed.send()
    expect(live.heard.get('ann')!.map(({ type }) => type)).toEqual(['subscribed', 'snapshot'])
    expect(heardOf(live.framesOf('ann'))).toEqual(['lamp'])
  })

  test('of the mode and the lag hears when they are others, though nothing happens', async () => {
    const { live, feed, connect, subscribe } = newFeed()
    connect('ann')
    await subscribe('ann', { topics: ['mode', 'lag'] })
    await feed.send()
    feed.turnToAll()
    await feed.send()
    expect(live.framesOf('ann').map(topicsOf)).toEqual([['mode', 'lag']])
    expect(ofTopic(live.framesOf('ann')[0], 'mode')[0]!.data).toEqual({ mode: 'live' })
  })
})

describe('after a break', () => {
  /** Hears the first sale, then breaks off. */
  async function brokenOff() {
    const all = newFeed()
    all.connect('ann')
    all.connect('cut')
    await all.feed.send()
    await all.offer(sale('first'))
    await all.feed.send()
    all.leave('cut')
    const { sequence } = all.live.framesOf('cut').at(-1)!
    return { ...all, sequence }
  }

  test('everything since is heard: the newest of each subject, each transaction once, and nothing twice', async () => {
    const { live, feed, connect, subscribe, offer, sequence } = await brokenOff()
    await offer(sale('lamp'), sale('first'))
    await feed.send()
    await offer(sale('lamp'))
    await feed.send()
    connect('back')
    await subscribe('back', { resume: sequence })
    await feed.send()
    expect(live.heard.get('back')![0]).toMatchObject({ type: 'subscribed', resumed: true })
    const [frame, ...others] = live.framesOf('back')
    expect(others).toEqual([])
    expect(frame).toMatchObject({ type: 'changes', reset: false })
    expect(stocks(frame)).toEqual([
      ['s', 'first', -2],
      ['s', 'lamp', -2],
    ])
    expect(heardOf([frame!])).toEqual(['lamp', 'first', 'lamp'])
    expect(ofTopic(frame, 'kpi')[0]!.data.counts.units.value).toBe(4)
    expect(frame!.sequence).toBe(live.framesOf('ann').at(-1)!.sequence)
  })

  test('with nothing since, nothing is told again but how things stand', async () => {
    const { live, feed, connect, subscribe, sequence } = await brokenOff()
    connect('back')
    await subscribe('back', { resume: sequence })
    await feed.send()
    expect(live.framesOf('back').map(topicsOf)).toEqual([['kpi', 'mode', 'lag']])
  })

  test('while nobody listens, changes are kept all the same, for five minutes', async () => {
    const { live, feed, clock, connect, subscribe, leave, offer, sequence } = await brokenOff()
    leave('ann')
    await feed.send()
    await offer(sale('alone'))
    await feed.send()
    clock.advance(4.9 * 60_000)
    feed.turnToAll()
    await feed.send()
    connect('back')
    await subscribe('back', { resume: sequence })
    await feed.send()
    expect(heardOf(live.framesOf('back'))).toEqual(['alone'])
  })

  test.each<[string, (given: Awaited<ReturnType<typeof brokenOff>>) => Promise<string>]>([
    [
      'that was longer than changes are kept',
      async ({ clock, feed, offer, sequence }) => {
        await offer(sale('lamp'))
        await feed.send()
        clock.advance(5 * 60_000)
        return sequence
      },
    ],
    [
      'in which everybody was away for so long',
      async ({ clock, feed, leave, sequence }) => {
        leave('ann')
        await feed.send()
        clock.advance(5 * 60_000 + 1)
        feed.turnToAll()
        await feed.send()
        return sequence
      },
    ],
    ['with a sequence of another engine', async ({ sequence }) => sequence.replace(/.*\./, 'another.')],
    ['with one that is yet to come', async ({ sequence }) => sequence.replace(/\d+$/, '9999')],
  ])('%s it begins anew, and says so', async (_what, prepare) => {
    const given = await brokenOff()
    const resume = await prepare(given)
    given.connect('back')
    await given.subscribe('back', { resume })
    await given.feed.send()
    expect(given.live.heard.get('back')![0]).toMatchObject({ type: 'subscribed', resumed: false })
    const [frame] = given.live.framesOf('back')
    expect(frame).toMatchObject({ type: 'snapshot', reset: true })
    expect(heardOf([frame!])).toContain('first')
  })

  test.each<Partial<Subscription>>([{ topics: ['stock', 'transaction'] }, { stores: ['s'] }])(
    'of whoever asks for %j now, which is not what they heard, it begins anew',
    async (asked) => {
      const { live, connect, subscribe, feed, sequence } = await brokenOff()
      connect('back')
      await subscribe('back', { ...asked, resume: sequence })
      await feed.send()
      expect(live.heard.get('back')![0]).toMatchObject({ type: 'subscribed', resumed: false })
      expect(live.framesOf('back')).toMatchObject([{ type: 'snapshot', reset: true }])
    },
  )

  test('whoever was given a store meanwhile is told what there is in it', async () => {
    const { live, feed, connect, subscribe, leave, offer } = newFeed()
    connect('mia', { role: 'store-manager', stores: ['s1'] })
    await feed.send()
    await offer(sale('lamp', { storeId: 's2' }), sale('pen', { storeId: 's1' }))
    await feed.send()
    leave('mia')
    connect('back', { role: 'store-manager', stores: ['s1', 's2'] })
    await subscribe('back', { resume: live.framesOf('mia').at(-1)!.sequence })
    await feed.send()
    expect(heardOf(live.framesOf('back')).sort()).toEqual(['lamp', 'pen'])
  })

  test.each(['getMany', 'query'] as const)(
    'of the engine’s own, in which changes were lost (%s), everybody begins anew',
    async (what) => {
      let isDown = false
      const { live, feed, connect, offer } = newFeed({
        state: (store) =>
          Object.assign(Object.create(store) as StateStore, {
            [what]: async (asked: never) => {
              if (isDown) throw new Error('the store is gone')
              return store[what](asked)
            },
          }),
      })
      connect('ann')
      await feed.send()
      isDown = true
      await offer(sale('lamp'))
      await expect(feed.send()).rejects.toThrow('the store is gone')
      isDown = false
      feed.turnToAll()
      await feed.send()
      const frame = live.framesOf('ann').at(-1)
      expect(frame).toMatchObject({ type: 'snapshot', reset: true })
      expect(stocks(frame)).toEqual([['s', 'lamp', -1]])
    },
  )
})

describe('a viewer who is not who they were', () => {
  const account = (more: Partial<User> = {}): User => ({
    ...{ id: 'mia', merchantId: 'm', email: '', name: 'Mia', role: 'store-manager', stores: ['s1', 's2'] },
    ...{ status: 'active', createdAt: 0, version: 0, ...more },
  })
  const LOOK_AGAIN_MS = 30_000

  async function listening() {
    const made = newFeed()
    const { engine, identity, feed, live, clock, connect, offer } = made
    const change = (more: Partial<User>) =>
      engine.store.commit([{ table: USERS, key: userKey('m', 'mia'), row: account(more) }])
    change({})
    const session = await identity.openSession({ merchantId: 'm', subject: 'mia' }, 'x')
    connect('mia', (await identity.verify(session))!)
    connect('ann')
    await feed.send()
    /** What is sold in s2 some time later. */
    const soldAfter = async (ms: number) => {
      clock.advance(ms)
      await offer(sale('lamp', { storeId: 's2' }))
      await feed.send()
      return live.framesOf('mia').flatMap(stocks).length
    }
    return { ...made, change, soldAfter }
  }

  test.each<[string, Partial<User>]>([
    ['has another role', { role: 'integrator' }],
    ['lost a store', { stores: ['s1'] }],
    ['got one more', { stores: ['s1', 's2', 's3'] }],
    ['was let go', { status: 'removed' }],
  ])('%s: within half a minute the connection is closed, and hears no more', async (_what, more) => {
    const { change, soldAfter, live, connections } = await listening()
    expect(await soldAfter(1_000)).toBe(1)
    change(more)
    expect(await soldAfter(LOOK_AGAIN_MS - 1_001)).toBe(2)
    expect(await soldAfter(1)).toBe(2)
    expect([...live.gone]).toEqual(['mia'])
    expect(await connections()).toBe(1)
    expect(live.framesOf('ann').flatMap(stocks)).toHaveLength(3)
  })

  test('whose session ended is closed; nobody else is', async () => {
    const { identity, soldAfter, live } = await listening()
    expect(await soldAfter(LOOK_AGAIN_MS)).toBe(1)
    await identity.endSessions({ merchantId: 'm', subject: 'mia' })
    expect(await soldAfter(LOOK_AGAIN_MS)).toBe(1)
    expect([...live.gone]).toEqual(['mia'])
  })

  test('who cannot be looked at now hears no less for it, a moment later', async () => {
    const { identity, soldAfter, live } = await listening()
    const looking = vi.spyOn(identity, 'present').mockRejectedValueOnce(new Error('throttled'))
    await expect(soldAfter(LOOK_AGAIN_MS)).rejects.toThrow('throttled')
    await soldAfter(1)
    expect(looking.mock.calls.length).toBeGreaterThan(1)
    for (const who of ['mia', 'ann']) {
      expect(heardOf(live.framesOf(who))).toEqual(['lamp', 'lamp'])
      expect(live.framesOf(who).every(({ reset }) => !reset)).toBe(true)
    }
  })

  test('is looked at though nothing happens, and is closed where the merchant was removed', async () => {
    const { engine, feed, clock, live } = await listening()
    await addMerchant({ state: engine.store, clock }, { id: 'm', name: 'M' })
    engine.store.commit([
      { table: MERCHANTS, key: 'm', row: { ...(await engine.store.get(MERCHANTS, 'm')), status: 'removed' } },
    ])
    clock.advance(LOOK_AGAIN_MS)
    feed.turnToAll()
    await feed.send()
    expect([...live.gone].sort()).toEqual(['ann', 'mia'])
  })
})

test('whatever anybody asks for and whenever, no message is of a merchant, store or topic that is not theirs', async () => {
  const all = ['zs1q', 'zs2q', 'zs3q', 'zs4q']
  const someStores = fc.option(fc.subarray(all), { nil: undefined })
  const viewer = fc.record({
    merchantId: fc.constantFrom('m', 'm2'),
    role: fc.constantFrom(...ROLES),
    stores: someStores,
    token: fc.record({
      stores: fc.option(fc.subarray(all), { nil: undefined, freq: 1 }),
      scopes: fc.option(fc.subarray(['figures:read', 'catalogue:read'] as const), { nil: undefined }),
    }),
  })
  const asked = fc.record(
    { topics: fc.subarray([...TOPICS], { minLength: 1 }), stores: fc.subarray(all, { minLength: 1 }) },
    { requiredKeys: [] },
  )
  const selling = fc.record({ sells: fc.constantFrom(...all), of: fc.constantFrom('m', 'm2') })
  const step = fc.oneof(
    { arbitrary: selling, weight: 3 },
    fc.record({ slow: fc.boolean() }),
    fc.record({ asks: asked, resumes: fc.boolean() }),
    fc.record({ passes: fc.constantFrom(1_000, 29_999, 30_000) }),
    fc.record({ stores: someStores }),
  )
  await fc.assert(
    fc.asyncProperty(viewer, fc.array(step, { minLength: 3, maxLength: 20 }), async (theirs, steps) => {
      const { engine, live, feed, clock, identity, connect, subscribe, offer } = newFeed()
      const { merchantId, token: limits } = theirs
      /** The stores of their account, and until when they were. */
      const history: { stores: readonly string[]; untilMs: number }[] = []
      const change = (stores: readonly string[] | undefined) => {
        const user: User = {
          ...{ id: 'they', merchantId, email: '', name: 'They', role: theirs.role, status: 'active' },
          ...{ createdAt: 0, version: 0, ...(stores && { stores }) },
        }
        engine.store.commit([{ table: USERS, key: userKey(merchantId, 'they'), row: user }])
        if (history.length > 0) history.at(-1)!.untilMs = clock.now()
        const seen = (stores ?? all).filter((store) => limits.stores?.includes(store) ?? true)
        history.push({ stores: seen, untilMs: Number.POSITIVE_INFINITY })
      }
      /** What they may have heard of: a change counts within half a minute. */
      const allowed = () => history.filter(({ untilMs }) => untilMs > clock.now() - 30_000).flatMap((it) => it.stores)
      change(theirs.stores)
      const person = { merchantId, subject: 'they' }
      const asks = { label: 'x', ...(limits.scopes && { scopes: limits.scopes }) }
      const { token } = await identity.createToken(person, { ...asks, ...(limits.stores && { stores: limits.stores }) })
      let connections = 0
      const comeIn = async () => {
        const id = `they ${connections++}`
        connect(id, (await identity.verify(token))!)
        return id
      }
      let they = await comeIn()
      connect('ann')
      connect('ben', { merchantId: 'm2' })
      let last: Subscription = {}
      /** The amount of the n-th sale is 2 to the n: a sum says which sales are in it. */
      const sold: { store: string; of: string }[] = []
      const amounts = (of: readonly string[]) =>
        sold.reduce((sum, it, n) => sum + (it.of === merchantId && of.includes(it.store) ? 2 ** n : 0), 0)
      const check = async (connectionId: string, stores: readonly string[]) => {
        const viewerThen = (await identity.verify(token))!
        const frames = live.framesOf(connectionId).slice(heard)
        for (const message of frames.flatMap(({ messages }) => messages)) {
          const { topic, data } = message
          expect(mayHear(viewerThen, topic)).toBe(true)
          if (last.topics !== undefined) expect(last.topics).toContain(topic)
          if (topic === 'mode' || topic === 'lag') continue
          const among = stores.filter((store) => last.stores?.includes(store) ?? true)
          const named = JSON.stringify(message).match(/zs\dq|of m2?(?=")/g) ?? []
          expect(named.filter((name) => name !== `of ${merchantId}` && !among.includes(name))).toEqual([])
          if (topic === 'kpi') {
            if (data.scope.key !== undefined) expect(among).toContain(data.scope.key)
            const sum = BigInt(data.money.INR?.grossRevenue.value ?? 0)
            expect(sum & ~BigInt(amounts(among)), `${sum} of ${amounts(among)}`).toBe(0n)
            continue
          }
          expect(among).toContain(data.storeId)
          expect(data.productId).toBe(`of ${merchantId}`)
        }
        heard = live.framesOf(connectionId).length
      }
      let heard = 0
      for (const each of steps) {
        if ('sells' in each) {
          const amount = { orderId: `order ${sold.length}`, unitPriceMinor: 2 ** sold.length, currency: 'INR' }
          sold.push({ store: each.sells, of: each.of })
          const data = { productId: `of ${each.of}`, quantity: 1, ...amount }
          await offer(sale('', { storeId: each.sells, merchantId: each.of, data }))
        } else if ('slow' in each) live.backlogs.set(they, each.slow ? SLOW : 0)
        else if ('passes' in each) {
          clock.advance(each.passes)
          feed.turnToAll()
        } else if ('stores' in each) change(each.stores)
        else {
          const resume = each.resumes ? live.framesOf(they).at(-1)?.sequence : undefined
          const isSlow = (live.backlogs.get(they) ?? 0) > 0
          if (isSlow) continue // then it would hear by the former question or by the latter
          last = each.asks
          await subscribe(they, { ...last, ...(resume !== undefined && { resume }) }, merchantId)
        }
        await feed.send()
        await check(they, allowed())
        if (!live.gone.has(they)) continue
        they = await comeIn()
        last = {}
        heard = 0
      }
      // Whoever comes now hears of their present stores alone, and the sum over just those.
      clock.advance(1_000)
      const now = await comeIn()
      last = {}
      heard = 0
      await subscribe(now, {}, merchantId)
      await feed.send()
      const { stores } = history.at(-1)!
      const kpis = live.framesOf(now).flatMap((frame) => ofTopic(frame, 'kpi'))
      if (mayHear((await identity.verify(token))!, 'kpi'))
        expect(kpis.map(({ data }) => data.money.INR?.grossRevenue.value ?? 0)).toEqual([amounts(stores)])
      await check(now, stores)
    }),
    { numRuns: 150 },
  )
})
