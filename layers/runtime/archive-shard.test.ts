import { describe, expect, test } from 'vitest'
import type { Write } from '#core/ports.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { EngineInTest } from '#test/fakes/engine-in-test.ts'
import { rawRows } from '#test/fakes/lake-in-test.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import type { MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { ARCHIVED_TABLE, archiveShard } from './archive-shard.ts'
import { LAKE_NOTES_TABLE } from './lake-notes.ts'
import { ObjectLakeWriter } from './write-stretch.ts'

const sale = (id: string, at = '2026-03-02T10:00:00Z', quantity = 1) => ({
  type: 'sale.recorded',
  id,
  at,
  data: { orderId: id, productId: 'p', quantity, unitPriceMinor: 250, currency: 'INR' },
})
const unpriced = (refundId: string) => ({
  type: 'sale.refunded',
  id: `refund-${refundId}`,
  at: '2026-03-02T12:00:00Z',
  data: { refundId, orderId: 'later', productId: 'p', quantity: 1, reason: 'other' },
})

/** Sales of two days, some delivered twice, one that cannot be read, refunds that are held until their order is known. */
async function someTrade(engine: EngineInTest, rounds = 30): Promise<void> {
  for (let i = 0; i < rounds; i++) {
    const at = i % 5 === 0 ? '2026-03-01T23:59:59.999Z' : '2026-03-02T00:00:00Z'
    await engine.take(sale(`a${i}`, at), { type: 'product.viewed', id: `v${i}`, at, data: { productId: 'p' } })
    if (i % 7 === 0) await engine.take(sale(`a${i}`, at), sale(`b${i}`), sale(`b${i}`))
  }
  await engine.takeBytes(0, new TextEncoder().encode('{'))
  const held = await heldBy(engine, unpriced('r1'), unpriced('r2'), unpriced('r3'))
  await engine.take(sale('later'))
  await engine.take(
    command('document.replayed', { sequence: held[0]!, document: textOf(engine, unpriced('r1')) }),
    command('document.discarded', { sequence: held[1]! }),
    // Nothing is brought back by a command about what is not held any more, nor by one that is held again.
    command('document.replayed', { sequence: held[0]!, document: textOf(engine, unpriced('r1')) }),
    command('document.replayed', {
      sequence: held[2]!,
      document: textOf(engine, {
        ...unpriced('r3'),
        at: '2026-03-02T12:00:00Z',
        data: { ...unpriced('r3').data, orderId: 'unknown' },
      }),
    }),
  )
}
const command = (type: string, data: object) => ({ type, at: '2026-03-02T13:00:00Z', data })
const textOf = (engine: EngineInTest, happening: Parameters<EngineInTest['bytesOf']>[0]) =>
  new TextDecoder().decode(engine.bytesOf(happening))
async function heldBy(engine: EngineInTest, ...refunds: readonly ReturnType<typeof unpriced>[]): Promise<string[]> {
  return engine.takeBytes(0, ...refunds.map((refund) => engine.bytesOf(refund)))
}

class Killed extends Error {}
/** Dies at the n-th of its durable commits and of the objects it puts, before it or right after it. */
function dying(store: MemoryStateStore, objects: MemoryObjectStore, n: number, isAfter: boolean) {
  let calls = 0
  const act = async (what: () => Promise<void>) => {
    const dies = calls++ === n
    if (dies && !isAfter) throw new Killed()
    await what()
    if (dies) throw new Killed()
  }
  const state = Object.create(store) as MemoryStateStore
  state.commitDurable = (writes: readonly Write[], conditions) => act(() => store.commitDurable(writes, conditions))
  const lake = new ObjectLakeWriter({ put: (name, bytes) => act(() => objects.put(name, bytes)) })
  return { state, lake, calls: () => calls }
}

const sorted = (rows: readonly object[]) =>
  rows.map((row) => JSON.stringify(row, (_, v) => (typeof v === 'bigint' ? Number(v) : v))).sort()

