import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TRADE_EVENTS } from '#core/events/catalogue.ts'
import { heldFor } from '#test/fakes/held-for.ts'
import { ownEvents } from './own-events.ts'
import { pointOfSale } from './point-of-sale.ts'
import { simpleSource } from './simple-form.ts'
import type { Source } from './source.ts'

const NOW = '2026-03-02T10:00:00.000Z'

/** Mostly what a field should hold, now and then at the edge of it, now and then beyond. */
const text = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('A', 'B-1', 'x:y', ' ', '__proto__', 'é漢') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', 'a\u0001b', '\u0000', '\ud800', 'x'.repeat(200), 'x'.repeat(201), 'x'.repeat(501)),
  },
)
const count = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -2, max: 9 }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 1e6, 1e6 + 1, 1e9, 1e9 + 1, -1e9, 1.5, Number.MAX_SAFE_INTEGER) },
)
const money = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(999, '9.99', 0, '0.01', 12.5) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(-1, 1e300, '100000000000.00', '90071992547409.91', '1.2345', 'free', null, 2 ** 53),
  },
)
const time = fc.constantFrom(NOW, '2026-03-02T15:30:00+05:30', '9999-12-31T23:59:59Z', '1970-01-01T00:00:00Z', 'now')
const code = fc.constantFrom('INR', 'JPY', 'KWD', 'USD', 'XXX')
const some = (fields: Record<string, fc.Arbitrary<unknown>>, sure: string[] = []) =>
  fc.record(fields, { requiredKeys: sure }) as fc.Arbitrary<object>

const simple = some(
  {
    eventType: fc.constantFrom(
      'ORDER_PLACED',
      'ORDER_CANCELLED',
      'RETURN',
      'VIEW',
      'CLICK',
      'CART',
      'PRICE_CHANGED',
      'STOCK_UPDATED',
      'LOST',
    ),
    productId: text,
    skuId: text,
    asin: text,
    price: money,
    currency: code,
    quantity: count,
    region: fc.oneof(text, fc.constantFrom('IN', 'JP', 'XX')),
    eventId: text,
    orderId: text,
    storeId: text,
    customerId: text,
    sessionId: text,
    reason: text,
    occurredAt: time,
  },
  ['eventType', 'productId'],
)
const line = { product_id: text, store_id: text, customer_id: text, currency: code, timestamp: time }
const always = ['product_id', 'store_id', 'timestamp']
const pos = fc.oneof(
  some({ transaction_id: text, ...line, amount: money, unit_price: money, quantity: count, payment_method: text }, [
    'transaction_id',
    ...always,
  ]),
  some(
    { refund_id: text, original_transaction_id: text, ...line, refund_amount: money, quantity: count, reason: text },
    ['refund_id', 'refund_amount', ...always],
  ),
  some({ inventory_id: text, ...line, quantity_change: count, new_quantity: count, reason: text }, [
    'inventory_id',
    'quantity_change',
    ...always,
  ]),
)
const anyValue = fc.oneof(
  text,
  count,
  code,
  time,
  fc.constantFrom('changed_mind', true, 12.5, '2026-03-02', 'Asia/Kolkata'),
)
const own = fc.constantFrom(...TRADE_EVENTS).chain(({ type, data }) =>
  some(
    {
      type: fc.constant(type),
      id: text,
      storeId: text,
      occurredAt: time,
      data: some(Object.fromEntries(Object.keys(data.shape).map((name) => [name, anyValue]))),
    },
    ['type', 'storeId', 'data'],
  ),
)

describe('what a door takes, the consumer can read', () => {
  it.each<[string, Source, fc.Arbitrary<object>]>([
    ['the simple form', simpleSource('amazon'), simple],
    ['a point of sale', pointOfSale, pos],
    ['our own events', ownEvents, own],
  ])('%s', (_, source, document) => {
    let taken = 0
    fc.assert(
      fc.property(document, (one) => {
        // As it comes out of a request's body.
        const outcome = source.translate(JSON.parse(JSON.stringify(one)), { currency: 'INR' })
        if (outcome.ok) {
          taken++
          expect(heldFor(outcome.value)).toEqual([])
        } else {
          expect(outcome.problems.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 6000 },
    )
    expect(taken).toBeGreaterThan(100) // else the property says nothing
  })
})
