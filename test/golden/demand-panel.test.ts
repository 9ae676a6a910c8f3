/** What training and forecasting read of a warehouse, value by value. */
import { expect, onTestFinished, test } from 'vitest'
import { isoDay, PLANNED_DAYS } from '#core/demand/demand-panel.ts'
import type { Happening } from '#test/fakes/engine-in-test.ts'
import { DemandShop } from './demand-shop.ts'

const sale = (order: string, at: string, productId: string, quantity: number, storeId = 's'): Happening => ({
  type: 'sale.recorded',
  at: `2026-03-${at}Z`,
  storeId,
  data: { orderId: order, productId, quantity, unitPriceMinor: 250, currency: 'INR' },
})
const listing = (productId: string, at: string, data: object): Happening => ({
  type: 'product.listed',
  at: `2026-03-${at}Z`,
  data: { productId, title: productId, ...data },
})
const stock = (type: string, at: string, data: object): Happening => ({ type, at: `2026-03-${at}Z`, data })

async function shopWith(...happenings: readonly Happening[]): Promise<DemandShop> {
  const shop = new DemandShop()
  onTestFinished(shop.close)
  await shop.engine.take(...happenings)
  await shop.night('2026-03-06T08:00:00Z')
  return shop
}
const known = (values: Float64Array | undefined) => values && [...values.subarray(0, 5)]

test('units and orders by day, in the order of store and product; days to come are unknown', async () => {
  const shop = await shopWith(
    listing('tea', '01T08:00:00', { category: 'food', subCategory: 'drinks' }),
    sale('a', '01T10:00:00', 'tea', 2),
    sale('b', '01T11:00:00', 'tea', 3),
    sale('c', '03T10:00:00', 'tea', 1),
    sale('c', '03T10:00:00', 'cup', 9, 't'),
    { type: 'sale.cancelled', at: '2026-03-03T12:00:00Z', data: { orderId: 'c', productId: 'tea', quantity: 1 } },
    sale('today', '06T01:00:00', 'tea', 50),
  )
  const read = (await shop.panel())!
  const { panel } = read
  expect(read).toMatchObject({ known: 5, leftOut: 0 })
  expect([isoDay(panel, 0), panel.days]).toEqual(['2026-03-01', 5 + PLANNED_DAYS])
  expect(panel.series.map(({ product, store, categories }) => [store, product, ...categories])).toEqual([
    ['s', 'tea', 'food', 'drinks'],
    ['t', 'cup', '', ''],
  ])
  const [tea, cup] = panel.series
  expect([known(tea!.units), known(tea!.orders)]).toEqual([
    [5, 0, 1, 0, 0],
    [2, 0, 1, 0, 0],
  ])
  expect(known(cup!.units)).toEqual([0, 0, 9, 0, 0])
  for (const { units, orders } of panel.series)
    for (const values of [units, orders!]) expect(values.subarray(5).every(Number.isNaN)).toBe(true)
  expect([tea!.stockout, tea!.price]).toEqual([undefined, undefined])
  expect(await shop.objects.list('scratch/')).toEqual([])
})

test('days without stock by the share of their minutes; none where more was sold than was known to be there', async () => {
  const shop = await shopWith(
    stock('stock.counted', '01T08:00:00', { productId: 'tea', level: 4 }),
    sale('a', '01T10:00:00', 'tea', 1),
    sale('b', '02T18:00:00', 'tea', 3),
    sale('c', '04T10:00:00', 'tea', 2),
    stock('stock.received', '05T09:00:00', { productId: 'tea', quantity: 10 }),
    sale('d', '05T10:00:00', 'tea', 1),
  )
  const [tea] = (await shop.panel())!.panel.series
  expect(known(tea!.units)).toEqual([1, 3, 0, 2, 1])
  expect(known(tea!.stockout)).toEqual([0, 0.25, 1, 0, 9 / 24])
})

