/** Sockets as API Gateway holds them, over a model of it: they end by time without a word, and are throttled. */
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'
import { expect, test } from 'vitest'
import { ApiGatewayLiveChannel } from '#adapters/aws/api-gateway-live-channel.ts'
import { type LiveFrame, type ServerMessage, serverMessage, type Topic } from '#core/api/live.ts'
import type { Identity, Viewer } from '#core/ports.ts'
import { EVERY_KEY, partsOf } from '#core/row-key.ts'
import { CONNECTION_TABLE } from '#runtime/live-connections.ts'
import { LiveFeed } from '#runtime/live-feed.ts'
import { contextWith, type Ports } from '#runtime/ports.ts'
import { EngineInTest } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { portsInTest } from '#test/fakes/ports-in-test.ts'
import { WebSocketApiModel } from '#test/fakes/websocket-api-model.ts'
import { handler } from './handler.ts'

const MINUTE_MS = 60_000
const owner: Viewer = { merchantId: 'm', subject: 'ann', role: 'owner' }

function newShop() {
  const engine = new EngineInTest()
  const clock = new FixedClock('2026-03-02T10:00:00Z')
  const api = new WebSocketApiModel(
    () => clock.now(),
    (routeKey, connectionId, body) => {
      const requestContext = { routeKey, connectionId, authorizer: { viewer: JSON.stringify(owner) } }
      const event = { requestContext, body } as unknown as APIGatewayProxyWebsocketEventV2
      return handler(event, contextWith(ports, 'hold-connection'))
    },
  )
  const identity = { present: async (viewer: Viewer) => viewer } as unknown as Identity
  const live = new ApiGatewayLiveChannel({ client: api.client, sleep: async () => {} })
  const ports: Ports = portsInTest({ state: engine.store, clock, live, identity })
  const feed = new LiveFeed(ports, { seesAllShards: false })
  let told = 0
  return {
    api,
    clock,
    engine,
    join: async () => {
      const id = await api.connect()
      await api.say(id, '{"type":"subscribe","topics":["stock"]}')
      return id
    },
    /** So many lie there now, and the stream's consumer says so. */
    count: async (level: number) => {
      await engine.take({ type: 'stock.counted', at: clock.now(), data: { productId: 'lamp', level } })
      feed.offer({ live: engine.live.slice(told), merchants: new Set(['m']) })
      told = engine.live.length
      await feed.send()
    },
    /** How many lie there, as each message says that says it. */
    heardBy: (id: string) =>
      api
        .heardBy(id)
        .map((text): ServerMessage => serverMessage.parse(JSON.parse(text)))
        .flatMap((message) => ('messages' in message ? message.messages : []))
        .flatMap((message) => (message.topic === 'stock' ? [message.data.onHand] : [])),
    connected: async () =>
      (await engine.store.query({ table: CONNECTION_TABLE, range: EVERY_KEY })).map(({ key }) => partsOf(key)[1]),
  }
}

test('a socket that has ended after two hours is forgotten by the next news, which the others hear', async () => {
  const { api, clock, join, count, heardBy, connected } = newShop()
  const first = await join()
  for (let level = 1; level <= 23; level++) {
    clock.advance(5 * MINUTE_MS)
    await count(level)
  }
  expect(heardBy(first)).toEqual(Array.from({ length: 23 }, (_, i) => i + 1))
  const second = await join()
  clock.advance(5 * MINUTE_MS)
  expect([api.isOpen(first), await connected()]).toEqual([false, [first, second]])
  await count(24)
  expect(await connected()).toEqual([second])
  expect([heardBy(first), heardBy(second)]).toEqual([[], [23, 24]])
  const { posts } = api.calls
  await count(25)
  expect([api.calls.posts - posts, heardBy(second)]).toEqual([1, [25]])
})

test('one that sleeps through ten minutes is forgotten as well', async () => {
  const { clock, join, count, connected } = newShop()
  await join()
  clock.advance(10 * MINUTE_MS)
  await count(1)
  expect(await connected()).toEqual([])
})

test('one that is throttled for a while hears everything, once', async () => {
  const { api, join, count, heardBy, connected } = newShop()
  const [busy, other] = [await join(), await join()]
  api.throttle(busy, 3)
  await count(1)
  await count(2)
  expect([heardBy(busy), heardBy(other)]).toEqual([
    [1, 2],
    [1, 2],
  ])
  expect(await connected()).toEqual([busy, other])
})

test('one that stays throttled is closed and forgotten, and comes back to how things are', async () => {
  const { api, join, count, heardBy, connected } = newShop()
  const [busy, other] = [await join(), await join()]
  await count(1)
  expect(heardBy(busy)).toEqual([1])
  api.throttle(busy, 1_000)
  await count(2)
  expect([api.isOpen(busy), api.calls.deletes, await connected()]).toEqual([false, 1, [other]])
  await count(3)
  expect([heardBy(busy), heardBy(other)]).toEqual([[], [1, 2, 3]])
  const again = await join()
  expect(heardBy(again)).toEqual([3])
  await count(4)
  expect([heardBy(again), heardBy(other)]).toEqual([[4], [4]])
})

test('a shop with much to say says it in messages that API Gateway takes, and nothing is missing', async () => {
  const { api, engine, clock } = newShop()
  for (let n = 0; n < 600; n++)
    await engine.take({
      type: 'sale.recorded',
      at: clock.now(),
      data: { orderId: `o${n}`, productId: `p${n}`, quantity: 1, unitPriceMinor: 500, currency: 'INR' },
    })
  const id = await api.connect()
  await api.say(id, '{"type":"subscribe"}')
  const [subscribed, ...frames] = api.heardBy(id).map((text) => serverMessage.parse(JSON.parse(text)) as LiveFrame)
  expect(subscribed).toMatchObject({ type: 'subscribed' })
  expect(frames.map(({ type }) => type)).toEqual(['snapshot', 'changes', 'changes', 'changes', 'changes'])
  const messages = frames.flatMap((frame) => frame.messages)
  const count = (topic: Topic) => messages.filter((message) => message.topic === topic).length
  expect([count('alert'), count('stock'), count('transaction')]).toEqual([500, 200, 50])
  expect(new Set(frames.map(({ asOf }) => asOf)).size).toBe(1)
})
