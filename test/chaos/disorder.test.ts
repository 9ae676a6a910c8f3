/** Records that no door would let in, records that come twice or out of order, clocks that jump: the ledger holds. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { shardOf } from '#core/events/shard-of.ts'
import type { Clock, Intake } from '#core/ports.ts'
import { Engine } from '#local/engine.ts'
import { audit } from './audit.ts'
import { randomFrom } from './traffic.ts'

const MERCHANT = 'demo'
const MINUTE_MS = 60_000

let data = ''
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'counterflow-disorder-'))
})
afterEach(() => rmSync(data, { recursive: true, force: true }))

const open = (clock?: Clock) =>
  Engine.open({
    data,
    log: () => {},
    onFatal: (error) => {
      throw error
    },
    ...(clock && { clock }),
  })

const sale = (n: number, at: number, receivedAt: number): Record<string, unknown> => ({
  id: `sale-${n}`,
  merchantId: MERCHANT,
  storeId: `shop-${n % 5}`,
  source: 'chaos',
  type: 'sale.recorded',
  version: 1,
  occurredAt: new Date(at).toISOString(),
  receivedAt: new Date(receivedAt).toISOString(),
  businessDate: new Date(at).toISOString().slice(0, 10),
  data: { orderId: `o-${n}`, productId: `P${n % 17}`, quantity: 1 + (n % 3), unitPriceMinor: 250, currency: 'INR' },
})

const record = (event: Record<string, unknown>, shards: number): Intake => ({
  eventIds: [String(event.id)],
  records: [{ shard: shardOf(MERCHANT, String(event.storeId), shards), bytes: Buffer.from(JSON.stringify(event)) }],
})

it('takes every record to its fate: duplicates, reordered, poison and oversized ones', {
  timeout: 60_000,
}, async () => {
  const random = randomFrom(7)
  const engine = await open()
  const { shards } = engine.folder
  const now = Date.now()
  const good = Array.from({ length: 3_000 }, (_, n) =>
    record(sale(n, now - Math.floor(random() * 30) * MINUTE_MS, now), shards),
  )
  const twice = good.filter(() => random() < 0.1)
  const poison = [
    Buffer.alloc(0),
    Buffer.from('not json'),
    Buffer.from([0xff, 0xfe, 0x00, 0x80]),
    Buffer.from('null'),
    Buffer.from('[]'),
    Buffer.from('{"type":"__proto__"}'),
    Buffer.from('{"type":"sale.voided"}'),
    Buffer.from(JSON.stringify({ ...sale(1, now, now), id: 'p1', version: 99 })),
    Buffer.from(JSON.stringify({ ...sale(1, now, now), id: 'p2', occurredAt: 'yesterday' })),
    Buffer.from(JSON.stringify({ ...sale(1, now, now), id: 'p3', data: { quantity: 0 } })),
    Buffer.from(JSON.stringify({ ...sale(1, now + 6 * MINUTE_MS, now), id: 'p4' })),
    Buffer.from(
      JSON.stringify({
        ...sale(1, now, now),
        id: 'p5',
        data: {
          orderId: 'x',
          productId: 'P1',
          quantity: 1e9,
          unitPriceMinor: Number.MAX_SAFE_INTEGER,
          currency: 'INR',
        },
      }),
    ),
    Buffer.from(JSON.stringify({ ...sale(1, now, now), id: 'p6', note: 'x'.repeat(4 << 20), data: null })),
  ].map((bytes, i): Intake => ({ eventIds: [], records: [{ shard: i % shards, bytes }] }))
  const all = [...good, ...twice, ...poison]
    .map((intake) => ({ intake, place: random() }))
    .sort((a, b) => a.place - b.place)
  for (let i = 0; i < all.length; i += 100)
    await engine.eventLog.append(all.slice(i, i + 100).map(({ intake }) => intake))
  await engine.settled()
  await engine.close()

  const { quality } = await audit(data)
  const sum = (of: (line: NonNullable<typeof quality.ledger>[number]) => number) =>
    quality.ledger!.reduce((n, line) => n + of(line), 0)
  expect(sum(({ accepted }) => accepted)).toBe(all.length)
  expect(sum(({ applied }) => applied)).toBe(good.length)
  expect(sum(({ duplicate }) => duplicate)).toBe(twice.length)
  expect(sum(({ held }) => held)).toBe(poison.length)
})

it('goes on when the clock jumps, and loses nothing', { timeout: 60_000 }, async () => {
  const random = randomFrom(11)
  let now = Date.UTC(2026, 2, 2, 10)
  const clock: Clock = { now: () => now }
  let n = 0
  for (let day = 0; day < 6; day++) {
    const engine = await open(clock)
    for (let i = 0; i < 40; i++) {
      // Minutes forward, an hour back, a day ahead: whatever a badly kept clock does.
      now += random() < 0.1 ? -60 * MINUTE_MS : random() < 0.05 ? 1440 * MINUTE_MS : Math.floor(random() * MINUTE_MS)
      const document = {
        eventType: 'ORDER_PLACED',
        productId: `P${n % 9}`,
        storeId: 's',
        orderId: `o-${n++}`,
        price: 10,
        region: 'IN',
      }
      const { takeIn } = await import('#runtime/take-in.ts')
      const { simpleSource } = await import('#core/sources/simple-form.ts')
      const translated = simpleSource('amazon').translate(document, { currency: 'INR' })
      if (!translated.ok) throw new Error('not a document')
      await takeIn(engine.ports, { merchantId: MERCHANT, connectionId: 'c', source: 'amazon' }, [translated.value])
      if (i % 10 === 0) await engine.functions.scheduled('pass-time')
    }
    await engine.settled()
    if (day === 3) await engine.seal()
    await engine.close()
  }
  const { quality } = await audit(data)
  expect(quality.ledger!.reduce((sum, { applied }) => sum + applied, 0)).toBe(6 * 40 + 6 * 4 * 4)
})

it('refuses, and loses nothing it had taken, while the disk is slow', { timeout: 60_000 }, async () => {
  const engine = await open()
  // Each sync takes 40 ms longer, as on a tired disk.
  const { root } = engine.eventLog as unknown as { root: { batch(action: () => void): Promise<boolean> } }
  const batch = root.batch.bind(root)
  root.batch = async (action) => {
    await new Promise((done) => setTimeout(done, 40))
    return batch(action)
  }
  const now = Date.now()
  const note = 'x'.repeat(100_000)
  let refused = 0
  let taken = 0
  const sending = Array.from({ length: 1_000 }, async (_, n) => {
    await new Promise((done) => setTimeout(done, n % 50))
    try {
      await engine.eventLog.append([record({ ...sale(n, now, now), note }, engine.folder.shards)])
      taken++
    } catch (error) {
      expect((error as Error).name).toBe('LogFullError')
      refused++
    }
  })
  await Promise.all(sending)
  await engine.settled()
  await engine.close()
  expect(refused).toBeGreaterThan(0)
  const { quality } = await audit(data)
  expect(quality.ledger!.reduce((sum, { applied }) => sum + applied, 0)).toBe(taken)
})
