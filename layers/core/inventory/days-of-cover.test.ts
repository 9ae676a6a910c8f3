import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysOfCover, EXACT_UP_TO_MEAN, stockOutRisk } from './days-of-cover.ts'

/**
 * P(N >= needed) for a mean of `thousandths` / 1000, as a fraction of big integers with 60 decimals: no floating point
 * before the end. e^-mean is one over the sum of all terms.
 */
function oracle(needed: number, thousandths: number): number {
  const ONE = 10n ** 60n
  let term = ONE
  let all = ONE
  let tail = needed <= 0 ? ONE : 0n
  for (let k = 1n; term > 0n || k < needed; k++) {
    term = (term * BigInt(thousandths)) / (1000n * k)
    all += term
    if (k >= needed) tail += term
  }
  return Number((tail * ONE) / all) / 1e60
}

function expectClose(actual: number, expected: number, within: number): void {
  expect(Math.abs(actual - expected), `${actual} is not ${expected}`).toBeLessThanOrEqual(within)
}

describe('daysOfCover', () => {
  it.each([
    [10, 2, 5],
    [1, 4, 0.25],
    [0.5, 1, 0.5],
    [0, 2, 0],
    [-3, 2, 0],
    [0, 0, 0],
    [-1, 0, 0],
    [5, 0, null],
    [5, -1, null],
    [5, 1e-310, null],
    [5, Number.MIN_VALUE, null],
  ])('%d on hand at %d a day is %s', (onHand, unitsPerDay, days) => {
    expect(daysOfCover(onHand, unitsPerDay)).toBe(days)
  })
})

describe('stockOutRisk', () => {
  it.each([
    [0, 5, 7, 1],
    [-2, 0, 7, 1],
    [1, 0, 7, 0],
    [1, 5, 0, 0],
    [1, -1, 7, 0],
    [1, 1, 1, 1 - Math.exp(-1)],
    [2, 1, 1, 1 - 2 * Math.exp(-1)],
    [1.5, 1, 1, 1 - 2 * Math.exp(-1)], // the second unit takes the last half
    [2, 0.5, 2, 1 - 2 * Math.exp(-1)],
    [1, 1e-12, 1, 1e-12],
    [1000, 1, 1, 0],
    [1, 1e6, 1, 1],
    [1, 1e12, 1, 1],
    [2e12, 1e12, 1, 0],
  ])('%d on hand at %d a day for %d days is %d', (onHand, unitsPerDay, horizonDays, risk) => {
    expectClose(stockOutRisk(onHand, unitsPerDay, horizonDays), risk, 1e-15)
  })

  // Printed by mpmath 1.4.1 with 60 digits, rounded to a double: gammainc(needed, 0, mean, regularized=True).
  it.each([
    [1, 1e-9, 9.999999995e-10],
    [10, 10, 0.5420702855281478],
    [20, 10, 0.0034543419758568078],
    [16, 20, 0.843486865360257],
    [100_000, 100_000, 0.5004205221103651],
    [997_000, 1_000_000, 0.9986582148342623],
    [1_000_000, 1_000_000, 0.5001329807608725],
    [1_000_001, 1_000_000, 0.49973403851371634],
    [1_003_000, 1_000_000, 0.0013580352726831283],
    [1_010_000, 1_000_000, 9.039206398099658e-24],
  ])('P(N >= %i) for mean %d is %d', (needed, mean, risk) => {
    expectClose(stockOutRisk(needed, mean, 1), risk, 1e-13 * risk)
  })

  it('equals the sum in big integers, in relative error', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60_000 }), fc.integer({ min: 1, max: 120 }), (thousandths, needed) => {
        const expected = oracle(needed, thousandths)
        expectClose(stockOutRisk(needed, thousandths / 1000, 1), expected, 1e-12 * expected + 1e-50)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([400, 3000])(
    'equals the sum in big integers all around a mean of %i',
    (mean) => {
      for (let needed = mean - 200; needed <= mean + 200; needed += 40) {
        const expected = oracle(needed, mean * 1000)
        expectClose(stockOutRisk(needed, mean, 1), expected, 1e-11 * expected)
      }
    },
    20_000,
  )

  it('falls with every unit on hand and rises with demand, also where the branches meet', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 2e6, noNaN: true }), fc.integer({ min: -5, max: 5 }), (mean, near) => {
        const needed = Math.max(1, Math.round(mean + near * Math.sqrt(mean)))
        const risk = stockOutRisk(needed, mean, 1)
        expect(risk).toBeGreaterThanOrEqual(0)
        expect(risk).toBeLessThanOrEqual(1)
        expect(stockOutRisk(needed + 1, mean, 1)).toBeLessThanOrEqual(risk)
        expect(stockOutRisk(needed, mean * 1.01, 1)).toBeGreaterThanOrEqual(risk - 1e-12)
      }),
      { numRuns: 300 },
    )
  })

  it('changes by less than 1e-4 where the normal approximation takes over', () => {
    for (let sigmas = -5; sigmas <= 5; sigmas += 0.25) {
      const needed = Math.round(EXACT_UP_TO_MEAN + sigmas * 1000)
      const exact = stockOutRisk(needed, EXACT_UP_TO_MEAN, 1)
      expectClose(stockOutRisk(needed, EXACT_UP_TO_MEAN * (1 + 1e-12), 1), exact, 1e-4)
    }
  })
})
