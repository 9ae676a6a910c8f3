import type { KinesisStreamEvent } from 'aws-lambda'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { HELD_LINE } from '#core/held-line.ts'
import { packFrame } from '#core/record-frame.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { LAKE_NOTES_TABLE, type LakeNote } from '#runtime/lake-notes.ts'
import { CONNECTION_TABLE, connectionKey } from '#runtime/live-connections.ts'
import { contextWith, type Ports } from '#runtime/ports.ts'
import { retailEngine } from '#runtime/retail-engine.ts'
import { ENGINE_TABLES } from '#runtime/run-batch.ts'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { MemoryDynamoStateStore, MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const START = Date.parse('2026-03-02T10:00:00Z')
/** As Kinesis makes them: numbers far beyond what a number holds. */
const sequenceOf = (n: number): string => `4959033827149025660855969253836157109592157598913658${8000 + n}`

type Sent = { readonly sequence: string; readonly bytes: Uint8Array }
/** Of one logical shard, each record in a frame of its own. */
const batchOf = (shard: number, records: readonly Sent[]): KinesisStreamEvent =>
  framed(records.map(({ sequence, bytes }) => ({ sequence, partitionKey: String(shard), data: packFrame([bytes]) })))

type Framed = { readonly sequence: string; readonly partitionKey: string; readonly data: Uint8Array }
const framed = (records: readonly Framed[]): KinesisStreamEvent =>
  ({
    Records: records.map(({ sequence, partitionKey, data }) => ({
      eventID: `shardId-000000000001:${sequence}`,
      kinesis: { sequenceNumber: sequence, data: Buffer.from(data).toString('base64'), partitionKey },
    })),
  }) as unknown as KinesisStreamEvent

const deliver = (ports: Ports, shard: number, records: readonly Sent[]) =>
  handler(batchOf(shard, records), contextWith(ports, 'apply-events'))

/** A few minutes of a shop: every kind of trade, a repeat, and what cannot be applied. */
function someTrade(): Uint8Array[] {
  const inTest = new EngineInTest()
  const happenings: Happening[] = [
    { type: 'store.listed', at: START, data: { name: 'High Street', timeZone: 'Asia/Kolkata' } },
    { type: 'product.listed', at: START, data: { productId: 'p0', title: 'Lamp', category: 'light' } },
    { type: 'setting.changed', at: START, data: { name: 'lowStockWarningDays', value: 5, changedBy: 'owner' } },
  ]
  for (let i = 0; i < 60; i++) {
    const at = START + i * 20_000
    const productId = `p${i % 4}`
    const storeId = i % 3 === 0 ? 's2' : 's'
    const line = { orderId: `o${i % 20}`, productId, quantity: 1 + (i % 3), unitPriceMinor: 100 + i, currency: 'INR' }
    happenings.push({ type: 'sale.recorded', at, storeId, data: { ...line, customer: `c_${i % 7}` } })
    if (i % 5 === 0) happenings.push({ type: 'stock.received', at, storeId, data: { productId, quantity: 9 } })
    if (i % 7 === 0) happenings.push({ type: 'product.viewed', at, storeId, data: { productId } })
    if (i % 11 === 0)
      happenings.push({
        type: 'sale.refunded',
        at,
        storeId,
        data: { refundId: `r${i}`, orderId: `o${i % 20}`, productId, reason: 'defective' },
      })
    if (i % 13 === 0)
      happenings.push({ type: 'cart.changed', at, storeId, data: { productId, cartId: `cart ${i}`, quantity: 1 } })
    if (i % 17 === 0) happenings.push({ type: 'time.passed', at, merchantId: '-', storeId: '-' })
  }
  const bytes = happenings.map((happening) => inTest.bytesOf(happening))
  const poison = [
    Buffer.from('{'),
    inTest.bytesOf({ type: 'sale.refunded', at: START, data: { refundId: 'r', productId: 'p9', reason: 'other' } }),
  ]
  return [...bytes.slice(0, 20), ...poison, bytes[5]!, ...bytes.slice(20)]
}

const notesIn = (row: object) => (row as { notes: LakeNote[] }).notes.map((note) => ({ ...note, sequence: 0 }))

async function rowsIn(store: MemoryStateStore): Promise<Record<string, unknown>> {
  const tables = store.tableNames().filter((name) => name !== CONNECTION_TABLE)
  const entries = await Promise.all(
    tables.map(async (table) => {
      const rows = await store.query({ table, range: EVERY_KEY })
      // Which records a transaction covers differs; what they did does not.
      if (table === LAKE_NOTES_TABLE) return [table, rows.flatMap(({ row }) => notesIn(row))] as const
      const own = (ENGINE_TABLES as readonly string[]).includes(table)
      return [table, own ? rows.map(({ row }) => ({ ...row, sequence: 0, object: 0, line: 0, ids: 0 })) : rows] as const
    }),
  )
  return Object.fromEntries(entries.filter(([table]) => table !== 'seen-ids'))
}

describe('the stream’s batches', () => {
  test('do what the engine does with the same records', async () => {
    const records = someTrade().map((bytes, n) => ({ sequence: sequenceOf(n), bytes }))
    const embedded = new MemoryStateStore()
    const ports = portsInTest()
    await retailEngine(embedded, ports.objects).run(2, records)

    const onAws = new MemoryDynamoStateStore()
    const awsPorts = portsInTest({ state: onAws })
    for (let i = 0; i < records.length; i += 25) {
      const answer = await deliver(awsPorts, 2, records.slice(Math.max(0, i - 10), i + 25))
      expect(answer).toEqual({ batchItemFailures: [] })
    }
    const rows = await rowsIn(onAws)
    expect(rows).toEqual(await rowsIn(embedded))
    expect(Object.keys(rows).length).toBeGreaterThan(15)
    expect(rows.checkpoints).toMatchObject([{ held: 2, duplicate: 1 }])
    const fates = (rows[LAKE_NOTES_TABLE] as LakeNote[]).map(({ fate }) => fate)
    expect(fates.filter((fate) => fate !== 'applied')).toEqual(['held', 'held', 'duplicate'])
  })

  test('are in order of their numbers, not of the texts of these', async () => {
    const inTest = new EngineInTest()
    const ports = portsInTest()
    const counted = (level: number, at: number) =>
      inTest.bytesOf({ type: 'stock.counted', at: START + at, data: { productId: 'p', level } })
    await deliver(ports, 0, [{ sequence: '9', bytes: counted(1, 1) }])
    await deliver(ports, 0, [
      { sequence: '9', bytes: counted(1, 1) },
      { sequence: '10', bytes: counted(2, 2) },
    ])
    const rows = await ports.state.query({ table: 'stock', range: EVERY_KEY })
    expect(rows[0]!.row).toMatchObject({ onHand: 2 })
  })

  test('reach the shard that their records come from, and open screens', async () => {
    const heard: string[] = []
    const live = {
      send: async (id: string, message: string) => heard.push(`${id} ${message}`) > 0,
      close: async () => {},
      backlog: () => 0,
    }
    const ports = portsInTest({ live })
    const viewer = { merchantId: 'm', subject: 'ann', role: 'owner' }
    await ports.state.commit([
      { table: CONNECTION_TABLE, key: connectionKey('m', 'c1'), row: { viewer, connectedAt: 0 } },
    ])
    const records = someTrade().map((bytes, n) => ({ sequence: sequenceOf(n), bytes }))
    await deliver(ports, 3, records)
    expect((await ports.state.query({ table: 'checkpoints', range: EVERY_KEY })).map(({ key }) => key)).toEqual(['3'])
    expect(heard.length).toBe(1)
    expect(heard[0]).toContain('c1 {"type":"changes","asOf"')
  })

  test('of a shard that is one of many make no promise about the others: who comes back begins anew', async () => {
    const heard: string[] = []
    const live = {
      send: async (_id: string, message: string) => heard.push(message) > 0,
      close: async () => {},
      backlog: () => 0,
    }
    const ports = portsInTest({ live })
    const viewer = { merchantId: 'm', subject: 'ann', role: 'owner' }
    const connect = (id: string, asked?: object) =>
      ports.state.commit([
        { table: CONNECTION_TABLE, key: connectionKey('m', id), row: { viewer, connectedAt: 0, asked } },
      ])
    const [first, second, ...others] = someTrade().map((bytes, n) => ({ sequence: sequenceOf(n), bytes }))
    await connect('c1')
    await deliver(ports, 0, [first!, second!])
    const { sequence } = JSON.parse(heard.at(-1)!)
    heard.length = 0
    await connect('c1', { id: 'one', resume: sequence })
    await deliver(ports, 0, others)
    expect(heard.map((message) => JSON.parse(message)).slice(0, 2)).toMatchObject([
      { type: 'subscribed', resumed: false },
      { type: 'snapshot', reset: true },
    ])
  })

  test('hold several logical shards, each in its order, and several records in a frame', async () => {
    const inTest = new EngineInTest()
    const counted = (level: number, at: number, storeId: string) =>
      inTest.bytesOf({ type: 'stock.counted', at: START + at, storeId, data: { productId: 'p', level } })
    const ports = portsInTest()
    await handler(
      framed([
        { sequence: '7', partitionKey: '1', data: packFrame([counted(1, 1, 'a'), counted(2, 2, 'a')]) },
        { sequence: '8', partitionKey: '0', data: packFrame([counted(3, 1, 'b')]) },
        { sequence: '9', partitionKey: '1', data: packFrame([counted(4, 3, 'a')]) },
      ]),
      contextWith(ports, 'apply-events'),
    )
    const checkpoints = await ports.state.query({ table: 'checkpoints', range: EVERY_KEY })
    expect(checkpoints.map(({ key, row }) => [key, (row as { applied: number }).applied])).toEqual([
      ['0', 1],
      ['1', 3],
    ])
    const stock = await ports.state.query({ table: 'stock', range: EVERY_KEY })
    expect(stock.map(({ row }) => (row as { onHand: number }).onHand).sort()).toEqual([3, 4])
  })

  test('in which somebody else has written are set aside there, and nowhere else', async () => {
    const ports = portsInTest()
    const good = new EngineInTest().bytesOf({ type: 'stock.counted', at: START, data: { productId: 'p', level: 1 } })
    await handler(
      framed([
        { sequence: '9', partitionKey: 'a-stranger', data: Buffer.from('what is this') },
        { sequence: '10', partitionKey: '4', data: packFrame([good]) },
        { sequence: '11', partitionKey: '2', data: Buffer.from('{"no":"frame"}') },
        { sequence: '12', partitionKey: '2', data: packFrame([good]) },
      ]),
      contextWith(ports, 'apply-events'),
    )
    const rows = await ports.state.query({ table: 'checkpoints', range: EVERY_KEY })
    expect(rows).toMatchObject([
      { key: '2', row: { applied: 1, held: 1 } },
      { key: '5', row: { applied: 1, held: 1 } },
    ])
  })

  test('of which some are held say how many in the log, once for all shards, and nothing where none is', async () => {
    const said = vi.spyOn(console, 'log').mockImplementation(() => {})
    onTestFinished(() => said.mockRestore())
    const ports = portsInTest()
    const good = new EngineInTest().bytesOf({ type: 'stock.counted', at: START, data: { productId: 'p', level: 1 } })
    const poison = Buffer.from('{"name":"Asha"')
    const batch = (from: number, bad: boolean) =>
      framed([
        { sequence: String(from), partitionKey: '1', data: packFrame(bad ? [good, poison, poison] : [good]) },
        { sequence: String(from + 1), partitionKey: '2', data: packFrame(bad ? [poison] : [good]) },
      ])
    await handler(batch(10, true), contextWith(ports, 'apply-events'))
    expect(said.mock.calls).toEqual([[JSON.stringify({ message: HELD_LINE, held: 3 })]])
    await handler(batch(20, false), contextWith(ports, 'apply-events'))
    // The same batch again: they are held already.
    await handler(batch(10, true), contextWith(ports, 'apply-events'))
    expect(said).toHaveBeenCalledTimes(1)
  })

  test('fail when the store does, so that they come again', async () => {
    const state = new MemoryDynamoStateStore()
    const commit = state.commit.bind(state)
    let isDown = true
    state.commit = async (...args) => {
      if (isDown) throw new Error('throttled')
      await commit(...args)
    }
    const ports = portsInTest({ state })
    const records = someTrade().map((bytes, n) => ({ sequence: sequenceOf(n), bytes }))
    await expect(deliver(ports, 0, records)).rejects.toThrow('throttled')
    isDown = false
    await deliver(ports, 0, records)
    const undisturbed = portsInTest({ state: new MemoryDynamoStateStore() })
    await deliver(undisturbed, 0, records)
    expect(await rowsIn(state)).toEqual(await rowsIn(undisturbed.state as MemoryStateStore))
  })

  test('may be empty', async () => {
    expect(await deliver(portsInTest(), 0, [])).toEqual({ batchItemFailures: [] })
  })
})
