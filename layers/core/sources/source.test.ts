import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EVENT_TYPES, TRADE_EVENTS } from '#core/events/catalogue.ts'
import { decodeEvent } from '#core/events/decode-event.ts'
import type { SourceDocument } from '#core/events/envelope.ts'
import { ownEvents } from './own-events.ts'
import { pointOfSale } from './point-of-sale.ts'
import { SOURCES } from './registry.ts'
import { simpleSource } from './simple-form.ts'
import type { Source } from './source.ts'

const NOW = '2026-03-02T10:00:00.000Z'

/** Problems that the consumer would have with an event of this document, after the door gave it identity and time. */
function heldFor({ drafts }: SourceDocument): object[] {
  return drafts.flatMap(({ type, storeId, occurredAt = NOW, data }, i) => {
    const own = {
      ...(type === 'sale.recorded' && { orderId: 'id' }),
      ...(type === 'sale.refunded' && { refundId: 'id' }),
    }
    const event = {
      id: `id-${i}`,
      merchantId: 'm',
      storeId,
      source: 'test',
      type,
      version: EVENT_TYPES.get(type)!.version,
      occurredAt,
      receivedAt: occurredAt,
      businessDate: '2026-03-02',
      data: { ...own, ...data },
    }
    const decoded = decodeEvent(new TextEncoder().encode(JSON.stringify(event)), 0)
    return decoded.ok ? [] : [...decoded.problems]
  })
}

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

type Delivery = { readonly body: unknown; readonly headers: Record<string, string> }

/** The deliveries of the golden cases: what vendors send, to be spoilt. */
function deliveriesOf(source: string): Delivery[] {
  const folder = fileURLToPath(new URL(`../../../test/golden/deliveries/${source}/`, import.meta.url))
  const read = (name: string, file: string) => JSON.parse(readFileSync(`${folder}${name}/${file}`, 'utf8'))
  return readdirSync(folder).map((name) => ({
    body: read(name, 'body.json'),
    headers: read(name, 'request.json').headers,
  }))
}

/** Where a document can be spoilt: the path to each of its values. */
const pathsIn = (value: unknown, path: string[] = []): string[][] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...path, name]))]
    : [path]

function spoilt(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by
  const copy = structuredClone(value) as Record<string, unknown>
  copy[name] = spoilt(copy[name], rest, by)
  return copy
}

describe('a vendor’s document, whatever became of it', () => {
  const anything = fc.oneof(text, count, money, time, code, fc.jsonValue(), fc.constantFrom([], {}, null, true))

  it.each([...SOURCES.keys()])('%s: is taken whole or refused with reasons', (name) => {
    const { source } = SOURCES.get(name)!
    const spoiltDelivery = fc
      .constantFrom(...deliveriesOf(name))
      .chain(({ body, headers }) =>
        fc
          .tuple(fc.constantFrom(...pathsIn(body)), anything, fc.constantFrom('INR', 'JPY', 'KWD'))
          .map(([path, by, currency]) => ({ document: spoilt(body, path, by), headers, currency })),
      )
    let taken = 0
    fc.assert(
      fc.property(spoiltDelivery, ({ document, headers, currency }) => {
        const outcome = source.translate(JSON.parse(JSON.stringify(document)), { currency }, headers)
        if (outcome.ok) {
          taken++
          expect(heldFor(outcome.value)).toEqual([])
        } else {
          expect(outcome.problems.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 3000 },
    )
    expect(taken).toBeGreaterThan(100) // else the property says nothing
  })

  it.each([...SOURCES.keys()])('%s: any JSON at all, under any headers', (name) => {
    const { source } = SOURCES.get(name)!
    const topics = ['orders/create', 'refunds/create', 'products/update', 'order.created', '__proto__', 'toString', '']
    const headers = fc.record(
      {
        'x-shopify-topic': fc.constantFrom(...topics),
        'x-wc-webhook-topic': fc.constantFrom(...topics),
        'x-shopify-webhook-id': fc.string(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.jsonValue(), headers, (document, under) => {
        const outcome = source.translate(document, { currency: 'INR' }, under)
        if (!outcome.ok) expect(outcome.problems.length).toBeGreaterThan(0)
      }),
      { numRuns: 1000 },
    )
  })
})
