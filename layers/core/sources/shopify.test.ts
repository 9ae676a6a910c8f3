import { describe, expect, it } from 'vitest'
import type { OrderChanged } from '#core/events/order-changed.ts'
import { shopify } from './shopify.ts'

const LINE = { id: 1, variant_id: 41, sku: 'S', quantity: 3, price: '10.00' }
const ORDER = {
  id: 7,
  created_at: '2026-03-02T15:00:00+05:30',
  updated_at: '2026-03-02T15:00:00+05:30',
  currency: 'INR',
  financial_status: 'paid',
  line_items: [LINE],
  shipping_lines: [{ price: '5.00' }],
}
const REFUND = {
  id: 9,
  order_id: 7,
  created_at: '2026-03-02T15:00:00+05:30',
  refund_line_items: [{ id: 1, quantity: 1, restock_type: 'return', subtotal: 10, line_item: { sku: 'S' } }],
}
const translate = (topic: string, document: object, headers: Record<string, string> = {}, currency = 'INR') =>
  shopify.translate(document, { currency }, { 'x-shopify-topic': topic, ...headers })
const good = (...request: Parameters<typeof translate>) => {
  const outcome = translate(...request)
  if (!outcome.ok) expect.fail(JSON.stringify(outcome.problems))
  return outcome.value
}
const problems = (...request: Parameters<typeof translate>) => {
  const outcome = translate(...request)
  return outcome.ok ? [] : outcome.problems
}
const linesOf = (order: object) => (good('orders/updated', order).drafts[0]!.data as OrderChanged).lines
const back = (restock_type: string | null, quantity: number) => ({
  refund_line_items: [{ line_item_id: 1, quantity, restock_type }],
})

describe('units of a line that were taken back', () => {
  it.each([
    [[], 3],
    [[back('cancel', 1)], 2],
    [[back('cancel', 1), back('cancel', 1)], 1],
    [[back('cancel', 3)], 0],
    [[back('cancel', 4)], 0],
    [[back('return', 3)], 3],
    [[back('no_restock', 3)], 3],
    [[back(null, 3)], 3],
    [[back('cancel', 1), back('return', 2)], 2],
  ])('by %j: %i are sold', (refunds, units) => {
    expect(linesOf({ ...ORDER, refunds }).map(({ quantity }) => quantity)).toEqual(units === 0 ? [] : [units])
  })

  it.each([
    [[], 0],
    [[back('cancel', 3)], 0],
    [[back('return', 1), back('cancel', 2)], 1],
    [[back('no_restock', 3)], 3],
    [[back('no_restock', 9)], 3],
  ])('of a cancelled order, by %j: %i are still sold, and refunded', (refunds, units) => {
    const order = { ...ORDER, cancelled_at: ORDER.updated_at, refunds }
    const { isCancelled } = good('orders/cancelled', order).drafts[0]!.data as OrderChanged
    expect(linesOf(order).map(({ quantity }) => quantity)).toEqual(units === 0 ? [] : [units])
    expect(isCancelled).toBe(units === 0)
  })

  it.each([
    [1, { quantity: 2, discountMinor: 133, taxMinor: 67 }],
    [2, { quantity: 1, discountMinor: 67, taxMinor: 33 }],
  ])('%i of three take their share of discount and tax with them', (units, expected) => {
    const line = { ...LINE, discount_allocations: [{ amount: '2.00' }], tax_lines: [{ price: '1.00' }] }
    const order = { ...ORDER, line_items: [line], refunds: [back('cancel', units)] }
    expect(linesOf(order)).toEqual([{ lineId: '1', productId: 'S', unitPriceMinor: 1000, ...expected }])
  })
})

describe('postage', () => {
  it.each([
    ['orders/create', 'paid', [{ amountMinor: 500 }]],
    ['orders/create', 'pending', [{ amountMinor: 500 }]],
    ['orders/updated', 'paid', []],
    ['orders/cancelled', 'pending', [{ amountMinor: -500, reversal: true }]],
    ['orders/cancelled', 'voided', [{ amountMinor: -500, reversal: true }]],
    ['orders/cancelled', null, [{ amountMinor: -500, reversal: true }]],
    ['orders/cancelled', 'paid', []],
    ['orders/cancelled', 'partially_refunded', []],
    ['orders/cancelled', 'refunded', []],
  ])('%s of an order that is %s: %j', (topic, financial_status, charges) => {
    const booked = good(topic, { ...ORDER, financial_status }).drafts.slice(1)
    expect(booked.map(({ data }) => data)).toEqual(
      charges.map((charge) => ({ orderId: '7', code: 'shipping', currency: 'INR', ...charge })),
    )
  })
})

