import { describe, expect, it } from 'vitest'
import { isWooCommercePing, wooCommerce } from './woocommerce.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const FORM = 'application/x-www-form-urlencoded'

describe('the ping with which WooCommerce tries a webhook', () => {
  it.each([
    ['webhook_id=123', FORM, true],
    ['webhook_id=1', 'Application/X-WWW-Form-Urlencoded; charset=utf-8', true],
    ['webhook_id=123', 'application/json', false],
    ['webhook_id=123', undefined, false],
    ['webhook_id=', FORM, false],
    ['webhook_id=123&x=1', FORM, false],
    ['webhook_id=1e3', FORM, false],
    ['{"id":1}', FORM, false],
    ['', FORM, false],
    [`webhook_id=${'1'.repeat(29)}`, FORM, true],
    [`webhook_id=${'1'.repeat(30)}`, FORM, false],
    ['webhook_id=\u00ff', FORM, false],
  ])('%j as %s: %j', (body, contentType, isPing) => {
    expect(isWooCommercePing(bytes(body), contentType)).toBe(isPing)
  })
})

const LINE = { id: 1, product_id: 2, variation_id: 0, sku: '', quantity: 3, subtotal: '10.00', total: '10.00' }
const ORDER = {
  id: 7,
  status: 'processing',
  currency: 'INR',
  date_created_gmt: '2026-03-02T09:30:00',
  date_modified_gmt: '2026-03-02T09:30:00',
  line_items: [LINE],
}
const translate = (document: object) =>
  wooCommerce.translate(document, { currency: 'INR' }, { 'x-wc-webhook-topic': 'order.updated' })
const orderOf = (document: object) => {
  const outcome = translate(document)
  if (!outcome.ok) expect.fail(JSON.stringify(outcome.problems))
  return outcome.value.drafts[0]!.data as { lines: object[]; isCancelled: boolean; changedAt: string }
}
const lineOf = (line: object) => orderOf({ ...ORDER, line_items: [{ ...LINE, ...line }] }).lines[0]

describe('a line of an order', () => {
  it.each([
    [{}, { unitPriceMinor: 334, discountMinor: 2 }],
    [{ quantity: 1 }, { unitPriceMinor: 1000 }],
    [{ total: '0.00' }, { unitPriceMinor: 334, discountMinor: 1002 }],
    [{ subtotal: '0.00', total: '0.00' }, { unitPriceMinor: 0 }],
    [{ subtotal: '9.99', total: '9.99' }, { unitPriceMinor: 333 }],
    [{ subtotal: '9.99', total: '12.00' }, { unitPriceMinor: 400 }],
  ])('%j costs %j', (line, price) => {
    const quantity = 'quantity' in line ? line.quantity : 3
    expect(lineOf(line)).toEqual({ lineId: '1', productId: 'product-2', quantity, ...price })
  })

  it.each([
    [{ sku: 'S', variation_id: 9 }, 'S'],
    [{ variation_id: 9 }, 'variation-9'],
    [{ variation_id: null }, 'product-2'],
    [{ sku: null, product_id: 0 }, 'product-0'],
  ])('%j is of %s', (line, productId) => {
    expect(lineOf(line)).toMatchObject({ productId })
  })

  it('of which nothing is left is none', () => {
    expect(lineOf({ quantity: 0 })).toBeUndefined()
  })
})

describe('an order', () => {
  it.each([
    ['pending', false, 0],
    ['checkout-draft', false, 0],
    ['auto-draft', false, 0],
    ['failed', false, 0],
    ['on-hold', false, 1],
    ['processing', false, 1],
    ['completed', false, 1],
    ['packed', false, 1],
    ['cancelled', true, 1],
    ['refunded', true, 1],
    ['trash', true, 1],
  ])('that is %s: called off %j, lines %i', (status, isCancelled, lines) => {
    const order = orderOf({ ...ORDER, status })
    expect([order.isCancelled, order.lines.length]).toEqual([isCancelled, lines])
  })

  it.each([
    [200, []],
    [201, [{ field: 'line_items', message: 'has 201 lines: an order may have 200' }]],
  ])('of %i lines', (count, problems) => {
    const line_items = Array.from({ length: count }, (_, id) => ({ ...LINE, id }))
    const outcome = translate({ ...ORDER, line_items })
    expect(outcome.ok ? [] : outcome.problems).toEqual(problems)
  })

  it('names each line once', () => {
    const outcome = translate({ ...ORDER, line_items: [LINE, LINE] })
    expect(outcome.ok ? [] : outcome.problems).toEqual([{ field: 'line_items', message: 'names a line twice' }])
  })

  it.each([
    ['2026-03-02T09:30:00', '2026-03-02T09:30:00Z'],
    ['2026-03-02T09:30:00Z', '2026-03-02T09:30:00Z'],
    ['2026-03-02T09:30:00+05:30', '2026-03-02T09:30:00+05:30'],
  ])('of %s was changed at %s', (date_modified_gmt, changedAt) => {
    expect(orderOf({ ...ORDER, date_modified_gmt }).changedAt).toBe(changedAt)
  })
})

it.each([
  ['12', '12', 'a', 'a', true],
  ['12', '11', 'a', 'a', false],
  ['12', '12', 'a', 'b', false],
])('levels %s and %s by deliveries %s and %s are one document: %j', (a, b, first, second, isOne) => {
  const idOf = (stock: string, delivery: string) => {
    const product = {
      id: 1,
      type: 'simple',
      price: '1',
      stock_quantity: Number(stock),
      date_modified_gmt: ORDER.date_created_gmt,
    }
    const headers = { 'x-wc-webhook-topic': 'product.updated', 'x-wc-webhook-delivery-id': delivery }
    const outcome = wooCommerce.translate(product, { currency: 'INR' }, headers)
    return outcome.ok ? outcome.value.providerId : expect.fail()
  }
  expect(idOf(a, first) === idOf(b, second)).toBe(isOne)
})
