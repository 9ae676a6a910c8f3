import { describe, expect, it } from 'vitest'
import { draw, emptyTable, fillTable } from './alias-table.ts'
import { exponential, gaussian, geometric, pickWeighted, randomFrom, uniform } from './random.ts'

const mean = (count: number, make: () => number): number => {
  let sum = 0
  for (let i = 0; i < count; i++) sum += make()
  return sum / count
}

describe('chance', () => {
  it('is xoshiro128**, as its authors’ reference makes it from 1, 2, 3, 4', () => {
    const random = { a: 1, b: 2, c: 3, d: 4 }
    const first = Array.from({ length: 10 }, () => uniform(random) * 2 ** 32)
    expect(first).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ])
  })

  it('is another one with another seed', () => {
    expect(randomFrom(1)).toEqual(randomFrom(1))
    expect(uniform(randomFrom(1))).not.toBe(uniform(randomFrom(2)))
    expect(randomFrom(0)).not.toEqual({ a: 0, b: 0, c: 0, d: 0 })
  })

  it('has the means it says', () => {
    const random = randomFrom(3)
    expect(mean(50_000, () => uniform(random))).toBeCloseTo(0.5, 1)
    expect(mean(50_000, () => exponential(random, 4)) / 4).toBeCloseTo(1, 1)
    expect(mean(50_000, () => gaussian(random))).toBeCloseTo(0, 1)
    expect(mean(50_000, () => gaussian(random) ** 2)).toBeCloseTo(1, 1)
    expect(mean(50_000, () => geometric(random, 0.4))).toBeCloseTo(0.4 / 0.6, 1)
  })
})

describe('weights', () => {
  const weights = [1, 0, 5, 2, 2]
  const shares = (make: () => number) => {
    const counts = weights.map(() => 0)
    for (let i = 0; i < 40_000; i++) counts[make()]!++
    return counts.map((count) => Math.round((count / 40_000) * 20) / 20)
  }

  it('are drawn by their shares', () => {
    const random = randomFrom(9)
    const table = emptyTable(weights.length)
    fillTable(table, Float64Array.from(weights))
    expect(shares(() => draw(table, random))).toEqual([0.1, 0, 0.5, 0.2, 0.2])
    expect(shares(() => pickWeighted(random, weights))).toEqual([0.1, 0, 0.5, 0.2, 0.2])
  })
})