describe('what a document is', () => {
  const A = { 'x-shopify-webhook-id': 'a', 'x-shopify-event-id': 'e' }
  const B = { 'x-shopify-webhook-id': 'b', 'x-shopify-event-id': 'e' }
  const LEVEL = { inventory_item_id: 1, location_id: 2, available: 3, updated_at: ORDER.updated_at }
  const PRODUCT = { id: 1, updated_at: ORDER.updated_at, variants: [] }

  it.each<[string, object, boolean]>([
    ['orders/create', ORDER, true],
    ['orders/cancelled', ORDER, true],
    ['refunds/create', REFUND, true],
    ['orders/updated', ORDER, false],
    ['inventory_levels/update', LEVEL, false],
    ['products/update', PRODUCT, false],
  ])('%s by two deliveries of one event is the same: %j', (topic, document, isSame) => {
    const [a, b, again] = [A, B, A].map((headers) => good(topic, document, headers).providerId)
    expect(a).toBe(again)
    expect(a === b).toBe(isSame)
  })

  it.each<[string, object, object, boolean]>([
    ['orders/updated', ORDER, ORDER, true],
    ['orders/updated', ORDER, { ...ORDER, id: 8 }, false],
    ['orders/updated', ORDER, { ...ORDER, updated_at: '2026-03-02T15:00:01+05:30' }, false],
    ['inventory_levels/update', LEVEL, LEVEL, true],
    ['inventory_levels/update', LEVEL, { ...LEVEL, location_id: 3 }, false],
    ['products/update', PRODUCT, { ...PRODUCT, id: 2 }, false],
  ])('%s without headers, %j and %j: %j', (topic, one, other, isSame) => {
    expect(good(topic, one).providerId === good(topic, other).providerId).toBe(isSame)
  })

  it.each(['orders/create', 'refunds/create', 'products/update'])('%s is a sample if a header says so', (topic) => {
    expect(good(topic, {}, { 'x-shopify-test': 'true' }).drafts).toEqual([])
    expect(problems(topic, {}, { 'x-shopify-test': 'false' })).not.toEqual([])
  })

  it('keeps the numbers of Shopify’s samples, which are beyond what JSON keeps exactly', () => {
    expect(good('orders/updated', { ...ORDER, id: Number('820982911946154508') }).drafts[0]!.data).toMatchObject({
      orderId: '820982911946154500',
    })
  })
})

describe('a refund', () => {
  const dataOf = (refund: object) => good('refunds/create', refund).drafts.map(({ data }) => data)
  const line = (restock_type: string) => [{ ...REFUND.refund_line_items[0]!, restock_type }]

  it.each([
    ['return', undefined, { reason: 'changed_mind' }],
    ['legacy_restock', '', { reason: 'changed_mind' }],
    ['return', 'too small', { reason: 'changed_mind' }],
    ['return', 'defective', { reason: 'defective' }],
    ['no_restock', undefined, { reason: 'other' }],
    ['no_restock', 'lost', { reason: 'other' }],
    ['no_restock', 'Damaged shipping', { reason: 'damaged_shipping' }],
  ])('of %s, noted %j: %j', (restockType, note, reason) => {
    const [data] = dataOf({ ...REFUND, note, refund_line_items: line(restockType) })
    const goods = { refundId: '9-1', orderId: '7', productId: 'S', quantity: 1, amountMinor: 1000, currency: 'INR' }
    expect(data).toEqual({ ...goods, ...reason })
  })

  it('of units that were never sent is the order’s to book', () => {
    expect(dataOf({ ...REFUND, refund_line_items: line('cancel') })).toEqual([])
  })

  it.each([
    [[{ test: true }], 0],
    [[{ test: true }, { test: false }], 1],
    [[], 1],
  ])('by transactions %j books %i', (transactions, drafts) => {
    expect(dataOf({ ...REFUND, transactions })).toHaveLength(drafts)
  })

  it('may differ from what its lines are worth, in either direction', () => {
    const order_adjustments = [{ kind: 'refund_discrepancy', amount: '-10.00' }, { amount: '2.37' }]
    const charge = { orderId: '7', code: 'refund_discrepancy', currency: 'INR' }
    expect(dataOf({ ...REFUND, refund_line_items: [], order_adjustments })).toEqual([
      { ...charge, amountMinor: -1000 },
      { ...charge, amountMinor: 237 },
    ])
  })

  it('states its postage once, whichever way', () => {
    const order_adjustments = [
      { kind: 'shipping_refund', amount: '-5.00' },
      { kind: 'refund_discrepancy', amount: '0.00' },
    ]
    const refund_shipping_lines = [{ id: 1, subtotal_amount_set: { shop_money: { amount: '5.00' } } }]
    const nothing = { ...REFUND, refund_line_items: [] }
    const postage = [{ orderId: '7', code: 'shipping', amountMinor: -500, currency: 'INR', reversal: true }]
    expect(dataOf({ ...nothing, order_adjustments })).toEqual(postage)
    expect(dataOf({ ...nothing, refund_shipping_lines })).toEqual(postage)
    expect(dataOf({ ...nothing, order_adjustments, refund_shipping_lines })).toEqual(postage)
  })
})

describe('an order', () => {
  it.each([
    [200, []],
    [201, [{ field: 'line_items', message: 'has 201 lines: an order may have 200' }]],
  ])('of %i lines', (count, expected) => {
    const line_items = Array.from({ length: count }, (_, id) => ({ ...LINE, id }))
    expect(problems('orders/updated', { ...ORDER, line_items })).toEqual(expected)
  })

  it('is in the shop’s currency, whatever the merchant’s', () => {
    expect(problems('orders/updated', { ...ORDER, currency: 'JPY' })).toEqual([])
    expect(problems('orders/updated', { ...ORDER, currency: 'JPY', line_items: [{ ...LINE, price: '9.5' }] })).toEqual([
      { field: 'line_items.0.price', message: '"9.5" has more fraction digits than JPY, which has 0' },
    ])
  })

  it('says only that its currency is none, where it is none', () => {
    expect(problems('orders/updated', { ...ORDER, currency: 'XXX' })).toEqual([
      { field: 'currency', message: 'is not a currency of ISO 4217' },
    ])
  })
})
