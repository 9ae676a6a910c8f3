import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayDemand, daysAhead, unitsAt } from './day-demand.ts'

const ZEROS = Array(9).fill(0) as number[]
const meanOf = (day: ReturnType<typeof dayDemand>, draws = 20_000) => {
  let sum = 0
  for (let draw = 0; draw < draws; draw++) sum += unitsAt(day, (draw + 0.5) / draws)
  return sum / draws
}

describe('one day of demand', () => {
  it('goes through its quantiles', () => {
    const day = dayDemand({ mean: 5, quantiles: [1, 2, 3, 4, 5, 6, 7, 8, 9] })
    expect([0, 0.1, 0.5, 0.55, 0.9].map((share) => Number(unitsAt(day, share).toFixed(9)))).toEqual([0, 1, 5, 5.5, 9])
  })
  it('a product that sells on few days has its mean, though its quantiles are all 0', () => {
    const day = dayDemand({ mean: 0.08, quantiles: ZEROS })
    expect(unitsAt(day, 0.9)).toBe(0)
    expect(meanOf(day)).toBeCloseTo(0.08, 3)
  })
  it.each([
    ['eight quantiles', { mean: 1, quantiles: ZEROS.slice(1) }],
    ['a mean below 0', { mean: -1, quantiles: ZEROS }],
    ['a quantile that is no number', { mean: 1, quantiles: ZEROS.with(4, Number.NaN) }],
  ])('refuses %s', (_, forecast) => expect(() => dayDemand(forecast)).toThrow(RangeError))

  it('never falls as the share rises, nor below 0; its mean is never below the forecast’s', () =>
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { minLength: 9, maxLength: 9 }),
        fc.double({ min: 0, max: 40, noNaN: true }),
        (quantiles, mean) => {
          const day = dayDemand({ mean, quantiles: quantiles.sort((a, b) => a - b) })
          let before = 0
          for (let share = 0; share < 1; share += 0.01) {
            const units = unitsAt(day, share)
            expect(units).toBeGreaterThanOrEqual(before - 1e-9)
            before = units
          }
          expect(meanOf(day)).toBeGreaterThan(mean - 0.01 * Math.max(1, mean))
        },
      ),
      { numRuns: 50 },
    ))
})

describe('days beyond the forecast', () => {
  const week = Array.from({ length: 7 }, (_, k) => ({ mean: k + 1, quantiles: Array(9).fill(k + 1) as number[] }))
  it('are like the latest of their weekday', () =>
    expect(daysAhead(week, 16).map(({ mean }) => mean)).toEqual([1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7, 1, 2]))
  it('of a longer forecast go on from its last week', () =>
    expect(daysAhead([...week, week[2]!], 10).map(({ mean }) => mean)).toEqual([1, 2, 3, 4, 5, 6, 7, 3, 2, 3]))
  it('of one day are all like it', () => expect(daysAhead([week[4]!], 3).map(({ mean }) => mean)).toEqual([5, 5, 5]))
})
