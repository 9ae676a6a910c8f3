import { expect, test } from 'vitest'
import { addDays } from '#core/metrics/business-time.ts'
import { type AccuracyDay, weeklyErrors } from './accuracy.ts'

/** Ten units sold on each day, and so many missed. */
const day = (at: number, error: number): AccuracyDay => ({
  day: addDays('2026-03-01', at),
  ...{ forecasts: 1, actual: 10, median: 10, mean: 10, error, naive: 5, moving: 5, inside: 1 },
})
const span = (from: number, to: number, error: number) =>
  Array.from({ length: to - from }, (_, k) => day(from + k, error))

test('errors are of calendar weeks that end on the newest day, and of whole ones', () => {
  expect(weeklyErrors([])).toEqual([])
  expect(weeklyErrors(span(0, 6, 1))).toEqual([])
  expect(weeklyErrors([...span(0, 7, 1), ...span(7, 14, 3)])).toEqual([0.1, 0.3])
  // Three days without a forecast: the week that lacks them is none, and those before it are the same weeks.
  expect(weeklyErrors([...span(0, 7, 1), ...span(7, 9, 9), ...span(12, 14, 9), ...span(14, 21, 3)])).toEqual([0.1, 0.3])
})