test('list prices that changed, over the first', async () => {
  const shop = await shopWith(
    listing('tea', '01T08:00:00', { basePriceMinor: 200, currency: 'INR' }),
    listing('cup', '01T08:00:00', { basePriceMinor: 500, currency: 'INR' }),
    sale('a', '01T10:00:00', 'tea', 2),
    sale('b', '01T10:00:00', 'cup', 1),
    listing('tea', '04T08:00:00', { basePriceMinor: 150, currency: 'INR' }),
  )
  const [cup, tea] = (await shop.panel())!.panel.series
  expect(known(tea!.price)).toEqual([1, 1, 1, 0.75, 0.75])
  expect(known(cup!.price)).toEqual([1, 1, 1, 1, 1])
})

test('of more series than are wanted a sample that is even over stores, and of other products in each', async () => {
  const [stores, products] = [4, 24]
  const sales = Array.from({ length: stores * products }, (_, k) =>
    sale(`o${k}`, '02T10:00:00', `p${10 + (k % products)}`, 1, `s${Math.floor(k / products)}`),
  )
  const shop = await shopWith(...sales)
  const sampled = async (most: number) => {
    const { panel, leftOut } = (await shop.panel(most))!
    expect(panel.series).toHaveLength(most)
    expect(leftOut).toBe(stores * products - most)
    expect(panel.series.map(({ id }) => id)).toEqual(panel.series.map(({ id }) => id).toSorted())
    const perStore = [...Map.groupBy(panel.series, ({ store }) => store).values()].map((its) => its.length)
    return { perStore, products: new Set(panel.series.map(({ product }) => product)).size }
  }
  const { perStore, products: found } = await sampled(24)
  for (const count of perStore) expect(Math.abs(count - 6)).toBeLessThanOrEqual(2)
  expect(found).toBeGreaterThan(14)
  expect(await sampled(95)).toMatchObject({ products })
  expect(await sampled(96)).toEqual({ perStore: [24, 24, 24, 24], products })
})

test('to forecast every series is in one panel: whole stores together, a large one in even pieces', async () => {
  const sold = { a: 2, b: 1, c: 5, d: 1, e: 1 }
  const sales = Object.entries(sold).flatMap(([store, products]) =>
    Array.from({ length: products }, (_, k) => sale(`${store}${k}`, '02T10:00:00', `p${k}`, 1 + k, store)),
  )
  const shop = await shopWith(...sales)
  const panels = async (most: number) =>
    (await shop.panels(most)).map(({ panel }) =>
      panel.series.map(({ store, product }) => `${store}${product.slice(1)}`),
    )
  expect(await panels(3)).toEqual([
    ['a0', 'a1', 'b0'],
    ['c0', 'c1', 'c2'],
    ['c3', 'c4'],
    ['d0', 'e0'],
  ])
  const all = [['a0', 'a1', 'b0', 'c0', 'c1', 'c2', 'c3', 'c4', 'd0', 'e0']]
  expect(await panels(10)).toEqual(all)
  expect((await panels(1)).flat()).toEqual(all.flat())
  for (const { known, panel } of await shop.panels(3))
    for (const { units } of panel.series) expect(units.subarray(0, known).filter((value) => value > 0)).toHaveLength(1)
  expect(await shop.objects.list('scratch/')).toEqual([])
})

test('holidays are known beforehand', async () => {
  const currency = { name: 'currency', value: 'INR', changedBy: 'owner' }
  const set = { type: 'setting.changed', at: '2026-03-01T00:00:00Z', storeId: '-', data: currency }
  const { panel } = (await (await shopWith(set, sale('a', '02T10:00:00', 'tea', 1))).panel())!
  const days = [...panel.series[0]!.holiday!.entries()].filter(([, on]) => on === 1).map(([day]) => isoDay(panel, day))
  expect(days).toContain('2026-03-04')
  expect(days.every((day) => day >= '2026-03-01' && day <= '2026-04-11')).toBe(true)
})

test('nothing sold: no panel', async () => {
  const shop = await shopWith(stock('stock.received', '01T08:00:00', { productId: 'tea', quantity: 1 }))
  expect([await shop.panel(), await shop.panels()]).toEqual([undefined, []])
})
