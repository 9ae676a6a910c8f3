import { describe, expect, it } from 'vitest'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { MemoryDynamoStateStore, MemoryStateStore } from '#test/fakes/memory-state-store.ts'

const text = new TextDecoder()
const bytesOf = (words: string) => new TextEncoder().encode(words)
const T = (minute: string) => `2026-03-02T10:${minute}:00Z`
const sale: Happening = {
  type: 'sale.recorded',
  id: 'the-sale',
  at: T('01'),
  storeId: 'jaipur',
  data: { orderId: 'O', productId: 'P', quantity: 2, unitPriceMinor: 500, currency: 'INR' },
}
/** It leaves its price to the order. */
const refund: Happening = {
  type: 'sale.refunded',
  id: 'the-refund',
  at: T('02'),
  storeId: 'jaipur',
  data: { refundId: 'R', orderId: 'O', productId: 'P', quantity: 1, reason: 'changed_mind' },
}
const replay = (sequence: string, document: string | Uint8Array, at = T('10')): Happening => ({
  type: 'document.replayed',
  at,
  storeId: '-',
  data: { sequence, document: typeof document === 'string' ? document : text.decode(document) },
})
const discard = (sequence: string): Happening => ({
  type: 'document.discarded',
  at: T('11'),
  storeId: '-',
  data: { sequence },
})
const refunds = async (engine: EngineInTest) =>
  Object.values(await engine.rows('day-by-total')).map(({ sums }) => [sums.refunds, sums['refunded:INR']])

