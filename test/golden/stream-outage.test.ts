/** A webhook's answer while the stream or the table is away, on the log of AWS over models of both: 5xx, and never a lie. */
import { expect, test } from 'vitest'
import { DynamoStateStore } from '#adapters/aws/dynamo-state-store.ts'
import { KinesisEventLog } from '#adapters/aws/kinesis-event-log.ts'
import type { StateStore } from '#core/ports.ts'
import { handler as manage } from '#functions/manage-integrations/handler.ts'
import { handler as receive } from '#functions/receive-webhook/handler.ts'
import { deliveriesOf } from '#runtime/delivery-log.ts'
import { CountingIdSource } from '#test/fakes/counting-id-source.ts'
import { type Call, DynamoModel } from '#test/fakes/dynamo-model.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { KinesisModel, type Trouble } from '#test/fakes/kinesis-model.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import { MemoryDynamoStateStore } from '#test/fakes/memory-state-store.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'

const SHARDS = 2
const MINUTE_MS = 60_000
/** More than anybody tries. */
const FOR_LONG = 60

async function newShop(state: StateStore = new MemoryDynamoStateStore()) {
  const kinesis = new KinesisModel()
  const clock = new FixedClock('2026-03-02T10:00:00.000Z')
  const objects = new MemoryObjectStore()
  const log = new KinesisEventLog({
    client: kinesis.client,
    streamName: 's',
    shards: SHARDS,
    state,
    objects,
    clock,
    ids: new CountingIdSource(),
    sleep: async () => {},
  })
  const ports = portsInTest({ state, objects, log, clock })
  const made = await ask(manage, ports, 'POST /integrations', {
    viewer: ownerOf('demo'),
    body: { source: 'generic', proof: 'token' },
  })
  const { id, secret } = made.body
  const order = (orderId: string) => ({
    eventType: 'ORDER_PLACED',
    productId: 'LAMP',
    price: 9,
    currency: 'INR',
    orderId,
  })
  return {
    kinesis,
    deliver: (orderId: string) =>
      ask(receive, ports, 'POST /integrations/{marketplace}/webhook/{connectionId}', {
        params: { marketplace: 'generic', connectionId: id },
        headers: { 'x-webhook-token': secret },
        body: JSON.stringify(order(orderId)),
      }),
    answersInLog: async () => (await deliveriesOf(ports, id)).items.map(({ status }) => status),
    /** What the sweeper does some minutes later. */
    sweep: async () => {
      clock.set(clock.now() + 3 * MINUTE_MS)
      await log.resendPending()
    },
    /** Ids of the orders' events in the stream, each once. */
    inStream: async () => {
      const records = await Promise.all(Array.from({ length: SHARDS }, (_, shard) => log.read(shard, undefined, 1_000)))
      const events = records.flat().map(({ bytes }) => JSON.parse(new TextDecoder().decode(bytes)))
      return new Set<string>(events.filter(({ type }) => type === 'sale.recorded').map((event) => event.id))
    },
  }
}

test.each<[Trouble, RegExp]>([
  ['busy', /nothing was taken/],
  ['away', /nobody knows whether it was taken/],
])('a stream that is %s: 503, when to come again, and the order is booked once', async (trouble, said) => {
  const { kinesis, deliver, inStream, sweep, answersInLog } = await newShop()
  kinesis.troubles.push(...Array.from({ length: FOR_LONG }, () => trouble))
  const refused = await deliver('O-1')
  expect(refused.status).toBe(503)
  expect(refused.body.title).toMatch(said)
  expect(Number(refused.reply.headers!['retry-after'])).toBeGreaterThan(0)
  expect(await inStream()).toEqual(new Set())
  kinesis.troubles.length = 0
  const taken = await deliver('O-1')
  await sweep()
  expect([200, 202]).toContain(taken.status)
  expect(await inStream()).toEqual(new Set(taken.body.eventIds))
  expect(await answersInLog()).toEqual([taken.status, 503])
})

test('whatever the stream does between, what was answered as taken is there, and nothing is there twice', async () => {
  const { kinesis, deliver, inStream, sweep } = await newShop()
  const troubles: readonly (readonly Trouble[])[] = [
    [],
    ['busy'],
    Array.from({ length: FOR_LONG }, () => 'busy'),
    ['silent'],
    ['away', 'busy'],
    Array.from({ length: FOR_LONG }, () => 'away'),
    [{ failing: [0] }],
  ]
  const promised = new Set<string>()
  const refused = new Set<string>()
  for (let n = 0; n < 4 * troubles.length; n++) {
    kinesis.troubles.splice(0, Number.POSITIVE_INFINITY, ...troubles[n % troubles.length]!)
    const { status, body } = await deliver(`O-${n}`)
    if (status === 503) refused.add(`O-${n}`)
    else for (const id of body.eventIds as string[]) promised.add(id)
  }
  expect(refused.size).toBe(8)
  expect(promised.size).toBe(20)
  kinesis.troubles.length = 0
  for (const orderId of refused) for (const id of (await deliver(orderId)).body.eventIds as string[]) promised.add(id)
  await sweep()
  expect(promised.size).toBe(28)
  expect(await inStream()).toEqual(promised)
})

const NOT_WRITING: readonly Call[] = ['GetItem', 'BatchGetItem', 'Query']

test.each(['throttle', 'internal', 'silence', 'lost-answer', 'conflict'] as const)(
  'a table that answers %s, from any call on: the function fails, and what is sent again is booked once',
  async (is) => {
    const newTable = async () => {
      const model = new DynamoModel()
      const patience = { attempts: 2, wait: async () => {}, random: () => 0 }
      return { model, ...(await newShop(new DynamoStateStore({ client: model, tableName: 't', patience }))) }
    }
    const mayMeet = (call: Call) => is !== 'conflict' || !NOT_WRITING.includes(call)
    const calm = await newTable()
    let calls = 0
    calm.model.before = (call) => void (calls += Number(mayMeet(call)))
    await calm.deliver('O-1')
    expect(calls).toBeGreaterThan(3)
    for (let n = 0; n < calls; n++) {
      const { model, deliver, sweep, inStream } = await newTable()
      let passed = 0
      model.before = (call) => {
        if (mayMeet(call) && passed++ >= n) model.willMeet(call, { is })
      }
      // API Gateway makes a 500 of it.
      await expect(deliver('O-1')).rejects.toThrow()
      model.before = () => {}
      const taken = await deliver('O-1')
      await sweep()
      expect([200, 202]).toContain(taken.status)
      expect(taken.body.eventIds.length).toBe(1)
      expect(await inStream()).toEqual(new Set(taken.body.eventIds))
    }
  },
)
