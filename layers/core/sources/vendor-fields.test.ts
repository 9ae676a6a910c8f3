import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { problemsOf } from '#core/events/decode-event.ts'
import { byCurrency, currencyNamed, fieldOf, Sku, VendorId, Words } from './vendor-fields.ts'

const read = (schema: z.ZodType, value: unknown): unknown => {
  const parsed = schema.safeParse(value)
  return parsed.success ? { is: parsed.data } : problemsOf(parsed.error).map(({ message }) => message)
}
const LONG = (length: number) => 'x'.repeat(length)

it.each([
  [5123456789012, { is: '5123456789012' }],
  [0, { is: '0' }],
  ['A-1', { is: 'A-1' }],
  [LONG(90), { is: LONG(90) }],
  [LONG(91), ['Too big: expected string to have <=90 characters']],
  ['', ['Too small: expected string to have >=1 characters']],
  ['a\u0001', ['must not hold control characters']],
  ['__proto__', ['is a name that programs keep for themselves']],
  [null, ['must be an id']],
  [true, ['must be an id']],
])('the id %j: %j', (value, expected) => {
  expect(read(VendorId, value)).toEqual(expected)
})

it.each([
  ['風呂敷-赤', { is: '風呂敷-赤' }],
  ['', { is: undefined }],
  [null, { is: undefined }],
  [undefined, { is: undefined }],
  [LONG(200), { is: LONG(200) }],
  [LONG(201), ['Too big: expected string to have <=200 characters']],
  ['\ud800', ['is not well-formed Unicode']],
])('the SKU %j: %j', (value, expected) => {
  expect(read(Sku, value)).toEqual(expected)
})

it.each([
  [LONG(501), { is: LONG(500) }],
  ['', { is: undefined }],
  [null, { is: undefined }],
  [7, ['Invalid input: expected string, received number']],
])('the words %j: %j', (value, expected) => {
  expect(read(Words, value)).toEqual(expected)
})

describe('amounts by currency', () => {
  const amounts = byCurrency(({ amount, signed }) => z.object({ amount, signed }))

  it.each([
    ['INR', '9.99', '-9.99', { is: { amount: 999, signed: -999 } }],
    ['JPY', 1980, '-1980.00', { is: { amount: 1980, signed: -1980 } }],
    ['KWD', '1.234', 0, { is: { amount: 1234, signed: 0 } }],
    ['INR', '-0.01', '0.001', ['must not be below 0', '"0.001" has more fraction digits than INR, which has 2']],
    [
      'INR',
      'free',
      null,
      ['must be a decimal number or text such as 9.99', 'must be a decimal number or text such as 9.99'],
    ],
    [undefined, '9.999', '9.999', { is: { amount: 0, signed: 0 } }],
    [undefined, '-1', 'free', ['must not be below 0', 'must be a decimal number or text such as 9.99']],
  ])('in %s, %j and %j: %j', (currency, amount, signed, expected) => {
    expect(read(amounts(currency), { amount, signed })).toEqual(expected)
  })

  it('are made once for each currency', () => {
    expect(amounts('INR')).toBe(amounts('INR'))
    expect(amounts('INR')).not.toBe(amounts('JPY'))
  })
})

it.each([
  [{ currency: 'INR' }, 'INR'],
  [{ currency: 'inr' }, undefined],
  [{ currency: 356 }, undefined],
  [{}, undefined],
  [null, undefined],
  ['INR', undefined],
])('the currency of %j: %j', (document, currency) => {
  expect(currencyNamed(document, 'currency')).toBe(currency)
})

it.each(['toString', '__proto__', 'constructor'])('what every object has, %s, is no field', (field) => {
  expect(fieldOf({}, field)).toBeUndefined()
})