describe.each([
  ['one machine', () => new MemoryStateStore()],
  ['DynamoDB', () => new MemoryDynamoStateStore()],
])('a document that cannot be applied, on %s', (_, newStore) => {
  const engineWithHeldRefund = async () => {
    const engine = new EngineInTest({ store: newStore() })
    const bytes = engine.bytesOf(refund)
    const [sequence] = (await engine.takeBytes(0, bytes)) as [string]
    return { engine, bytes, sequence }
  }

  it('is held with its reason and changes nothing', async () => {
    const { engine, sequence } = await engineWithHeldRefund()
    expect(await engine.ledger()).toEqual({ accepted: 1, applied: 0, duplicate: 0, held: 1, discarded: 0 })
    expect(await engine.allRows()).toEqual({})
    expect(await engine.held(sequence)).toMatchObject({
      status: 'held',
      merchantId: 'm',
      attempts: 0,
      heldAt: Date.parse(T('02')),
      problems: [
        {
          field: '',
          message: 'no price is stated, and no sale of P in order O is known: send the order first, or the price',
        },
      ],
    })
  })

  it('does not stop what comes after it', async () => {
    const { engine } = await engineWithHeldRefund()
    await engine.take(sale)
    expect(await engine.ledger()).toEqual({ accepted: 2, applied: 1, duplicate: 0, held: 1, discarded: 0 })
    expect(await refunds(engine)).toEqual([[undefined, undefined]])
  })

  it('is applied when it is tried again after its order came', async () => {
    const { engine, bytes, sequence } = await engineWithHeldRefund()
    await engine.take(sale)
    await engine.take(replay(sequence, bytes))
    expect(await engine.ledger()).toEqual({ accepted: 3, applied: 3, duplicate: 0, held: 0, discarded: 0 })
    expect(await engine.held(sequence)).toMatchObject({ status: 'replayed', attempts: 1 })
    expect(await refunds(engine)).toEqual([[1, 500]])
    expect(await engine.onlyRow('stock')).toMatchObject({ onHand: -1 })
  })

  it('may be tried again in the very batch that brings its order', async () => {
    const { engine, bytes, sequence } = await engineWithHeldRefund()
    await engine.take(sale, replay(sequence, bytes))
    expect(await engine.ledger()).toEqual({ accepted: 3, applied: 3, duplicate: 0, held: 0, discarded: 0 })
    expect(await refunds(engine)).toEqual([[1, 500]])
  })

  it('stays held, with the newest reason, when it is tried again and still cannot be applied', async () => {
    const { engine, bytes, sequence } = await engineWithHeldRefund()
    await engine.take(replay(sequence, bytes))
    expect(await engine.ledger()).toEqual({ accepted: 2, applied: 1, duplicate: 0, held: 1, discarded: 0 })
    expect(await engine.held(sequence)).toMatchObject({ status: 'held', attempts: 1 })
    await engine.take(replay(sequence, '{"half": '))
    expect(await engine.held(sequence)).toMatchObject({
      status: 'held',
      attempts: 2,
      problems: [{ field: '', message: 'is not JSON in UTF-8' }],
    })
    await engine.take(sale)
    await engine.take(replay(sequence, bytes))
    expect(await engine.ledger()).toEqual({ accepted: 5, applied: 5, duplicate: 0, held: 0, discarded: 0 })
    expect(await refunds(engine)).toEqual([[1, 500]])
  })

  it('is applied once, however often it is tried again', async () => {
    const { engine, bytes, sequence } = await engineWithHeldRefund()
    await engine.take(sale)
    await engine.take(replay(sequence, bytes), replay(sequence, bytes))
    await engine.take(replay(sequence, bytes))
    expect(await engine.ledger()).toEqual({ accepted: 5, applied: 5, duplicate: 0, held: 0, discarded: 0 })
    expect(await refunds(engine)).toEqual([[1, 500]])
  })

  it('may be mended', async () => {
    const { engine, sequence } = await engineWithHeldRefund()
    const mended = { ...refund, data: { ...refund.data, amountMinor: 450, currency: 'INR' } }
    await engine.take(replay(sequence, engine.bytesOf(mended)))
    expect(await engine.ledger()).toEqual({ accepted: 2, applied: 2, duplicate: 0, held: 0, discarded: 0 })
    expect(await refunds(engine)).toEqual([[1, 450]])
  })

  it('is given up for good', async () => {
    const { engine, bytes, sequence } = await engineWithHeldRefund()
    await engine.take(discard(sequence), sale, replay(sequence, bytes), discard(sequence))
    expect(await engine.ledger()).toEqual({ accepted: 5, applied: 4, duplicate: 0, held: 0, discarded: 1 })
    expect(await engine.held(sequence)).toMatchObject({ status: 'discarded' })
    expect(await refunds(engine)).toEqual([[undefined, undefined]])
  })

  it('is what the engine knows after a restart, and after the whole log came again', async () => {
    const { engine, bytes, sequence } = await engineWithHeldRefund()
    await engine.take(sale)
    engine.restart()
    await engine.take(replay(sequence, bytes))
    const rows = await engine.allRows()
    engine.restart()
    await engine.deliverAgain()
    expect(await engine.ledger()).toEqual({ accepted: 3, applied: 3, duplicate: 0, held: 0, discarded: 0 })
    expect(await engine.allRows()).toEqual(rows)
  })

  it('that is not even text keeps its bytes and may be mended', async () => {
    const engine = new EngineInTest({ store: newStore() })
    const [sequence] = (await engine.takeBytes(0, Uint8Array.of(0xff, 0x00, 0xfe))) as [string]
    expect(await engine.held(sequence)).toMatchObject({ problems: [{ field: '', message: 'is not JSON in UTF-8' }] })
    const { object, line } = (await engine.held(sequence))!
    const kept = Buffer.from((await engine.objects.get(object))!)
      .toString()
      .split('\n')[line]!
    expect([...Buffer.from(kept, 'base64')]).toEqual([0xff, 0x00, 0xfe])
    await engine.take(replay(sequence, engine.bytesOf(sale)))
    expect(await engine.ledger()).toEqual({ accepted: 2, applied: 2, duplicate: 0, held: 0, discarded: 0 })
    expect(await engine.onlyRow('stock')).toMatchObject({ onHand: -2 })
  })

  it('of the future is applied when its time has come', async () => {
    const engine = new EngineInTest({ store: newStore() })
    const early = engine.bytesOf({ ...sale, receivedAt: '2026-03-02T09:55:59.999Z' })
    const [sequence] = (await engine.takeBytes(0, early)) as [string]
    expect(await engine.ledger()).toMatchObject({ applied: 0, held: 1 })
    await engine.take(replay(sequence, early, '2026-03-02T09:56:00Z'))
    expect(await engine.ledger()).toMatchObject({ applied: 2, held: 0 })
    expect(await engine.onlyRow('transactions')).toMatchObject({
      at: Date.parse(sale.at as string),
      receivedAt: Date.parse('2026-03-02T09:56:00Z'),
    })
  })

  it('among good ones of one batch is told apart', async () => {
    const engine = new EngineInTest({ store: newStore() })
    const many = Array.from({ length: 40 }, (_, i) => ({
      ...sale,
      id: `sale-${i}`,
      data: { ...sale.data, orderId: `O${i}`, productId: `P${i % 7}` },
    }))
    const bytes = many.flatMap((one) => [engine.bytesOf(one), bytesOf('{"bad":1}')])
    await engine.takeBytes(0, ...bytes, ...bytes.slice(0, 10))
    expect(await engine.ledger()).toEqual({ accepted: 90, applied: 40, duplicate: 5, held: 45, discarded: 0 })
    expect(Object.values(await engine.rows('day-by-store'))).toMatchObject([{ sums: { units: 80, orders: 40 } }])
  })
})

