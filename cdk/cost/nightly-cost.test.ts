import { expect, test } from 'vitest'
import { athenaCost, nightlyCost } from './nightly-cost.ts'

const night = (stores: number, merchants = 1) => ({ stores, productsOfStore: 1_000, merchants })
const sumOf = (stores: number, merchants?: number) =>
  nightlyCost(night(stores, merchants)).reduce((sum, { dollars }) => sum + dollars, 0)

test('a night is dearer with more stores, and as dear again for another merchant', () => {
  expect(sumOf(100)).toBeGreaterThan(sumOf(1))
  expect(sumOf(1_000)).toBeGreaterThan(sumOf(100))
  expect(sumOf(1, 10)).toBeCloseTo(10 * sumOf(1))
})

test('a smallest night is its tasks: some forty seconds of 3 GB, and ninety transitions', () => {
  const [lambda, stepFunctions] = nightlyCost(night(0))
  expect(lambda!.dollars).toBeCloseTo(26 * 2e-7 + 39 * ((3_008 / 1_024) * 0.0000166667 + 9.5 * 0.0000000309), 6)
  expect(stepFunctions!.dollars).toBeCloseTo(90 * 0.000025, 9)
})

test('Athena counts ten megabytes at least, so a small night costs it as much as a larger one', () => {
  expect(athenaCost(night(1))).toBe(athenaCost(night(10)))
  expect(athenaCost(night(1_000))).toBeGreaterThan(athenaCost(night(10)))
})
