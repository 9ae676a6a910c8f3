import { describe, expect, it } from 'vitest'
import { MAX_AMOUNT_MINOR } from '#core/events/money.ts'
import { CannotApplyError, type Folded } from '#core/projection.ts'
import { book, type OrderLines } from './booked.ts'
import { withLine } from './orders.ts'

const eventOf = (type: string, data: object): Folded => ({
  id: 'e1',
  merchantId: 'm',
  storeId: 's',
  source: 'test',
  type,
  at: 1000,
  receivedAt: 2000,
  businessDate: '1970-01-01',
  shard: 0,
  data,
})
const booked = (type: string, data: object, lines: OrderLines = []) => book(eventOf(type, data), lines, {})
const SOLD = { orderId: 'O', productId: 'P', quantity: 1, unitPriceMinor: 100, currency: 'INR' }
/** Lines of an order after these sales. */
const orderOf = (...sales: Partial<typeof SOLD & { discountMinor: number }>[]): OrderLines =>
  sales.reduce<OrderLines>((lines, sale) => withLine(lines, { ...SOLD, ...sale }), [])

describe('a sale', () => {
  it('is booked as it stands, before its discount', () => {
    const sale = {
      ...SOLD,
      quantity: 3,
      discountMinor: 20,
      taxMinor: 5,
      channel: 'web',
      paymentMethod: 'upi',
      customer: 'c',
    }
    expect(book(eventOf('sale.recorded', sale), [], { orders: 1 })).toEqual({
      kind: 'sale',
      orderId: 'O',
      productId: 'P',
      quantity: 3,
      amountMinor: 300,
      discountMinor: 20,
      taxMinor: 5,
      currency: 'INR',
      reason: undefined,
      customer: 'c',
      channel: 'web',
      paymentMethod: 'upi',
      reversal: false,
      counts: { orders: 1 },
    })
  })

  it.each([
    [1, MAX_AMOUNT_MINOR, true],
    [2, MAX_AMOUNT_MINOR / 2, true],
    [2, MAX_AMOUNT_MINOR / 2 + 1, false],
    [1e9, 10_000, true],
    [1e9, 10_001, false],
  ])('of %i at %i can be counted: %j', (quantity, unitPriceMinor, isSafe) => {
    const sell = () => booked('sale.recorded', { ...SOLD, quantity, unitPriceMinor })?.amountMinor
    if (isSafe) expect(sell()).toBe(quantity * unitPriceMinor)
    else expect(sell).toThrow(CannotApplyError)
  })
})

describe('a cancellation', () => {
  const cancelled = (data: object, lines?: OrderLines) =>
    booked('sale.cancelled', { orderId: 'O', productId: 'P', quantity: 1, ...data }, lines)

  it.each<[string, object, OrderLines, object]>([
    ['its own price', { quantity: 2, unitPriceMinor: 90, currency: 'USD' }, [], { amountMinor: 180, currency: 'USD' }],
    ['its own price, whatever the order', { unitPriceMinor: 90, currency: 'USD' }, orderOf({}), { amountMinor: 90 }],
    [
      'its own price in the order’s currency',
      { unitPriceMinor: 90 },
      orderOf({}),
      { amountMinor: 90, currency: 'INR' },
    ],
    ['the order’s price', { quantity: 2 }, orderOf({ quantity: 2 }), { amountMinor: 200, currency: 'INR' }],
    ['no more than was paid', {}, orderOf({ discountMinor: 30 }), { amountMinor: 70 }],
    [
      'what was paid for all lines of the product',
      { quantity: 2 },
      orderOf({ unitPriceMinor: 100 }, { unitPriceMinor: 50 }),
      { amountMinor: 150 },
    ],
    ['an average of them', {}, orderOf({ unitPriceMinor: 100 }, { unitPriceMinor: 50 }), { amountMinor: 75 }],
    ['a rounded share', {}, orderOf({ quantity: 3, unitPriceMinor: 100, discountMinor: 1 }), { amountMinor: 100 }],
    ['nothing for a gift', {}, orderOf({ unitPriceMinor: 0 }), { amountMinor: 0 }],
  ])('takes back %s', (_, data, lines, expected) => {
    expect(cancelled(data, lines)).toMatchObject({ kind: 'cancellation', reversal: true, ...expected })
  })

  it('of a whole order takes back what was paid for it, to the last minor unit', () => {
    const lines = orderOf({ quantity: 3, unitPriceMinor: 334, discountMinor: 2 })
    expect(cancelled({ quantity: 3 }, lines)).toMatchObject({ amountMinor: 1000 })
  })

  it.each<[string, object, OrderLines]>([
    ['no order is known', {}, []],
    ['the order sold something else', {}, orderOf({ productId: 'Q' })],
    ['a price has no currency and the order is unknown', { unitPriceMinor: 5 }, []],
    ['the order was in another currency', { currency: 'USD' }, orderOf({})],
    ['the product bears the name of what every object has', { productId: 'constructor' }, orderOf({})],
    ['it is too much to count', { quantity: 1e9, unitPriceMinor: 1e9, currency: 'INR' }, []],
  ])('cannot be applied where %s', (_, data, lines) => {
    expect(() => cancelled(data, lines)).toThrow(CannotApplyError)
  })

  it('says what to do', () => {
    expect(() => cancelled({})).toThrow(
      'no price is stated, and no sale of P in order O is known: send the order first, or the price',
    )
  })
})

