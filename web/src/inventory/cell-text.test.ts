import { expect, it } from 'vitest'
import { chanceText, coverText, rateText } from './cell-text.ts'

it.each([
  [0, '0'],
  [0.04, '<0.1'],
  [0.1, '0.1'],
  [6.24, '6.2'],
  [9.99, '10'],
  [31.4, '31'],
  [1234.5, '1,235'],
])('%d a day is %s', (rate, text) => expect(rateText(rate, 'en')).toBe(text))

it.each([
  [null, 'does not sell'],
  [0, '0'],
  [2.26, '2.3'],
])('%j days are %s', (days, text) => expect(coverText(days, 'en')).toBe(text))

it.each([
  [0, '0%'],
  [0.001, '<1%'],
  [0.784, '78%'],
  [1, '100%'],
])('%d is %s', (share, text) => expect(chanceText(share, 'en')).toBe(text))
