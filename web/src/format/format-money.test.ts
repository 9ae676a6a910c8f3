import { describe, expect, test } from 'vitest'
import { majorOf, moneyFigure, moneyText, signedMoneyText, sumText } from './format-money.ts'

describe('moneyText', () => {
  test.each([
    [123450, 'INR', 'en', '1,234.50'],
    [12345678900, 'INR', 'en-IN', '12,34,56,789.00'],
    [1234, 'JPY', 'en', '1,234'],
    [1234567, 'KWD', 'en', '1,234.567'],
    [12345, 'CLF', 'en', '1.2345'],
    [-5, 'EUR', 'en', '−0.05'],
    [123450, 'EUR', 'de', '1.234,50'],
    [Number.MAX_SAFE_INTEGER, 'EUR', 'en', '90,071,992,547,409.91'],
    [0, 'EUR', 'en', '0.00'],
  ])('%d of %s in %s is %s', (minor, currency, locale, text) => {
    expect(moneyText(minor, currency, locale)).toBe(text)
  })
})

test.each([
  [100, '+1.00'],
  [0, '0.00'],
  [-100, '−1.00'],
])('%d with its sign is %s', (minor, text) => {
  expect(signedMoneyText(minor, 'EUR', 'en')).toBe(text)
})

test.each([
  [[], '0.00 EUR'],
  [[100, -250], '−1.50 EUR'],
  [[Number.MAX_SAFE_INTEGER, 1], null],
])('the sum of %o is %s', (minors, text) => {
  expect(sumText(minors, 'EUR', 'en')).toBe(text)
})

test('a tile has the short amount, the currency and the exact amount', () => {
  expect(moneyFigure(123456789, 'INR', 'en')).toEqual({ text: '1.235M', unit: 'INR', exact: '1,234,567.89 INR' })
  expect(moneyFigure(999.5, 'INR', 'en')).toEqual({ text: '10.00', unit: 'INR', exact: '10.00 INR' })
})

test('the length of a bar is in units people count by', () => {
  expect(majorOf(123450, 'INR')).toBe(1234.5)
  expect(majorOf(1234, 'JPY')).toBe(1234)
})
