import { expect, it } from 'vitest'
import { CURRENCIES } from '#core/events/money.ts'
import { currencyOfRegion } from './region-currency.ts'

it.each([
  ['IN', 'INR'],
  ['in', 'INR'],
  ['UK', 'GBP'],
  ['GB', 'GBP'],
  ['JP', 'JPY'],
  ['KW', 'KWD'],
  ['', undefined],
  ['XX', undefined],
  ['IND', undefined],
  ['__proto__', undefined],
])('%j pays in %s', (region, currency) => {
  expect(currencyOfRegion(region)).toBe(currency)
})

it('names only currencies that money can be counted in', () => {
  for (let a = 65; a <= 90; a++) {
    for (let b = 65; b <= 90; b++) {
      const currency = currencyOfRegion(String.fromCharCode(a, b))
      expect(currency === undefined || CURRENCIES.has(currency)).toBe(true)
    }
  }
})
