import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BinnedFeatures, between, binFeatures } from './bin-features.ts'
import { FeatureTableError, tableOf } from './feature-table.ts'

const binsOf = ({ packed, rows }: BinnedFeatures, j: number): number[] =>
  Array.from({ length: rows }, (_, i) => (packed[(j >> 2) * rows + i]! >>> (8 * (j & 3))) & 255)

const upFrom = (value: number): number => {
  const bits = new Int32Array(new Float32Array([value]).buffer)
  bits[0]! += value < 0 ? -1 : 1
  return new Float32Array(bits.buffer)[0]!
}

describe('between', () => {
  it.each([
    [1, 2, 1.5],
    [-2, -1, -1.5],
    [0, 1e-45, 0],
    [1, upFrom(1), 1],
    [-3e38, 3e38, 0],
    [16777215, 16777216, 16777215],
  ])('%d and %d: %d', (a, b, cut) => {
    expect(between(Math.fround(a), Math.fround(b))).toBe(Math.fround(cut))
  })
})

describe('numbers', () => {
  it('have a bin each while they fit, and a bin for what is missing', () => {
    const binned = binFeatures(tableOf({ x: [3, NaN, 1, 2, 1] }))
    expect(binsOf(binned, 0)).toEqual([3, 0, 1, 2, 1])
    expect([...binned.cuts[0]!]).toEqual([1.5, 2.5])
    expect(binned.binCounts[0]).toBe(4)
  })

  it('are cut so that float32 values compare as their bins do', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noDefaultInfinity: true }), { minLength: 1, maxLength: 400 }),
        fc.integer({ min: 2, max: 255 }),
        (values, maxBins) => {
          const binned = binFeatures(tableOf({ x: values }), { maxBins })
          const cuts = binned.cuts[0]!
          expect(cuts.length).toBeLessThan(maxBins)
          for (let k = 1; k < cuts.length; k++) expect(cuts[k]).toBeGreaterThan(cuts[k - 1]!)
          binsOf(binned, 0).forEach((bin, i) => {
            const value = Math.fround(values[i]!)
            if (Number.isNaN(value)) expect(bin).toBe(0)
            else for (let k = 0; k < cuts.length; k++) expect(value <= cuts[k]!).toBe(bin <= k + 1)
          })
        },
      ),
      { numRuns: 60 },
    )
  })

  it('are in bins of equal mass, and both tails in ever smaller ones', () => {
    const binned = binFeatures(tableOf({ x: Float32Array.from({ length: 51_000 }, (_, i) => i) }))
    const counts = new Array<number>(256).fill(0)
    for (const bin of binsOf(binned, 0)) counts[bin]!++
    expect(counts[0]).toBe(0)
    expect(binned.binCounts[0]).toBe(252)
    expect(counts.slice(1, 8)).toEqual([3, 3, 7, 13, 27, 54, 107])
    expect(counts.slice(245, 252)).toEqual([107, 53, 27, 13, 7, 3, 3])
    for (const count of counts.slice(8, 245)) expect(Math.abs(count - 213)).toBeLessThanOrEqual(1)
  })

  it('that come very often have a bin of their own', () => {
    const x = Float32Array.from({ length: 3_000 }, (_, i) => (i % 3 === 0 ? i : 0))
    const binned = binFeatures(tableOf({ x }), { maxBins: 20 })
    expect(new Set(binsOf(binned, 0).filter((_, i) => i % 3 !== 0)).size).toBe(1)
    expect(new Set(binsOf(binned, 0)).size).toBeGreaterThan(15)
  })

  it('of many rows are cut by rows chosen by chance, not by each n-th', () => {
    // Each second row, as a stride would see it, says 0 alone.
    const x = Float32Array.from({ length: 400_000 }, (_, i) => (i % 2 === 0 ? 0 : 1 + (i % 100)))
    expect(binFeatures(tableOf({ x })).binCounts[0]).toBe(52)
  })

  it('must be finite', () => {
    expect(() => binFeatures(tableOf({ x: [1, -Infinity] }))).toThrow(
      new FeatureTableError('row 1 of "x" is -Infinity, and must be finite; what is missing is NaN'),
    )
  })
})

describe('categories', () => {
  it('have a bin each by code; the rare beyond the cap go with the missing', () => {
    const binned = binFeatures(tableOf({ x: [7, 7, 900, 900, 3, NaN, 12] }, ['x']), { maxBins: 3 })
    expect([...binned.cuts[0]!]).toEqual([3, 7, 900])
    expect(binsOf(binned, 0)).toEqual([2, 2, 3, 3, 1, 0, 0])
    expect(binned.binCounts[0]).toBe(4)
  })
})

it.each([1.5, -1, Infinity])('%d is no code of a category', (code) => {
  expect(() => binFeatures(tableOf({ x: [NaN, code] }, ['x']))).toThrow(
    `row 1 of "x" is ${code}, and must be a code, a whole number from 0; what is missing is NaN`,
  )
})

it('packs every column on its own', () => {
  const columns = Object.fromEntries(Array.from({ length: 9 }, (_, j) => [`x${j}`, [j % 3, 1, 2 - (j % 2), NaN]]))
  const together = binFeatures(tableOf(columns))
  Object.entries(columns).forEach(([name, column], j) => {
    expect(binsOf(together, j)).toEqual(binsOf(binFeatures(tableOf({ [name]: column })), 0))
  })
})