describe('a refund', () => {
  const refunded = (data: object, lines?: OrderLines) =>
    booked('sale.refunded', { refundId: 'R', orderId: 'O', productId: 'P', reason: 'defective', ...data }, lines)
  const five = orderOf({ quantity: 5 })

  it.each<[string, object, OrderLines | undefined, object]>([
    [
      'all stated',
      { quantity: 2, amountMinor: 150, currency: 'USD' },
      five,
      { quantity: 2, amountMinor: 150, currency: 'USD' },
    ],
    ['money alone, order unknown', { amountMinor: 950, currency: 'INR' }, undefined, { quantity: 1, amountMinor: 950 }],
    ['money alone', { amountMinor: 300, currency: 'INR' }, five, { quantity: 3, amountMinor: 300 }],
    ['money alone, in the order’s currency', { amountMinor: 300 }, five, { quantity: 3, currency: 'INR' }],
    ['a little money', { amountMinor: 10 }, five, { quantity: 1, amountMinor: 10 }],
    ['no money', { amountMinor: 0 }, five, { quantity: 1, amountMinor: 0 }],
    ['half a unit more', { amountMinor: 250 }, five, { quantity: 3 }],
    ['more money than the order cost', { amountMinor: 9999 }, five, { quantity: 5, amountMinor: 9999 }],
    ['money of another currency', { amountMinor: 300, currency: 'USD' }, five, { quantity: 1, currency: 'USD' }],
    ['money for a gift', { amountMinor: 10 }, orderOf({ unitPriceMinor: 0 }), { quantity: 1 }],
    ['goods alone', { quantity: 2 }, five, { quantity: 2, amountMinor: 200, currency: 'INR' }],
    ['nothing but the order', {}, five, { quantity: 1, amountMinor: 100, currency: 'INR' }],
    ['goods that had a discount', { quantity: 2 }, orderOf({ quantity: 2, discountMinor: 50 }), { amountMinor: 150 }],
    [
      'money for goods that had a discount',
      { amountMinor: 150 },
      orderOf({ quantity: 2, discountMinor: 50 }),
      { quantity: 2 },
    ],
  ])('%s', (_, data, lines, expected) => {
    expect(refunded(data, lines)).toMatchObject({ kind: 'refund', reason: 'defective', reversal: false, ...expected })
  })

  it.each<[string, object, OrderLines | undefined]>([
    ['neither money nor an order is known', { quantity: 2 }, undefined],
    ['money has no currency and the order is unknown', { amountMinor: 5 }, undefined],
    ['the order sold something else', {}, orderOf({ productId: 'Q' })],
    ['the order was in another currency and no amount is stated', { currency: 'USD' }, five],
    ['it names no order, though its own id is another paper’s', { orderId: undefined }, five],
  ])('cannot be applied where %s', (_, data, lines) => {
    expect(() => refunded(data, lines)).toThrow(CannotApplyError)
  })

  it.each(['sale.cancelled', 'sale.refunded'])('%s of more than the order has must say what it is worth', (type) => {
    const more = { orderId: 'O', productId: 'P', quantity: 3 }
    expect(() => booked(type, more, orderOf({ quantity: 2 }))).toThrow('order O is known to have 2 of P, not 3')
    const priced = type === 'sale.refunded' ? { amountMinor: 300 } : { unitPriceMinor: 100 }
    expect(booked(type, { ...more, ...priced }, orderOf({ quantity: 2 }))).toMatchObject({
      quantity: 3,
      amountMinor: 300,
    })
  })

  it('of a product with the name of what every object has is one like any other', () => {
    const data = { productId: 'constructor', amountMinor: 5, currency: 'INR' }
    expect(refunded(data, five)).toMatchObject({ quantity: 1, amountMinor: 5 })
  })
})

describe('a charge', () => {
  it.each([
    [4900, false],
    [-4900, true],
  ])('of %i, reversal %j', (amountMinor, reversal) => {
    const charge = { orderId: 'O', code: 'POST', amountMinor, currency: 'INR', ...(reversal && { reversal }) }
    expect(booked('charge.recorded', charge)).toMatchObject({
      kind: 'charge',
      productId: undefined,
      quantity: 0,
      amountMinor,
      channel: 'POST',
      reversal,
    })
  })
})

it('books nothing for what is no trade', () => {
  expect(booked('stock.adjusted', { productId: 'P', quantity: -3, documentId: 'D' })).toBeUndefined()
})
