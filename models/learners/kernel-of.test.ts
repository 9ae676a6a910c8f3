import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { below, gaussian, randomFrom } from '#core/simulator/random.ts'
import { learningRows } from '#test/fakes/learning-table.ts'
import { binFeatures } from './bin-features.ts'
import type { HistogramKernel } from './histogram-kernel.ts'
import { FEATURE_STRIDE, GROUP_STRIDE } from './kernel-memory.ts'
import { type KernelName, kernelOf } from './kernel-of.ts'

const KERNELS = ['plain', 'simd'] as const

const prepared = (name: KernelName, rows: number, seed: number): HistogramKernel => {
  const binned = binFeatures(learningRows(rows, seed).table)
  const kernel = kernelOf(name, { binned, treeRows: rows, slots: 2 })
  const random = randomFrom(seed)
  kernel.memory.gradients.set(Float32Array.from({ length: 2 * rows }, () => gaussian(random)))
  kernel.memory.order.set(Uint32Array.from({ length: rows }, () => below(random, rows)))
  return kernel
}

const sizes = fc.record({ rows: fc.integer({ min: 1, max: 70 }), seed: fc.nat(), from: fc.nat({ max: 5 }) })

describe.each(KERNELS)('%s', (name) => {
  it('adds up what stands in each bin of each feature', () => {
    fc.assert(
      fc.property(sizes, ({ rows, seed, from }) => {
        const kernel = prepared(name, rows, seed)
        const { order, gradients, histograms, packed } = kernel.memory
        const begin = Math.min(from, rows - 1)
        const count = rows - begin
        histograms.fill(99)
        kernel.gather(begin, count)
        kernel.build(1, 1, begin, count)
        kernel.build(0, 0, begin, count)
        // Feature 4, the shop, is the first of group 1.
        const sums = new Map<number, number>()
        for (const row of order.subarray(begin)) {
          const bin = packed[rows + row]! & 255
          sums.set(bin, (sums.get(bin) ?? 0) + gradients[2 * row]!)
        }
        const at = (1 * 2 + 1) * GROUP_STRIDE
        const made = Array.from({ length: 256 }, (_, bin) => histograms[at + 2 * bin])
        expect(made).toEqual(Array.from({ length: 256 }, (_, bin) => sums.get(bin) ?? 0))
        const total = (feature: number) => {
          const all = histograms.subarray(feature * FEATURE_STRIDE, (feature + 1) * FEATURE_STRIDE)
          return all.reduce((sum, value, k) => sum + (k % 2 === 1 ? value : 0), 0)
        }
        expect(total(3)).toBeCloseTo(total(0), 9)
      }),
      { numRuns: 20 },
    )
  })

  it('parts rows by their bins, each side in its old order', () => {
    fc.assert(
      fc.property(sizes, fc.nat({ max: 4 }), ({ rows, seed, from }, feature) => {
        const kernel = prepared(name, rows, seed)
        const { order, goesLeft, packed } = kernel.memory
        const random = randomFrom(seed)
        for (let bin = 0; bin < 256; bin++) goesLeft[bin] = below(random, 2)
        const begin = Math.min(from, rows - 1)
        const before = [...order]
        const isLeft = (row: number) =>
          goesLeft[(packed[(feature >> 2) * rows + row]! >>> (8 * (feature & 3))) & 255] === 1
        const [left, right] = [before.slice(begin).filter(isLeft), before.slice(begin).filter((row) => !isLeft(row))]
        expect(kernel.partition(feature, begin, rows - begin)).toBe(left.length)
        expect([...order]).toEqual([...before.slice(0, begin), ...left, ...right])
      }),
      { numRuns: 20 },
    )
  })
})

it('both subtract alike, and find the same cuts', () => {
  fc.assert(
    fc.property(sizes, fc.boolean(), ({ rows, seed }, missingLeft) => {
      const results = KERNELS.map((name) => {
        const kernel = prepared(name, rows, seed)
        kernel.gather(0, rows)
        kernel.build(0, 0, 0, rows)
        kernel.gather(0, rows >> 1)
        kernel.build(0, 1, 0, rows >> 1)
        kernel.subtract(0, 0, 1)
        const { histograms, found } = kernel.memory
        const sums = { G: 1.5, H: 9, leastHessian: 0.1, l1: 0, l2: 0.3, low: -Infinity, high: Infinity }
        const bin = kernel.bestCut(FEATURE_STRIDE, 60, missingLeft, sums, 0.01)
        return { bin, found: [...found], histograms: histograms.slice(0, GROUP_STRIDE) }
      })
      expect(results[1]).toEqual(results[0])
    }),
    { numRuns: 30 },
  )
})

it('says when its memory would not do', () => {
  const binned = binFeatures(learningRows(10, 1).table)
  expect(() => kernelOf('simd', { binned, treeRows: 10, slots: 200_000 })).toThrow(
    /^10 rows and 200000 leaves need \d+ bytes; a kernel has 4 GiB: take fewer leaves or rows$/,
  )
})
