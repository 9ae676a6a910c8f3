/** Refunds beside what was sold before, and how long that took. */
import { describe, expect, test } from 'vitest'
import type { Viewer } from '#core/ports.ts'
import { rowKey } from '#core/row-key.ts'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const NOW = '2026-03-10T12:00:00Z'
const HOUR_MS = 3_600_000
const manager = (...stores: string[]): Viewer => ({ ...ownerOf('m'), role: 'store-manager', stores })

const sale = (orderId: string, at: string, productId = 'P', storeId = 's'): Happening => ({
  id: `sale of ${productId} in ${orderId}`,
  type: 'sale.recorded',
  at,
  storeId,
  data: { orderId, productId, quantity: 2, unitPriceMinor: 500, currency: 'INR' },
})
const refund = (refundId: string, at: string, more: object = {}, storeId = 's'): Happening => ({
  id: refundId,
  type: 'sale.refunded',
  at,
  storeId,
  data: { refundId, productId: 'P', quantity: 1, amountMinor: 500, currency: 'INR', reason: 'other', ...more },
})

/** `asked`: gets the ranges of rows that are asked for. */
async function shop(asked: string[] = []) {
  const engine = new EngineInTest({ shards: 2 })
  const listing = { productId: 'P', title: 'Kurta', category: 'Kurtas' }
  await engine.take(
    { type: 'product.listed', at: '2026-03-01T00:00:00Z', storeId: '-', data: listing },
    sale('o1', '2026-03-08T12:00:00Z', 'Q'),
    sale('o1', '2026-03-08T12:00:00Z'),
    sale('o2', '2026-03-09T10:00:00Z', 'Q', 't'),
    refund('r1', '2026-03-08T14:00:00Z', { orderId: 'o1' }),
    refund('r2', '2026-03-09T12:00:00Z', { orderId: 'o1', reason: 'defective' }),
    refund('r3', '2026-03-09T13:00:00Z', { orderId: 'nobody-knows' }),
    refund('r4', '2026-03-09T14:00:00Z', { productId: 'Q', orderId: 'o2' }, 't'),
    refund('r5', '2026-03-09T15:00:00Z'),
  )
  const ports = portsInTest({ state: engine.store, log: new MemoryEventLog(2), clock: new FixedClock(NOW) })
  const query = engine.store.query.bind(engine.store)
  engine.store.query = (question) => {
    asked.push(rowKey(question.table, question.range.from))
    return query(question)
  }
  return async (path: string, viewer = ownerOf('m')) => {
    const [route, search = ''] = path.split('?') as [string, string?]
    return ask(handler, ports, `GET ${route}`, { viewer, query: Object.fromEntries(new URLSearchParams(search)) })
  }
}
const idsOf = (body: { items: { id: string }[] }) => body.items.map(({ id }) => id)

describe('a refund', () => {
  test('names the sale of its order, and the time between', async () => {
    const { body } = await (await shop())('/refunds')
    const sales = Object.fromEntries(body.items.map(({ id, sale: of }: { id: string; sale: object }) => [id, of]))
    const o1 = { id: 'sale of P in o1', at: '2026-03-08T12:00:00.000Z', quantity: 2, paidMinor: 1000, currency: 'INR' }
    expect(sales).toEqual({
      r1: { ...o1, betweenMs: 2 * HOUR_MS },
      r2: { ...o1, betweenMs: 24 * HOUR_MS },
      r3: null,
      r4: {
        ...{ id: 'sale of Q in o2', at: '2026-03-09T10:00:00.000Z', betweenMs: 4 * HOUR_MS },
        ...{ quantity: 2, paidMinor: 1000, currency: 'INR' },
      },
      r5: null,
    })
  })

  test('of a sale that another one is of, too, reads it no second time', async () => {
    const asked: string[] = []
    const { body } = await (await shop(asked))('/refunds')
    const sales = asked.filter((range) => range.startsWith(rowKey('transactions', '')))
    expect(body.items.filter(({ sale: of }: { sale: object | null }) => of !== null)).toHaveLength(3)
    // Two orders: `o1`, of which two came back, and `o2`.
    expect(sales).toHaveLength(2)
    expect(new Set(sales).size).toBe(2)
  })

  test.each([
    ['/refunds?category=Kurtas', ['r5', 'r3', 'r2', 'r1'], 4],
    ['/refunds?product=Q', ['r4'], 1],
    ['/refunds?store=t', ['r4'], 1],
    ['/refunds?category=unknown', [], 0],
    ['/refunds?from=2026-03-09T00:00:00Z&product=P', ['r5', 'r3', 'r2'], 3],
  ])('%s is one of %j', async (path, ids, count) => {
    const { body } = await (await shop())(path)
    expect([idsOf(body), body.count, body.next]).toEqual([ids, count, null])
  })

  test('is in pages, of one category too', async () => {
    const get = await shop()
    const found: string[] = []
    for (let next: string | null = '', n = 0; next !== null && n < 9; n++) {
      const { body } = await get(`/refunds?category=Kurtas&limit=1${next === '' ? '' : `&next=${next}`}`)
      expect(body.items.length).toBeLessThanOrEqual(1)
      found.push(...idsOf(body))
      next = body.next
    }
    expect(found).toEqual(['r5', 'r3', 'r2', 'r1'])
  })
})

describe('/refunds/statistics', () => {
  test('are of the refunds whose order is known', async () => {
    const { body } = await (await shop())('/refunds/statistics')
    expect(body).toMatchObject({ read: 5, complete: true, refunds: 5, linked: 3 })
    expect([body.medianMs, body.p90Ms]).toEqual([4 * HOUR_MS, 24 * HOUR_MS])
    expect(body.byReason).toEqual([
      { reason: 'other', refunds: 4, linked: 2, medianMs: 2 * HOUR_MS, p90Ms: 4 * HOUR_MS },
      { reason: 'defective', refunds: 1, linked: 1, medianMs: 24 * HOUR_MS, p90Ms: 24 * HOUR_MS },
    ])
  })

  test('are of their own stores, and of none that is not', async () => {
    const get = await shop()
    expect((await get('/refunds/statistics', manager('t'))).body).toMatchObject({ refunds: 1, linked: 1 })
    expect((await get('/refunds/statistics?store=s', manager('t'))).status).toBe(404)
  })
})
