import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { median, percentile, percentilesMs } from './percentiles.ts'

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i)
  test.each([
    [[7], 50, 7],
    [[7], 99, 7],
    [[3, 1, 2], 50, 2],
    [[4, 3, 2, 1], 50, 2],
    [hundred, 50, 50],
    [hundred, 99, 99],
    [hundred, 99.1, 100],
    [hundred, 100, 100],
    [[10, 9], 0.1, 9],
  ])('of %j at %d is %d', (samples, percent, expected) => {
    expect(percentile(samples, percent)).toBe(expected)
  })

  test('of nothing is not a number', () => {
    expect(percentile([], 99)).toBeNaN()
    expect(percentilesMs([], [50, 99])).toEqual({ p50Ms: null, p99Ms: null })
  })

  test('at least so many samples are at or below it, and fewer below the next smaller one', () => {
    const samples = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 })
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 100 }), (values, percent) => {
        const found = percentile(values, percent)
        const share = (test: (value: number) => boolean) => (values.filter(test).length / values.length) * 100
        expect(values).toContain(found)
        expect(share((value) => value <= found)).toBeGreaterThanOrEqual(percent - 1e-9)
        expect(share((value) => value < found)).toBeLessThan(percent)
      }),
    )
  })
})

test('the median of an even number lies between the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([9, 1, 5])).toBe(5)
})
