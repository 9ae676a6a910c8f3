/** Figures by product: whole in every page, beside an earlier span, and of some stores as far as it is kept. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ProductFigures } from '#core/api/product-figures.ts'
import type { Viewer } from '#core/ports.ts'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const NOW = '2026-03-10T12:00:00Z'
const manager = (...stores: string[]): Viewer => ({ ...ownerOf('m'), role: 'store-manager', stores })
const JUST = 'from=2026-03-09T00:00:00Z&earlierFrom=2026-03-07T00:00:00Z&earlierTo=2026-03-08T12:00:00Z'

let papers = 0
const sale = (productId: string, at: string, unitPriceMinor: number, storeId = 's', currency = 'INR'): Happening => ({
  type: 'sale.recorded',
  at,
  storeId,
  data: { orderId: `o${++papers}`, productId, quantity: 2, unitPriceMinor, discountMinor: 1, currency },
})

async function shopWith(...events: readonly Happening[]) {
  const engine = new EngineInTest({ shards: 2 })
  await engine.take(...events)
  const ports = portsInTest({ state: engine.store, log: new MemoryEventLog(2), clock: new FixedClock(NOW) })
  return async (search: string, viewer = ownerOf('m')) => {
    const query = Object.fromEntries(new URLSearchParams(search))
    return ask(handler, ports, 'GET /metrics/products', { viewer, query })
  }
}
const shop = () =>
  shopWith(
    {
      type: 'product.listed',
      at: '2026-03-01T00:00:00Z',
      storeId: '-',
      data: { productId: 'P', title: 'Kurta', category: 'Kurtas', brand: 'Asha' },
    },
    sale('P', '2026-03-07T10:00:00Z', 100),
    sale('P', '2026-03-08T13:00:00Z', 200),
    sale('P', '2026-03-09T10:00:00Z', 300),
    sale('P', '2026-03-10T10:00:00Z', 400, 't'),
    sale('Q', '2026-03-09T10:00:00Z', 500, 's', 'USD'),
    { type: 'product.viewed', at: '2026-03-10T11:00:00Z', data: { productId: 'R' } },
    {
      type: 'sale.refunded',
      at: '2026-03-10T11:00:00Z',
      data: { refundId: 'r', productId: 'P', quantity: 1, amountMinor: 50, currency: 'INR', reason: 'other' },
    },
  )
const netOf = ({ items }: { items: ProductFigures[] }) =>
  items.map(({ productId, money }) => [
    productId,
    ...Object.entries(money).flatMap(([code, of]) => [code, of.goodsRevenue]),
  ])

describe('figures by product', () => {
  test('are of the span and of an earlier one', async () => {
    const { body } = await (await shop())(JUST)
    expect(body.window.from).toBe('2026-03-09T00:00:00.000Z')
    expect(body.earlier).toMatchObject({ from: '2026-03-07T00:00:00.000Z', to: '2026-03-08T12:00:00.000Z' })
    const money = { grossRevenue: 1400, discounts: 2, refundAmount: 50, cancelledAmount: 0, goodsRevenue: 1348 }
    expect(body.items[0]).toMatchObject({
      ...{ productId: 'P', title: 'Kurta', category: 'Kurtas', brand: 'Asha', lastSoldOn: '2026-03-10' },
      ...{ units: 4, refunds: 1, refundedUnits: 1, money: { INR: money } },
      earlier: { units: 2, refunds: 0, money: { INR: { goodsRevenue: 199 } } },
    })
    expect(netOf(body)).toEqual([
      ['P', 'INR', 1348],
      ['Q', 'USD', 999],
    ])
  })

  test.each([
    ['', [['P', 'INR', 749]]],
    ['category=Kurtas&from=2026-03-09T00:00:00Z', [['P', 'INR', 1348]]],
    ['product=Q&from=2026-03-09T00:00:00Z', [['Q', 'USD', 999]]],
    ['brand=unknown', []],
    ['store=t', [['P', 'INR', 799]]],
  ])('%s', async (search, expected) => {
    const { body } = await (await shop())(search)
    expect([netOf(body), body.next]).toEqual([expected, null])
  })

  test('of some stores are those of today, and of nothing else', async () => {
    const get = await shop()
    expect(netOf((await get('', manager('t'))).body)).toEqual([['P', 'INR', 799]])
    expect((await get('from=2026-03-09T00:00:00Z', manager('t'))).status).toBe(422)
    expect((await get('store=s', manager('t'))).status).toBe(404)
  })

  test.each([
    ['earlierFrom=2026-03-07T00:00:00Z', 'earlierTo'],
    ['earlierTo=2026-03-07T00:00:00Z', 'earlierFrom'],
    ['earlierFrom=2026-03-07T00:00:00Z&earlierTo=2026-03-07T00:00:00Z', 'earlierFrom'],
    ['store=s&category=c', 'category'],
    ['limit=0', 'limit'],
  ])('%s is refused by its name', async (search, field) => {
    const { status, body } = await (await shop())(search)
    expect([status, body.problems[0].field]).toEqual([422, field])
  })

  test('are the same in pages of any size', async () => {
    const sold = fc.record({
      productId: fc.constantFrom('a', 'b', 'c', 'd', 'é', '\u{1f457}', 'z'),
      day: fc.integer({ min: 0, max: 9 }),
      price: fc.integer({ min: 1, max: 99 }),
      storeId: fc.constantFrom('s', 't', 'u'),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(sold, { maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (all, limit, ofPrice) => {
          const sales = all.map(({ productId, day, price, storeId }) =>
            sale(productId, `2026-03-${String(day + 1).padStart(2, '0')}T09:00:00Z`, price, storeId),
          )
          const get = await shopWith(...sales)
          const span = ofPrice ? 'from=2026-03-01T00:00:00Z' : 'from=2026-03-09T00:00:00Z'
          const { body: whole } = await get(span)
          const found: ProductFigures[] = []
          for (let next: string | null = '', n = 0; next !== null; n++) {
            expect(n).toBeLessThan(40)
            const { body } = await get(`${span}&limit=${limit}${next === '' ? '' : `&next=${next}`}`)
            expect(body.items.length).toBeLessThanOrEqual(limit)
            found.push(...body.items)
            next = body.next
          }
          expect(found).toEqual(whole.items)
          const units = found.reduce((sum, item) => sum + item.units, 0)
          expect(units).toBe(2 * all.filter(({ day }) => ofPrice || day >= 8).length)
        },
      ),
      { numRuns: 60 },
    )
  })
})
