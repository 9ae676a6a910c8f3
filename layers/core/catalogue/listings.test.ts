import { describe, expect, it } from 'vitest'
import { fold, type Happening } from '#test/fakes/engine-in-test.ts'
import { currencyOf, zoneOf } from './listings.ts'

const AT = '2026-03-02T10:00:00Z'
const LATER = '2026-03-02T10:05:00Z'
const sold = (productId: string, storeId: string, at = AT): Happening => ({
  type: 'sale.recorded',
  at,
  storeId,
  data: { orderId: 'O', productId, quantity: 1, unitPriceMinor: 1, currency: 'INR' },
})
const listed = (productId: string, title = productId): Happening => ({
  type: 'product.listed',
  at: LATER,
  storeId: '-',
  data: { productId, title },
})
const opened = (storeId: string, data: object = {}): Happening => ({
  type: 'store.listed',
  at: LATER,
  storeId,
  data: { name: storeId, ...data },
})

describe('listings', () => {
  it('are what was said last, whole, in every shard', async () => {
    const first = { productId: 'P', title: 'Kurta', brand: 'Asha' }
    const engine = await fold(
      [
        { ...listed('P'), data: first },
        listed('P', 'Cotton kurta'),
        opened('jaipur', { timeZone: 'Asia/Kolkata' }),
        opened('jaipur'),
      ],
      { shards: 2 },
    )
    const product = { productId: 'P', title: 'Cotton kurta' }
    expect(await engine.rows('product-listings')).toEqual({ '0/m/P': product, '1/m/P': product })
    expect(await engine.rows('store-listings')).toEqual({
      '0/m/jaipur': { name: 'jaipur' },
      '1/m/jaipur': { name: 'jaipur' },
    })
  })
})

describe('what nobody has listed', () => {
  it('is remembered since it was first traded, product by product and store by store', async () => {
    const engine = await fold([sold('P', 'a'), sold('Q', 'a', LATER), sold('P', 'b', LATER)])
    const [since, later] = [{ since: Date.parse(AT) }, { since: Date.parse(LATER) }]
    expect(await engine.rows('unlisted-products')).toEqual({ 'm/P/0': since, 'm/Q/0': later })
    expect(await engine.rows('unlisted-stores')).toEqual({ 'm/a/0': since, 'm/b/0': later })
  })

  it('is so no more once it is listed', async () => {
    const engine = await fold([
      sold('P', 'a'),
      sold('Q', 'a'),
      listed('P'),
      opened('a'),
      sold('P', 'a'),
      sold('Q', 'a'),
    ])
    expect(Object.keys(await engine.rows('unlisted-products'))).toEqual(['m/Q/0'])
    expect(await engine.rows('unlisted-stores')).toEqual({})
  })

  it('is not what was listed beforehand, or is only looked at', async () => {
    const view = { type: 'product.viewed', at: AT, data: { productId: 'R' } }
    const engine = await fold([listed('P'), opened('a'), sold('P', 'a'), view])
    expect(await engine.rows('unlisted-products')).toEqual({})
    expect(await engine.rows('unlisted-stores')).toEqual({})
  })
})

it('knows every store that anything happened in', async () => {
  const view = { type: 'product.viewed', at: AT, storeId: 'web', data: { productId: 'R' } }
  const engine = await fold([sold('P', 'a'), sold('P', 'a', LATER), view, opened('b')])
  expect(Object.keys(await engine.rows('known-stores'))).toEqual(['m/a/0', 'm/b/0', 'm/web/0'])
})

describe('a store', () => {
  const settings = { values: { timeZone: 'Asia/Kolkata', currency: 'USD' }, categories: {} }

  it('is in its own zone and currency, else in its merchant’s, else in the default ones', () => {
    expect(zoneOf({ timeZone: 'Asia/Tokyo' }, settings)).toBe('Asia/Tokyo')
    expect(zoneOf({}, settings)).toBe('Asia/Kolkata')
    expect(zoneOf({}, { values: {}, categories: {} })).toBe('UTC')
    expect(currencyOf({ currency: 'JPY' }, settings)).toBe('JPY')
    expect(currencyOf({}, settings)).toBe('USD')
    expect(currencyOf({}, { values: {}, categories: {} })).toBe('INR')
  })
})