describe('the lake', () => {
  test('holds what was applied, each once: no duplicate, nothing held, what was brought back', async () => {
    const engine = new EngineInTest()
    await someTrade(engine)
    const objects = new MemoryObjectStore()
    const ports = { log: engine.log, state: engine.store, lake: new ObjectLakeWriter(objects) }
    const { archived: last } = await archiveShard(ports, 0, 17)
    const raw = await rawRows(objects)
    const { accepted, applied, duplicate, held, discarded } = await engine.ledger()
    expect({ duplicate, held, discarded }).toEqual({ duplicate: 10, held: 2, discarded: 1 })
    const { booked_line: booked, ...events } = raw
    expect(Object.values(events).flat()).toHaveLength(applied)
    expect(Number(last)).toBe(accepted)
    expect(Object.fromEntries(Object.entries(raw).map(([table, rows]) => [table, rows.length]))).toEqual({
      booked_line: 37,
      document_discarded: 1,
      document_replayed: 3,
      product_viewed: 30,
      sale_recorded: 36,
      sale_refunded: 1,
    })
    expect(raw.sale_refunded).toMatchObject([{ event_id: 'refund-r1', received_at: new Date('2026-03-02T13:00:00Z') }])
    // What the source left open is settled: the refund names no amount.
    expect(booked!.filter(({ kind }) => kind === 'refund')).toMatchObject([
      { event_id: 'refund-r1', product_id: 'p', amount_minor: 250n, currency: 'INR', reversal: false, counts: '{}' },
    ])
    expect(await engine.store.query({ table: LAKE_NOTES_TABLE, range: EVERY_KEY })).toEqual([])
    expect(await engine.store.get(ARCHIVED_TABLE, '0')).toMatchObject({ archived: last, events: applied })
  })

  test('lies by type and by the UTC day on which it happened, in columns', async () => {
    const engine = new EngineInTest()
    await engine.take(sale('a', '2026-03-01T23:59:59.999Z', 3), sale('b', '2026-03-02T00:00:00Z'))
    const objects = new MemoryObjectStore()
    await archiveShard({ log: engine.log, state: engine.store, lake: new ObjectLakeWriter(objects) }, 0)
    expect(await objects.list('')).toEqual([
      'raw/booked_line/year=2026/month=03/day=01/0-1-2.parquet',
      'raw/booked_line/year=2026/month=03/day=02/0-1-2.parquet',
      'raw/sale_recorded/year=2026/month=03/day=01/0-1-2.parquet',
      'raw/sale_recorded/year=2026/month=03/day=02/0-1-2.parquet',
    ])
    const [first] = (await rawRows(objects)).sale_recorded!.filter(({ event_id }) => event_id === 'a')
    expect(first).toEqual({
      merchant_id: 'm',
      store_id: 's',
      event_id: 'a',
      source: 'test',
      occurred_at: new Date('2026-03-01T23:59:59.999Z'),
      received_at: new Date('2026-03-01T23:59:59.999Z'),
      business_date: new Date('2026-03-01'),
      shard: 0n,
      sequence: first!.sequence,
      order_id: 'a',
      line: null,
      lines: null,
      product_id: 'p',
      quantity: 3n,
      unit_price_minor: 250n,
      discount_minor: null,
      tax_minor: null,
      currency: 'INR',
      channel: null,
      payment_method: null,
      customer: null,
    })
  })

  test('killed at any of its steps, before or after it, is in the end as if it had not been', async () => {
    const undisturbed = new EngineInTest()
    await someTrade(undisturbed, 3)
    const expected = new MemoryObjectStore()
    const counting = dying(undisturbed.store, expected, Number.POSITIVE_INFINITY, false)
    await archiveShard({ log: undisturbed.log, state: counting.state, lake: counting.lake }, 0, 8)
    expect(counting.calls()).toBeGreaterThan(10)
    for (let n = 0; n < counting.calls(); n++) {
      for (const isAfter of [false, true]) {
        const engine = new EngineInTest()
        await someTrade(engine, 3)
        const objects = new MemoryObjectStore()
        const killed = dying(engine.store, objects, n, isAfter)
        await expect(archiveShard({ log: engine.log, ...killed }, 0, 8)).rejects.toThrow(Killed)
        // More comes before it is begun again.
        await engine.take(sale('more'))
        await archiveShard({ log: engine.log, state: engine.store, lake: new ObjectLakeWriter(objects) }, 0, 8)
        const rows = Object.values(await rawRows(objects)).flat()
        expect(sorted(rows.filter(({ event_id }) => event_id !== 'more'))).toEqual(
          sorted(Object.values(await rawRows(expected)).flat()),
        )
      }
    }
  })

  test('waits for what is planned and not folded again yet, and for nothing else', async () => {
    const engine = new EngineInTest()
    await engine.take(sale('a'), sale('b'))
    const objects = new MemoryObjectStore()
    const ports = { log: engine.log, state: engine.store, lake: new ObjectLakeWriter(objects) }
    const planned = { turn: 1, archived: '', planned: '9'.repeat(16), events: 0 }
    await engine.store.commitDurable([{ table: ARCHIVED_TABLE, key: '0', row: planned }])
    expect(await archiveShard(ports, 0)).toEqual(planned)
    expect(await objects.list('')).toEqual([])
  })

  test('two at once: one of them does it', async () => {
    const engine = new EngineInTest()
    await someTrade(engine)
    const objects = new MemoryObjectStore()
    const ports = { log: engine.log, state: engine.store, lake: new ObjectLakeWriter(objects) }
    await Promise.all([archiveShard(ports, 0, 20), archiveShard(ports, 0, 20), archiveShard(ports, 0, 20)])
    await archiveShard(ports, 0, 20)
    const { booked_line: _, ...events } = await rawRows(objects)
    expect(Object.values(events).flat()).toHaveLength((await engine.ledger()).applied)
  })

  test('two that see different ends of the log: what the slower one planned is not put as well', async () => {
    const engine = new EngineInTest()
    const objects = new MemoryObjectStore()
    const { store: state, log } = engine
    const lake = new ObjectLakeWriter(objects)
    await engine.take(sale('first'))
    await archiveShard({ log, state, lake }, 0)
    await engine.take(sale('a'))
    // The quicker one has planned more and is about to put it when the slower one, which looked before, makes its plan.
    const hasLooked = Promise.withResolvers<void>()
    const isPlanned = Promise.withResolvers<void>()
    const mayPut = Promise.withResolvers<void>()
    const slower = Object.create(state) as MemoryStateStore
    let commits = 0
    slower.commitDurable = async (writes, conditions) => {
      hasLooked.resolve()
      if (commits++ === 0) await isPlanned.promise
      return state.commitDurable(writes, conditions)
    }
    const slow = archiveShard({ log, state: slower, lake }, 0)
    await hasLooked.promise
    await engine.take(sale('b'), sale('c'))
    const quick = archiveShard(
      {
        log,
        state,
        lake: {
          write: async (stretch) => {
            isPlanned.resolve()
            await mayPut.promise
            return lake.write(stretch)
          },
        },
      },
      0,
    )
    await slow
    mayPut.resolve()
    await quick
    await archiveShard({ log, state, lake }, 0)
    const { booked_line: _, ...events } = await rawRows(objects)
    expect(Object.values(events).flat()).toHaveLength(4)
  })

  test('says so where the log has dropped what it lacks', async () => {
    const engine = new EngineInTest()
    await engine.take(sale('a'))
    const ports = {
      log: { read: async () => [] },
      state: engine.store,
      lake: new ObjectLakeWriter(new MemoryObjectStore()),
    }
    await expect(archiveShard(ports, 0)).rejects.toThrow('shard 0: the log lacks records after the first')
  })
})
