import { describe, expect, it } from 'vitest'
import { MAX_AMOUNT_MINOR } from '#core/events/money.ts'
import { simpleSource } from './simple-form.ts'

const INR = { currency: 'INR' }
const translate = (document: unknown, defaults = INR) => simpleSource('amazon').translate(document, defaults)
const good = (document: object, defaults = INR) => {
  const outcome = translate(document, defaults)
  if (!outcome.ok) expect.fail(JSON.stringify(outcome.problems))
  return outcome.value
}
const draft = (document: object, defaults = INR) => good(document, defaults).drafts[0]!
const problems = (document: unknown) => {
  const outcome = translate(document)
  return outcome.ok ? [] : outcome.problems
}
const fields = (document: unknown) => problems(document).map(({ field }) => field)
const ORDER = { eventType: 'ORDER_PLACED', productId: 'P', price: 999 }

describe('the simple form', () => {
  it.each([
    [
      'ORDER_PLACED',
      { price: 999, quantity: 2, orderId: 'O', customerId: 'asha@example.in' },
      'sale.recorded',
      { orderId: 'O', quantity: 2, unitPriceMinor: 99900, currency: 'INR', customer: 'asha@example.in' },
    ],
    ['ORDER_PLACED', { price: 0 }, 'sale.recorded', { quantity: 1, unitPriceMinor: 0, currency: 'INR' }],
    ['ORDER_CANCELLED', { orderId: 'O' }, 'sale.cancelled', { orderId: 'O', quantity: 1 }],
    [
      'ORDER_CANCELLED',
      { orderId: 'O', quantity: 3, price: '10.50', reason: 'too late', customerId: 'c' },
      'sale.cancelled',
      { orderId: 'O', quantity: 3, unitPriceMinor: 1050, currency: 'INR', reason: 'too late', customer: 'c' },
    ],
    ['RETURN', { orderId: 'O' }, 'sale.refunded', { orderId: 'O', quantity: 1, reason: 'other' }],
    ['RETURN', { price: 250 }, 'sale.refunded', { amountMinor: 25000, currency: 'INR', reason: 'other' }],
    [
      'RETURN',
      { orderId: 'O', price: 250, quantity: 2, reason: 'Defective' },
      'sale.refunded',
      { orderId: 'O', amountMinor: 25000, currency: 'INR', quantity: 2, reason: 'defective' },
    ],
    ['VIEW', { sessionId: 'S', customerId: 'c' }, 'product.viewed', { sessionId: 'S', customer: 'c' }],
    ['VIEW', {}, 'product.viewed', {}],
    ['CLICK', { sessionId: 'S' }, 'product.clicked', { sessionId: 'S' }],
    ['CART', { sessionId: 'S', quantity: 0 }, 'cart.changed', { cartId: 'S', quantity: 0 }],
    ['CART', {}, 'cart.changed', { quantity: 1 }],
    ['PRICE_CHANGED', { price: 12.5 }, 'price.changed', { priceMinor: 1250, currency: 'INR' }],
    ['STOCK_UPDATED', { quantity: 40, reason: 'fba' }, 'stock.counted', { level: 40, reason: 'fba' }],
    ['STOCK_UPDATED', { quantity: 0 }, 'stock.counted', { level: 0 }],
  ])('%s %j is %s', (eventType, rest, type, data) => {
    const occurredAt = '2026-03-02T10:00:00+05:30'
    expect(good({ eventType, productId: 'P', occurredAt, ...rest }).drafts).toStrictEqual([
      { type, storeId: 'amazon', occurredAt, data: { productId: 'P', ...data } },
    ])
  })

  it.each([
    [{ asin: 'A' }, 'A'],
    [{ skuId: 'S' }, 'S'],
    [{ productId: 'P' }, 'P'],
    [{ asin: 'A', skuId: 'S', productId: 'P' }, 'P'],
    [{ asin: 'A', skuId: 'S' }, 'S'],
  ])('names the product by %j', (names, productId) => {
    expect(draft({ eventType: 'VIEW', ...names }).data).toEqual({ productId })
  })

  it.each([
    [{}, 'amazon'],
    [{ region: 'IN' }, 'amazon-in'],
    [{ region: 'IN', storeId: 'dark-store-7' }, 'dark-store-7'],
    [{ storeId: 'dark-store-7' }, 'dark-store-7'],
  ])('%j happened in store %s', (place, storeId) => {
    expect(draft({ eventType: 'VIEW', productId: 'P', ...place }).storeId).toBe(storeId)
  })
})

