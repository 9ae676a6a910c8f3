import { describe, expect, test } from 'vitest'
import { shardOf } from '#core/events/shard-of.ts'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const AT = '2026-03-02T10:00:00.000Z'
const NOW = '2026-03-02T10:01:30.000Z'
const sale = (more: Partial<Happening> = {}): Happening => ({
  type: 'sale.recorded',
  at: AT,
  id: 'sold',
  source: 'amazon',
  data: { orderId: 'A-1', productId: 'lamp', quantity: 2, unitPriceMinor: 500, currency: 'INR' },
  ...more,
})
const received: Happening = { type: 'stock.received', at: AT, id: 'in', data: { productId: 'lamp', quantity: 2 } }
/** Its order is unknown, and it states no price. */
const lost: Happening = {
  type: 'sale.refunded',
  at: AT,
  id: 'lost',
  data: { refundId: 'r1', orderId: 'nobody', productId: 'lamp', reason: 'other' },
}

async function portsWith(applied: Happening[], pending: Happening[] = [], keepsLog = true) {
  const engine = new EngineInTest({ shards: 2 })
  const log = new MemoryEventLog(2)
  for (const one of [...applied, ...pending]) {
    const shard = shardOf('m', one.storeId ?? 's', 2)
    const bytes = engine.bytesOf(one)
    if (keepsLog) await log.append([{ eventIds: [], records: [{ shard, bytes }] }])
    if (applied.includes(one)) await engine.takeBytes(shard, bytes)
  }
  return portsInTest({ state: engine.store, objects: engine.objects, log, clock: new FixedClock(NOW) })
}
type Given = Awaited<ReturnType<typeof portsWith>>
const look = (ports: Given, id: string, query: Record<string, string> = {}, more: object = {}) =>
  ask(handler, ports, 'GET /events/{id}', { viewer: { ...ownerOf('m'), ...more }, params: { id }, query })

describe('an event', () => {
  test('says what it is, where it lies, what was booked of it and what it moved', async () => {
    const ports = await portsWith([received, sale()])
    const { status, body } = await look(ports, 'sold')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id: 'sold',
      type: 'sale.recorded',
      storeId: 's',
      source: 'amazon',
      occurredAt: AT,
      acceptedAt: AT,
      businessDate: '2026-03-02',
      data: { orderId: 'A-1', productId: 'lamp' },
      place: { shard: shardOf('m', 's', 2), sequence: '0000000000000002' },
      state: 'applied',
      problems: [],
      duplicates: 0,
      late: false,
      lines: [{ kind: 'sale', orderId: 'A-1', amountMinor: 1000 }],
      stock: { productId: 'lamp', onHand: 0, movedAt: AT },
      alerts: [{ kind: 'OUT_OF_STOCK', productId: 'lamp', state: 'open' }],
      delivery: null,
    })
    expect(body.windows.map(({ width, status: of }: { width: string; status: string }) => `${width} ${of}`)).toEqual([
      'minute provisional',
      'quarter filling',
      'day filling',
    ])
    expect(body.windows[0]).toEqual({
      width: 'minute',
      of: ['total', 'store', 'product'],
      from: AT,
      to: '2026-03-02T10:01:00.000Z',
      timeZone: 'UTC',
      status: 'provisional',
      kept: true,
    })
  })

  test('is pending until it is applied', async () => {
    const { body } = await look(await portsWith([received], [sale()]), 'sold')
    expect([body.state, body.lines, body.lagMs]).toEqual(['pending', [], 90_000])
  })

  test('that was set aside says why, and counts nowhere', async () => {
    const { body } = await look(await portsWith([lost]), 'lost')
    expect(body).toMatchObject({ state: 'held', lines: [], windows: [], late: null })
    expect(body.problems[0].message).toContain('send the order first, or the price')
  })

  test('that came again says how often', async () => {
    const ports = await portsWith([sale(), sale(), sale()])
    expect((await look(ports, 'sold')).body).toMatchObject({ state: 'applied', duplicates: 2 })
  })

  test('that the log keeps no more is known by its line, where it is said where and when', async () => {
    const ports = await portsWith([sale()], [], false)
    expect((await look(ports, 'sold')).status).toBe(404)
    const { body } = await look(ports, 'sold', { store: 's', at: AT })
    expect(body).toMatchObject({ type: null, data: null, place: null, state: 'applied', lines: [{ orderId: 'A-1' }] })
    expect((await look(ports, 'sold', { store: 's', at: NOW })).status).toBe(404)
  })

  test('is another’s secret', async () => {
    const ports = await portsWith([sale()])
    expect((await look(ports, 'sold', {}, { merchantId: 'm2' })).status).toBe(404)
    expect((await look(ports, 'sold', {}, { stores: ['t'] })).status).toBe(404)
    expect((await look(ports, 'sold', { store: 's', at: AT }, { stores: ['t'] })).status).toBe(404)
    expect((await look(ports, 'sold', {}, { stores: ['s'] })).status).toBe(200)
  })

  test('of the engine’s own is none that anybody sent', async () => {
    const own: Happening = { type: 'setting.changed', at: AT, id: 'own', data: { name: 'currency', value: 'EUR' } }
    expect((await look(await portsWith([own]), 'own')).status).toBe(404)
  })
})
