import { describe, expect, it } from 'vitest'
import type { ProductFigures } from '#core/api/product-figures.ts'
import { mainCurrency, otherCurrencies, prepareProducts } from './prepare-products.ts'

const money = (currency: string, goodsRevenue: number | null, grossRevenue = goodsRevenue) => ({
  [currency]: { grossRevenue, discounts: 0, refundAmount: 0, cancelledAmount: 0, goodsRevenue },
})
const product = (productId: string, of: object, more: Partial<ProductFigures> = {}): ProductFigures => ({
  ...{ productId, title: null, category: null, brand: null },
  ...{ units: 1, cancelledUnits: 0, refunds: 0, refundedUnits: 0, lastSoldOn: null, earlier: null },
  money: of as ProductFigures['money'],
  ...more,
})
const thenOf = (of: object) => ({
  ...{ units: 1, cancelledUnits: 0, refunds: 0, refundedUnits: 0 },
  money: of as ProductFigures['money'],
})

describe('the currency of the table', () => {
  it.each([
    [[], 'INR'],
    [[product('a', money('EUR', 5))], 'EUR'],
    [[product('a', money('EUR', 5)), product('b', money('INR', 1))], 'INR'],
    [[product('a', money('EUR', 5)), product('b', money('USD', 6))], 'USD'],
  ])('%#', (items, currency) => {
    expect(mainCurrency(items, 'INR')).toBe(currency)
  })

  it('leaves others out, and says which', () => {
    const items = [product('a', { ...money('EUR', 5), ...money('INR', 1) }), product('b', money('AED', 1))]
    expect(otherCurrencies(items, 'INR')).toEqual(['AED', 'EUR'])
    expect(prepareProducts(items, 'INR').map(({ net }) => net)).toEqual([1, 0])
  })
})

describe('rows', () => {
  it('come with the most net revenue first, then by id, with their part of all of it', () => {
    const rows = prepareProducts(
      [product('b', money('INR', 1)), product('c', money('INR', 6)), product('a', money('INR', 1))],
      'INR',
    )
    expect(rows.map(({ productId, share }) => [productId, share])).toEqual([
      ['c', 0.75],
      ['a', 0.125],
      ['b', 0.125],
    ])
  })

  it('have no share below zero, nor of nothing', () => {
    const rows = prepareProducts([product('a', money('INR', 4)), product('b', money('INR', -1))], 'INR')
    expect(rows.map(({ share }) => share)).toEqual([4 / 3, null])
    expect(prepareProducts([product('a', money('INR', 0))], 'INR')[0]!.share).toBeNull()
  })

  it.each([
    [money('INR', 110), thenOf(money('INR', 100)), 100, '+10 %'],
    [money('INR', 110), thenOf({}), 0, 'from 0'],
    [money('INR', null), thenOf(money('INR', 100)), 100, undefined],
    [money('INR', 110), null, null, undefined],
    [{}, thenOf(money('INR', 100)), 100, '−100 %'],
  ])('of %j after %j', (now, then, earlier, change) => {
    const [row] = prepareProducts([product('a', now, { earlier: then })], 'INR')
    expect([row!.earlier, row!.change?.text]).toEqual([earlier, change])
  })

  it('are named by their id where nobody has listed them', () => {
    expect(prepareProducts([product('a', {})], 'INR')[0]).toMatchObject({ title: 'a', category: '', brand: '' })
  })
})