it('commands of a shard about no held document change nothing', async () => {
  const engine = new EngineInTest()
  await engine.take(discard('0000000000000099'), replay('0000000000000098', engine.bytesOf(sale)))
  expect(await engine.ledger()).toEqual({ accepted: 2, applied: 2, duplicate: 0, held: 0, discarded: 0 })
  expect(await engine.allRows()).toEqual({})
})

describe('at the edges', () => {
  it('what a replayed document tells says where that happened', async () => {
    const engine = new EngineInTest()
    const [sequence] = (await engine.takeBytes(0, bytesOf('{'))) as [string]
    await engine.take(replay(sequence, engine.bytesOf(sale)))
    const told = engine.live.map(({ topic, storeId, occurredAt }) => [topic, storeId, occurredAt])
    expect(told).toContainEqual(['stock', 'jaipur', Date.parse(sale.at as string)])
  })

  it('a held document that came again and was applied is not applied once more by a replay', async () => {
    const engine = new EngineInTest()
    const early = engine.bytesOf({ ...sale, receivedAt: '2026-03-02T09:50:00Z' })
    const [sequence] = (await engine.takeBytes(0, early)) as [string] // ahead of our clock: held
    await engine.take(sale) // the same event, appended again
    await engine.take(replay(sequence, early))
    expect(await engine.onlyRow('stock')).toMatchObject({ onHand: -2 })
  })

  it('a document that was held in the very batch is tried again, as when the log is replayed', async () => {
    const engine = new EngineInTest()
    const bytes = engine.bytesOf(refund)
    await engine.takeBytes(0, bytes, engine.bytesOf(sale), engine.bytesOf(replay('0000000000000001', bytes)))
    expect(await refunds(engine)).toEqual([[1, 500]])
  })

  it('a shard that rested does not write more than a transaction holds when it wakes', async () => {
    const engine = new EngineInTest({ store: new MemoryDynamoStateStore() })
    for (let i = 0; i < 120; i++) await engine.take({ ...sale, id: `s${i}`, at: Date.parse(T('01')) + i * 1000 })
    await engine.take({ ...sale, id: 'next-day', at: '2026-03-03T10:00:00Z' })
    expect(await engine.ledger()).toMatchObject({ applied: 121 })
  })
})