describe('money in the simple form', () => {
  it.each([
    [{ price: 999 }, 99900, 'INR'],
    [{ price: '999' }, 99900, 'INR'],
    [{ price: 9.99, region: 'US' }, 999, 'USD'],
    [{ price: '9.99', region: 'us' }, 999, 'USD'],
    [{ price: 1.1, region: 'DE' }, 110, 'EUR'], // 1.1 * 100 is 110.00000000000001
    [{ price: 1980, region: 'JP' }, 1980, 'JPY'],
    [{ price: '1980.0', region: 'JP' }, 1980, 'JPY'],
    [{ price: 1.5, region: 'KW' }, 1500, 'KWD'],
    [{ price: '1.234', region: 'KW' }, 1234, 'KWD'],
    [{ price: 5, region: 'IN', currency: 'USD' }, 500, 'USD'],
    [{ price: '100000000000.00' }, MAX_AMOUNT_MINOR, 'INR'],
    [{ price: 100, quantity: 1e9 }, 10_000, 'INR'],
  ])('%j is %i %s', (money, unitPriceMinor, currency) => {
    expect(draft({ ...ORDER, ...money }).data).toMatchObject({ unitPriceMinor, currency })
  })

  it('is in the merchant’s own currency where nothing else is said', () => {
    expect(draft({ ...ORDER, price: 5 }, { currency: 'JPY' }).data).toMatchObject({
      unitPriceMinor: 5,
      currency: 'JPY',
    })
  })

  it.each([
    [{ price: 9.999 }, 'price'],
    [{ price: 9.9, region: 'JP' }, 'price'],
    [{ price: '1.2345', region: 'KW' }, 'price'],
    [{ price: -1 }, 'price'],
    [{ price: '-0.01' }, 'price'],
    [{ price: '1,000' }, 'price'],
    [{ price: 'free' }, 'price'],
    [{ price: '' }, 'price'],
    [{ price: '100000000000.01' }, 'price'],
    [{ price: 100.01, quantity: 1e9 }, 'quantity'],
    [{ price: 1e300 }, 'price'],
    [{ price: null }, 'price'],
    [{ price: 5, currency: 'RUPEES' }, 'currency'],
    [{ price: 5, region: 'XX' }, 'currency'],
    [{ price: 5, region: '__proto__' }, 'region'],
    [{ price: 5, region: 'constructor' }, 'currency'],
  ])('%j is refused for its %s', (money, field) => {
    expect(fields({ ...ORDER, ...money })).toEqual([field])
  })

  it('does not ask for the currency of an unknown region where there is no money', () => {
    expect(draft({ eventType: 'VIEW', productId: 'P', region: 'XX' }).storeId).toBe('amazon-xx')
  })
})

