/** Every figure is of the window that it states, or is said to be unknown: through the doors, whole. */
import { describe, expect, it } from 'vitest'
import { ShopInTest } from './shop-in-test.ts'

const store = (storeId: string, data: object) => ({ type: 'store.listed', storeId, data: { name: storeId, ...data } })
const sale = (orderId: string, occurredAt: string, more: object = {}, storeId = 'shop') => ({
  type: 'sale.recorded',
  storeId,
  occurredAt,
  data: { orderId, productId: 'P', quantity: 1, unitPriceMinor: 100, currency: 'INR', ...more },
})
const refundOf = (refundId: string) => ({
  type: 'sale.refunded',
  storeId: 'shop',
  data: { refundId, productId: 'P', amountMinor: 20, currency: 'INR', reason: 'defective' },
})
const valuesOf = (figures: Record<string, { value: number | null }>) =>
  Object.fromEntries(Object.entries(figures).map(([measure, { value }]) => [measure, value]))
async function shopWith(at: string, ...events: object[]): Promise<ShopInTest> {
  const shop = new ShopInTest()
  const { status, body } = await shop.send({ at, POST: '/collect', body: { events } })
  expect(status, JSON.stringify(body)).toBe(202)
  return shop
}

describe('a figure', () => {
  it('active customers by the minute are counted, or said to be unknown: not zero', async () => {
    const at = '2026-03-02T10:00:00Z'
    const shop = await shopWith(at, sale('O', at, { customer: 'c' }))
    const path = '/metrics/series?measure=activeCustomers&window=minute&from=2026-03-02T10:00:00Z'
    const { body } = await shop.send({ at: '2026-03-02T10:20:00Z', GET: path })
    expect(body.series[0].values[0]).toBe(1)
    expect(body.series[0].values[1]).toBe(0)
    const { body: ofStore } = await shop.send({ at: '2026-03-02T10:20:00Z', GET: `${path}&store=shop` })
    expect(new Set(ofStore.series[0].values)).toEqual(new Set([null]))
  })

  it('active customers of the day before are counted up to the same minute', async () => {
    const bought = '2026-03-01T10:03:00Z'
    const shop = await shopWith(bought, sale('O', bought, { customer: 'c' }))
    const { body } = await shop.send({ at: '2026-03-02T10:07:00Z', GET: '/metrics' })
    expect(body.counts.orders.dayEarlier).toBe(1)
    expect(body.counts.activeCustomers.dayEarlier).toBe(1)
    // A store's minutes do not remember who bought: quarters of an hour do.
    for (const [minute, expected] of [
      ['07', null],
      ['15', 1],
    ]) {
      const { body: ofStore } = await shop.send({ at: `2026-03-02T10:${minute}:00Z`, GET: '/metrics?store=shop' })
      expect(ofStore.counts.orders.dayEarlier).toBe(1)
      expect(ofStore.counts.activeCustomers.dayEarlier).toBe(expected)
    }
  })

  it('what product cells do not hold is not said to be zero of a product', async () => {
    const at = '2026-03-02T10:00:00Z'
    const view = { type: 'product.viewed', storeId: 'shop', data: { productId: 'P' } }
    const shop = await shopWith(at, sale('O', at, { customer: 'c' }), view)
    const { body } = await shop.send({ at, GET: '/metrics?product=P' })
    expect(body.counts.units.value).toBe(1)
    for (const measure of ['orders', 'conversion', 'activeCustomers']) expect(body.counts[measure].value).toBeNull()
  })

  it('a region’s figures are of the window that they say, where its stores have other days', async () => {
    const before = '2026-03-01T20:00:00Z' // the 2nd in Kolkata, the 1st for the merchant, who is in UTC
    const shop = await shopWith(before, store('kolkata', { region: 'east', timeZone: 'Asia/Kolkata' }))
    await shop.send({ at: before, POST: '/collect', body: { events: [sale('O', before, {}, 'kolkata')] } })
    const { body } = await shop.send({ at: '2026-03-02T12:00:00Z', GET: '/metrics?region=east' })
    expect(body.window.from).toBe('2026-03-02T00:00:00.000Z')
    expect(body.counts.orders.value).toBe(0)
  })

  it('hours of a day of which only the day is kept are unknown, not each the whole day', async () => {
    const long = '2025-03-02T10:30:00Z'
    const shop = await shopWith('2026-03-02T10:00:00Z', sale('O', long))
    const path = '/metrics/series?window=hour&from=2025-03-02T08:00:00Z&to=2025-03-02T12:00:00Z'
    const { body } = await shop.send({ at: '2026-03-02T10:00:00Z', GET: path })
    expect(body.series[0].values).toEqual([null, null, null, null])
  })

  it('figures that had to grow to whole days say of which window they are', async () => {
    const long = '2025-03-02T10:30:00Z'
    const shop = await shopWith('2026-03-02T10:00:00Z', sale('O', long))
    const path = '/metrics?from=2025-03-02T15:00:00Z&to=2025-03-02T16:00:00Z'
    const { body } = await shop.send({ at: '2026-03-02T10:00:00Z', GET: path })
    const isWhole = body.window.from === '2025-03-02T00:00:00.000Z'
    expect(body.counts.orders.value === 0 || isWhole).toBe(true)
  })

  it('of every measure and scope is true or unknown', async () => {
    const at = '2026-03-02T10:00:00Z'
    const shop = await shopWith(
      '2026-03-02T09:00:00Z',
      store('shop', { region: 'east' }),
      { type: 'product.listed', storeId: 'shop', data: { productId: 'P', title: 'Pen', category: 'c', brand: 'b' } },
      { type: 'cart.changed', storeId: 'shop', data: { productId: 'P', cartId: 'left', quantity: 1 } },
      { type: 'cart.changed', storeId: 'shop', data: { productId: 'P', quantity: 1 } },
      { type: 'product.viewed', storeId: 'shop', data: { productId: 'P' } },
      { type: 'product.viewed', storeId: 'shop', data: { productId: 'P' } },
      { type: 'product.clicked', storeId: 'shop', data: { productId: 'P' } },
      { type: 'stock.received', storeId: 'shop', data: { productId: 'P', quantity: 1 } },
      sale('O', '2026-03-02T09:00:00Z', { customer: 'c', discountMinor: 10, taxMinor: 5 }),
      {
        type: 'charge.recorded',
        storeId: 'shop',
        data: { orderId: 'O', code: 'POST', amountMinor: 7, currency: 'INR' },
      },
      refundOf('R'),
      { type: 'sale.cancelled', storeId: 'shop', data: { orderId: 'O', productId: 'P', quantity: 1 } },
    )
    const goods = { units: 1, refunds: 1, views: 2, clicks: 1, stockOuts: 1, late: 0 }
    const papers = { orders: 1, cancellations: 1, documents: 1, carts: 2, abandonedCarts: 1, conversion: 0.5 }
    const people = { activeCustomers: 1, newCustomers: 1 }
    const unknown = Object.fromEntries(Object.keys({ ...papers, ...people }).map((measure) => [measure, null]))
    const paid = { grossRevenue: 100, discounts: 10, tax: 5, refundAmount: 20, cancelledAmount: 90, goodsRevenue: -20 }
    const whole = { ...paid, charges: 7, chargeReversals: 0, netRevenue: -13, averageOrderValue: 90 }
    const part = { ...paid, charges: 0, chargeReversals: 0, netRevenue: -20, averageOrderValue: null }
    for (const scope of ['', 'store=shop', 'region=east', 'category=c', 'brand=b', 'product=P']) {
      const { body } = await shop.send({ at, GET: `/metrics?${scope}` })
      const ofProducts = /category|brand|product/.test(scope)
      expect(valuesOf(body.counts), scope).toEqual(
        ofProducts ? { ...goods, ...unknown } : { ...goods, ...papers, ...people },
      )
      expect(valuesOf(body.money.INR), scope).toEqual(ofProducts ? part : whole)
      expect(body.activeCustomersExact).toBe(ofProducts ? null : true)
    }
    const inSeries = async (measure: string, by: string) => {
      const path = `/metrics/series?window=day&measure=${measure}&by=${by}&from=2026-03-02T00:00:00Z`
      const { body } = await shop.send({ at, GET: path })
      return body.series[0].values[0]
    }
    for (const by of ['total', 'store', 'region', 'category', 'brand', 'product']) {
      const ofProducts = by === 'category' || by === 'brand' || by === 'product'
      const expected = ofProducts ? { ...goods, ...unknown, ...part } : { ...goods, ...papers, ...people, ...whole }
      const found = Object.keys(expected).map(async (measure) => [measure, await inSeries(measure, by)])
      expect(Object.fromEntries(await Promise.all(found)), by).toEqual(expected)
    }
  })

  it('by store and day is of the buckets that it stands in, wherever the store is', async () => {
    const evening = '2026-03-01T20:00:00Z' // the 2nd in Kolkata
    const shop = await shopWith(evening, store('kolkata', { region: 'east', timeZone: 'Asia/Kolkata' }))
    await shop.send({ at: evening, POST: '/collect', body: { events: [sale('O', evening, {}, 'kolkata')] } })
    for (const by of ['store', 'region']) {
      const path = `/metrics/series?measure=orders&by=${by}&window=day&from=2026-03-01T00:00:00Z`
      const soon = await shop.send({ at: '2026-03-03T12:00:00Z', GET: path })
      expect(soon.body.series[0].values, by).toEqual([1, 0, 0])
      // When only days are kept, days in Kolkata do not make up days in UTC.
      const late = await shop.send({ at: '2026-12-01T00:00:00Z', GET: `${path}&to=2026-03-04T00:00:00Z` })
      expect(late.body.series[0].values, by).toEqual([null, null, null])
    }
    const asked = 'from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z'
    const late = await shop.send({ at: '2026-12-01T00:00:00Z', GET: `/metrics?region=east&${asked}` })
    expect(late.body.counts.orders.value).toBeNull()
    const itsOwn = await shop.send({ at: '2026-12-01T00:00:00Z', GET: `/metrics?store=kolkata&${asked}` })
    expect(itsOwn.body.window).toMatchObject({ from: '2026-02-28T18:30:00.000Z', to: '2026-03-02T18:30:00.000Z' })
    expect(itsOwn.body.counts.orders.value).toBe(1)
  })

  it('that is too much to be said exactly is unknown, and takes no other with it', async () => {
    const at = '2026-03-02T10:00:00Z'
    const shop = new ShopInTest()
    const most = { unitPriceMinor: 10_000_000_000_000 }
    for (const day of ['01', '02']) {
      const events = Array.from({ length: 500 }, (_, i) => sale(`${day}-${i}`, `2026-03-${day}T09:00:00Z`, most))
      await shop.send({ at, POST: '/collect', body: { events } })
    }
    const { status, body } = await shop.send({ at, GET: '/metrics?from=2026-03-01T00:00:00Z' })
    expect(status).toBe(200)
    expect(body.counts.orders.value).toBe(1000)
    expect(body.money.INR.grossRevenue).toEqual({ value: null, dayEarlier: 5e15, weekEarlier: 0 })
  })
})
