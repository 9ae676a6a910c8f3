import { describe, expect, it } from 'vitest'
import { problemsOf } from '#core/events/decode-event.ts'
import { salesMapping } from './sales-mapping.ts'
import { salesColumns } from './sales-rows.ts'

const LEAST = {
  orderId: 'Order',
  productId: 'SKU',
  quantity: 'Qty',
  unitPrice: 'Price',
  currency: { value: 'GBP' },
  storeId: { value: 'leeds' },
  occurredAt: { columns: ['Date'] },
}
const WHOLE = {
  ...LEAST,
  line: 'Line',
  discount: 'Discount',
  tax: 'VAT',
  currency: 'Currency',
  storeId: 'Till',
  customer: 'Customer',
  paymentMethod: 'Paid by',
  channel: { value: 'pos' },
  occurredAt: { columns: ['Date', 'Time'], format: 'dd/MM/yyyy HH:mm', timeZone: 'Europe/London' },
  refunds: { when: { column: 'Type', equals: ['Refund', 'Return'] }, as: 'cancellation', reason: 'Why' },
}
const without = (name: keyof typeof LEAST) => ({ ...LEAST, [name]: undefined })

function told(mapping: unknown): string[] {
  const parsed = salesMapping.safeParse(mapping)
  return parsed.success ? [] : problemsOf(parsed.error).map(({ field, message }) => `${field}: ${message}`)
}

it('names every column that it reads, once', () => {
  const twice = { ...LEAST, line: 'SKU' }
  expect(salesColumns(salesMapping.parse(LEAST))).toEqual(['Order', 'SKU', 'Qty', 'Price', 'Date'])
  expect(salesColumns(salesMapping.parse(twice))).toEqual(['Order', 'SKU', 'Qty', 'Price', 'Date'])
  const all = 'Order Line SKU Qty Price Discount VAT Currency Till Customer,Paid by,Why Date Time Type'
  expect(salesColumns(salesMapping.parse(WHOLE)).join()).toBe(all.replaceAll(' ', ',').replace('Paid,by', 'Paid by'))
})

const NO_PLACE = 'must be the name of a column, or {"value": ...}'
const NO_COLUMN = 'must be the name of a column'
const ONE_PRICE = 'unitPrice: or amount must be there: name the column of the one or of the other'

describe('what is wrong is told by its field', () => {
  it.each<[string, unknown, unknown[]]>([
    ['the least', LEAST, []],
    ['all there is', WHOLE, []],
    ['no object', [], [': Invalid input: expected object, received array']],
    ['no order', without('orderId'), [`orderId: ${NO_COLUMN}`]],
    ['no product', { ...LEAST, productId: '' }, [`productId: ${NO_COLUMN}`]],
    ['no quantity', without('quantity'), [`quantity: ${NO_PLACE}`]],
    ['one unit a line', { ...LEAST, quantity: { value: 1 } }, []],
    ['no unit a line', { ...LEAST, quantity: { value: 0 } }, ['quantity.value: Too small: expected number to be >=1']],
    ['no price', without('unitPrice'), [ONE_PRICE]],
    ['an amount', { ...without('unitPrice'), amount: 'Total' }, []],
    ['two prices', { ...LEAST, amount: 'Total' }, [ONE_PRICE]],
    ['no currency', without('currency'), [`currency: ${NO_PLACE}`]],
    [
      'a currency that is none',
      { ...LEAST, currency: { value: 'GBX' } },
      ['currency.value: is not a currency of ISO 4217'],
    ],
    ['an empty column', { ...LEAST, currency: '' }, [`currency.column: ${NO_COLUMN}`]],
    ['a number', { ...LEAST, storeId: 5 }, [`storeId: ${NO_PLACE}`]],
    ['neither', { ...LEAST, storeId: {} }, [`storeId: ${NO_PLACE}`]],
    ['both', { ...LEAST, storeId: { column: 'a', value: 'b' } }, [`storeId: ${NO_PLACE}`]],
    ['a field that is none', { ...LEAST, sku: 'SKU' }, ['sku: is not known here']],
    ['no time', without('occurredAt'), [expect.stringMatching(/^occurredAt: /)]],
    ['no column of time', { ...LEAST, occurredAt: { columns: [] } }, [expect.stringMatching(/^occurredAt.columns: /)]],
    [
      'a pattern that is none',
      { ...LEAST, occurredAt: { columns: ['Date'], format: 'dd/MM', timeZone: 'UTC' } },
      ['occurredAt.format: says no year: a pattern is like dd/MM/yyyy HH:mm'],
    ],
    [
      'a pattern without a zone',
      { ...LEAST, occurredAt: { columns: ['Date'], format: 'dd/MM/yyyy' } },
      [expect.stringMatching(/^occurredAt.timeZone: is missing: .* like Asia\/Kolkata$/)],
    ],
    ['a pattern with a zone', { ...LEAST, occurredAt: { columns: ['Date'], format: 'dd/MM/yyyyXXX' } }, []],
    [
      'a zone that is none',
      { ...LEAST, occurredAt: { columns: ['Date'], timeZone: 'GMT+1' } },
      ['occurredAt.timeZone: is not a time zone like Asia/Kolkata'],
    ],
    [
      'a rule that is none',
      { ...LEAST, refunds: { when: 'negative' } },
      [expect.stringMatching(/^refunds.when: must be /)],
    ],
    [
      'a kind of refund that is none',
      { ...LEAST, refunds: { when: { quantity: 'negative' }, as: 'credit' } },
      [expect.stringMatching(/^refunds.as: /)],
    ],
  ])('%s', (_what, mapping, problems) => {
    expect(told(JSON.parse(JSON.stringify(mapping)))).toEqual(problems)
  })
})