describe('what is wrong in the simple form', () => {
  it.each([
    [{}, ['eventType', 'productId']],
    [{ eventType: 'ORDER_LOST', productId: 'P' }, ['eventType']],
    [{ eventType: 'ORDER_PLACED' }, ['productId', 'price']],
    [{ eventType: 'ORDER_CANCELLED' }, ['productId', 'orderId']],
    [{ eventType: 'RETURN' }, ['productId', 'price']],
    [{ eventType: 'PRICE_CHANGED' }, ['productId', 'price']],
    [{ eventType: 'STOCK_UPDATED' }, ['productId', 'quantity']],
    [{ eventType: 'VIEW' }, ['productId']],
    [{ eventType: 'ORDER_PLACED', quantity: 0 }, ['productId', 'price', 'quantity']],
    [
      { eventType: 'ORDER_PLACED', quantity: 'two', occurredAt: 'today' },
      ['quantity', 'occurredAt', 'productId', 'price'],
    ],
    [{ ...ORDER, quantity: 0, price: -1 }, ['quantity', 'price']],
    [{ ...ORDER, quantity: 0, region: 'XX' }, ['quantity', 'currency']],
    [{ ...ORDER, price: -1, region: 'XX' }, ['price', 'currency']],
    // What the schema cannot ask is asked of the fields that it found right.
    [{ ...ORDER, price: 'abc', quantity: 0, occurredAt: 'bad' }, ['price', 'quantity', 'occurredAt']],
    [{ ...ORDER, price: 9.999, occurredAt: 'bad' }, ['price', 'occurredAt']],
    [{ ...ORDER, price: 9.999, currency: 'JPY', storeId: '' }, ['price', 'storeId']],
    [{ ...ORDER, price: 100.01, quantity: 1e9, storeId: '' }, ['quantity', 'storeId']],
    [{ ...ORDER, region: 'XX', storeId: '' }, ['currency', 'storeId']],
    [{ eventType: 'STOCK_UPDATED', productId: 'P', quantity: 0, occurredAt: 'bad' }, ['occurredAt']],
    [{ eventType: 'CART', productId: 'P', quantity: 1_000_001, occurredAt: 'bad' }, ['quantity', 'occurredAt']],
    // A wrong currency or region leaves open how many digits there may be, and nothing else.
    [{ ...ORDER, price: 'abc', currency: 'usd' }, ['price', 'currency']],
    [{ ...ORDER, price: -1, currency: 'usd', region: 'XX' }, ['price', 'currency']],
    [{ ...ORDER, price: 9.999, currency: 'usd', region: 'IN' }, ['currency']],
    [{ ...ORDER, price: 9.999, region: '' }, ['region']],
    [{ ...ORDER, price: 9.999, currency: 'EUR', region: '' }, ['price', 'region']],
    // Of what is no type of event, any quantity may be right.
    [{ ...ORDER, eventType: 'ORDER_LOST', quantity: 0 }, ['eventType']],
  ])('%j: every field', (document, expected) => {
    expect([...new Set(fields(document))].sort()).toEqual(expected.sort())
  })

  it('says why', () => {
    expect(problems({ eventType: 'ORDER_PLACED', quantity: 0 })).toEqual([
      { field: 'productId', message: 'is missing: name the product as productId, skuId or asin' },
      { field: 'price', message: 'is missing: an order has a price' },
      { field: 'quantity', message: 'must be 1 or more' },
    ])
  })

  it.each([[null], [true], ['abc'], [''], ['1,000'], [' 5'], ['0x10'], [{}]])('what a price is, for %j', (price) => {
    expect(problems({ ...ORDER, price })).toEqual([
      { field: 'price', message: 'must be a decimal number or text such as 9.99' },
    ])
  })

  it.each([[null], [[]], ['ORDER_PLACED'], [7]])('%j is no document', (document) => {
    expect(fields(document)).toEqual([''])
  })

  it.each([
    [{ quantity: -1 }, 'quantity'],
    [{ quantity: 1.5 }, 'quantity'],
    [{ quantity: 1_000_000_001 }, 'quantity'],
    [{ orderId: '' }, 'orderId'],
    [{ orderId: 'a\u0001b' }, 'orderId'],
    [{ storeId: 'a\nb' }, 'storeId'],
    [{ region: '' }, 'region'],
    [{ region: 'I\u0001N' }, 'region'],
    [{ region: 'x'.repeat(101) }, 'region'],
    [{ occurredAt: '2026-03-02T10:00:00' }, 'occurredAt'],
    [{ customerId: '' }, 'customerId'],
  ])('%j is refused for its %s', (wrong, field) => {
    expect(new Set(fields({ ...ORDER, ...wrong }))).toEqual(new Set([field]))
  })

  it('refuses a cart of more than the consumer could read', () => {
    expect(fields({ eventType: 'CART', productId: 'P', quantity: 1_000_000 })).toEqual([])
    expect(fields({ eventType: 'CART', productId: 'P', quantity: 1_000_001 })).toEqual(['quantity'])
  })
})

describe('the identity of a document of the simple form', () => {
  const idOf = (document: object) => good({ productId: 'P', price: 1, ...document }).providerId

  it('is the event’s own id', () => {
    expect(idOf({ eventType: 'VIEW', eventId: 'e' })).toBe(idOf({ eventType: 'CLICK', eventId: 'e', orderId: 'O' }))
    expect(idOf({ eventType: 'VIEW', eventId: 'e' })).not.toBe(idOf({ eventType: 'VIEW', eventId: 'f' }))
  })

  it('else is the order, its store, its product and what became of it', () => {
    const order = { eventType: 'ORDER_PLACED', orderId: 'O' }
    expect(idOf(order)).toBe(idOf({ ...order, price: 2, quantity: 9, occurredAt: '2026-03-02T10:00:00Z' }))
    const others = [
      idOf({ ...order, orderId: 'O2' }),
      idOf({ ...order, productId: 'P2' }),
      idOf({ ...order, storeId: 'elsewhere' }),
      idOf({ ...order, eventType: 'ORDER_CANCELLED' }),
      idOf({ ...order, eventType: 'RETURN' }),
      idOf({ ...order, eventId: 'O' }),
    ]
    expect(new Set([idOf(order), ...others]).size).toBe(7)
  })

  it('is not mistaken for another’s where ids hold any printable sign', () => {
    const order = { eventType: 'ORDER_PLACED' }
    expect(idOf({ ...order, orderId: 'a:b', productId: 'c' })).not.toBe(
      idOf({ ...order, orderId: 'a', productId: 'b:c' }),
    )
  })

  it.each([
    [{ eventType: 'ORDER_PLACED' }],
    [{ eventType: 'VIEW', orderId: 'O' }],
    [{ eventType: 'CART', sessionId: 'S' }],
    [{ eventType: 'STOCK_UPDATED', quantity: 4, orderId: 'O' }],
  ])('is none for %j: each is new', (document) => {
    expect(idOf(document)).toBeUndefined()
  })
})
