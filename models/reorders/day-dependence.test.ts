import { expect, it } from 'vitest'
import { gaussian, randomFrom } from '#core/simulator/random.ts'
import { dayDependence } from './day-dependence.ts'

const windows = (common: number) => {
  const random = randomFrom(5)
  return Array.from({ length: 2000 }, () => {
    const shared = Math.sqrt(common) * gaussian(random)
    return {
      errors: Float64Array.from({ length: 14 }, () => 3 * (shared + Math.sqrt(1 - common) * gaussian(random))),
      scale: 3,
    }
  })
}

it.each([0, 0.1, 0.4])('finds that days err together by %d', (common) =>
  expect(Math.abs(dayDependence(windows(common)) - common)).toBeLessThan(0.04),
)
it.each([
  ['nothing known', []],
  ['no pair of days', [{ errors: [1, Number.NaN], scale: 1 }]],
  ['forecasts that are right', [{ errors: [0, 0], scale: 1 }]],
  ['errors that even out', [{ errors: [1, -1], scale: 1 }]],
])('%s: none', (_, of) => expect(dayDependence(of)).toBe(0))
it('never more than 0.9', () => expect(dayDependence([{ errors: [1, 1, 1], scale: 1 }])).toBe(0.9))
