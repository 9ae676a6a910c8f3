import { describe, expect, test } from 'vitest'
import { counted, countFigure, fittingText, formatNumber } from './format-number.ts'

describe('formatNumber', () => {
  test('has no sign before what is rounded to 0', () => {
    const rounded = (value: number) => formatNumber(value, { maximumFractionDigits: 2 }, 'en-US')
    expect([-0.004, -0, -0.005].map(rounded)).toEqual(['0', '0', '−0.01'])
  })

  test.each([
    [0, 'en', '0'],
    [1234567, 'en', '1,234,567'],
    [1234567, 'en-IN', '12,34,567'],
    [1234567, 'de', '1.234.567'],
    [-5, 'en', '−5'],
    ['90071992547409.93', 'en', '90,071,992,547,409.93'],
  ])('%s in %s is %s', (value, locale, text) => {
    expect(formatNumber(value, {}, locale)).toBe(text)
  })
})

describe('fittingText', () => {
  test.each([
    ['0.00', 2, 'en', '0.00'],
    ['9999.99', 2, 'en', '9,999.99'],
    ['10000.00', 2, 'en', '10,000'],
    ['-1999.99', 2, 'en', '−2,000'],
    ['999999.49', 2, 'en', '999,999'],
    ['999999.50', 2, 'en', '1M'],
    ['1234567', 0, 'en', '1.235M'],
    ['1234567', 0, 'en-IN', '12.35L'],
    ['90071992547409.93', 2, 'en', '90.07T'],
    ['1.500', 3, 'en', '1.500'],
  ])('%s with %d fraction digits in %s is %s', (decimal, digits, locale, text) => {
    expect(fittingText(decimal, digits, locale)).toBe(text)
  })
})

test('a large count is short on the tile and exact beside it', () => {
  expect(countFigure(12345678, 'en')).toEqual({ text: '12.35M', unit: '', exact: '12,345,678' })
})

test.each([
  [0, '0 refunds'],
  [1, '1 refund'],
  [1200, '1,200 refunds'],
])('%d is %s', (count, text) => {
  expect(counted(count, 'refund', 'refunds', 'en')).toBe(text)
})
