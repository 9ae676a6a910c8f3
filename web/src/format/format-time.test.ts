import { describe, expect, test } from 'vitest'
import { ageText, formatMoment, formatTime, lagText } from './format-time.ts'

const at = Date.parse('2026-03-03T18:45:12.500Z')

describe('formatTime', () => {
  test.each([
    ['Asia/Kolkata', 'clock', '00:15'],
    ['Asia/Kolkata', 'clockSeconds', '00:15:12'],
    ['Asia/Kolkata', 'weekday', 'Wednesday'],
    ['Asia/Kolkata', 'date', 'Wednesday 4 March'],
    ['Asia/Kolkata', 'shortDate', '4 Mar'],
    ['America/New_York', 'date', 'Tuesday 3 March'],
    ['Asia/Kolkata', 'fullDate', '4 March 2026'],
    ['UTC', 'day', '03/03/2026'],
  ] as const)('in %s as %s', (zone, style, text) => {
    expect(formatTime(at, zone, style)).toBe(text)
  })
})

describe('formatMoment', () => {
  test.each([
    ['2026-03-03T18:45:12Z', '18:45:12'],
    ['2026-03-02T23:59:59Z', 'Mon 23:59:59'],
    ['2026-02-26T00:00:00Z', 'Thu 00:00:00'],
    ['2026-02-24T18:45:12Z', '24 Feb 18:45:12'],
    ['2025-03-03T18:45:12Z', '3 Mar 18:45:12'],
  ])('%s', (moment, text) => {
    expect(formatMoment(Date.parse(moment), at, 'UTC')).toBe(text)
  })
})

test.each([
  [0, '0 s old'],
  [12_999, '12 s old'],
  [59_999, '59 s old'],
  [60_000, '1 min old'],
  [3_599_999, '59 min old'],
  [7_200_000, '2 h old'],
])('an age of %d ms', (ageMs, text) => {
  expect(ageText(ageMs)).toBe(text)
})

test.each([
  [-5, '0.0 s behind'],
  [0, '0.0 s behind'],
  [120, '0.1 s behind'],
  [9_949, '9.9 s behind'],
  [10_000, '10 s behind'],
  [119_000, '119 s behind'],
  [180_000, '3 min behind'],
])('a lag of %d ms', (lagMs, text) => {
  expect(lagText(lagMs)).toBe(text)
})
