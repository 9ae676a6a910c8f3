import { expect, it } from 'vitest'
import { durationText } from './format-duration.ts'

const HOUR_MS = 3_600_000

it.each([
  [0, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [HOUR_MS - 1, '59 min'],
  [HOUR_MS, '1 h'],
  [5.25 * HOUR_MS, '5.3 h'],
  [9.96 * HOUR_MS, '10 h'],
  [47.9 * HOUR_MS, '48 h'],
  [48 * HOUR_MS, '2 days'],
  [81 * HOUR_MS, '3.4 days'],
  [24 * 1234 * HOUR_MS, '1,234 days'],
])('%i ms is %s', (ms, text) => {
  expect(durationText(ms, 'en')).toBe(text)
})
