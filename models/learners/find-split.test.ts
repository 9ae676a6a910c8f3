import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CutFinder, noSplit, splitCategory, splitNumber } from './find-split.ts'
import type { LeafSums } from './leaf-sums.ts'
import { bestCut } from './plain-kernel.ts'

const bin = fc.record({ G: fc.integer({ min: -20, max: 20 }), H: fc.nat({ max: 5 }) })
const histogram = fc.array(bin, { minLength: 3, maxLength: 9 })
type Bins = readonly { G: number; H: number }[]

const flat = (bins: Bins) => Float64Array.from(bins.flatMap(({ G, H }) => [H === 0 ? 0 : G, H]))
const kernelOn = (histograms: Float64Array): CutFinder => {
  const memory = { histograms, found: new Float64Array(3) }
  return {
    memory,
    bestCut: (at, end, missingLeft, sums, toBeat) => bestCut(memory, at, end, missingLeft, sums, toBeat),
  }
}
const total = (bins: Bins) => ({
  G: bins.reduce((sum, { G, H }) => sum + (H === 0 ? 0 : G), 0),
  H: bins.reduce((sum, { H }) => sum + H, 0),
})
const sumsOf = (bins: Bins, more: Partial<LeafSums> = {}): LeafSums => ({
  ...total(bins),
  leastHessian: 2,
  l1: 0,
  l2: 1,
  low: -Infinity,
  high: Infinity,
  ...more,
})

/** Loss that a leaf takes away, twice, by trying values. */
function bestOf(G: number, H: number, { l1, l2, low, high }: LeafSums): { value: number; score: number } {
  const at = (value: number) => -(2 * G * value + (H + l2) * value * value + 2 * l1 * Math.abs(value))
  const tries = [-(G - l1) / (H + l2), -(G + l1) / (H + l2), 0].map((value) => Math.min(high, Math.max(low, value)))
  const value = tries.reduce((best, it) => (at(it) > at(best) ? it : best))
  return { value, score: at(value) }
}

/** Every way to send bins left, in the order of the bins, the missing to either side. */
function oracle(bins: Bins, sums: LeafSums, monotone: number): number {
  let best = Number.NEGATIVE_INFINITY
  const all = total(bins)
  for (let cut = 1; cut < bins.length; cut++)
    for (const withMissing of [true, false]) {
      const left = total(bins.slice(withMissing ? 0 : 1, cut + 1))
      const right = { G: all.G - left.G, H: all.H - left.H }
      if (left.H < sums.leastHessian || right.H < sums.leastHessian) continue
      const [a, b] = [bestOf(left.G, left.H, sums), bestOf(right.G, right.H, sums)]
      if (monotone * (b.value - a.value) >= 0) best = Math.max(best, a.score + b.score)
    }
  return best
}

describe('splitNumber', () => {
  it.each([
    ['free', {}, 0],
    ['l1', { l1: 3 }, 0],
    ['bounds', { low: -0.8, high: 0.5 }, 0],
    ['rising', {}, 1],
    ['falling within bounds', { low: -1, high: 2, l1: 1 }, -1],
  ] as const)('finds the best of all: %s', (_, more, monotone) => {
    fc.assert(
      fc.property(histogram, (bins) => {
        const sums = sumsOf(bins, more)
        const best = noSplit(sums, 0)
        const own = bestOf(sums.G, sums.H, sums).score
        expect(best.score).toBeCloseTo(own, 6)
        splitNumber(best, 7, kernelOn(flat(bins)), 0, bins.length, monotone, sums)
        const most = oracle(bins, sums, monotone)
        if (most > own + 1e-6) {
          expect(best.score).toBeCloseTo(most, 6)
          expect(best.feature).toBe(7)
          // What it says of its left side is so.
          const from = best.missingLeft === true ? 0 : 1
          expect([best.leftG, best.leftH]).toEqual(Object.values(total(bins.slice(from, best.bin + 1))))
        } else expect(best.score).toBeCloseTo(own, 6)
      }),
    )
  })

  it('does not say where the missing go where none is', () => {
    const sums = sumsOf([
      { G: 0, H: 0 },
      { G: 9, H: 4 },
      { G: -9, H: 4 },
    ])
    const best = noSplit(sums, 0)
    splitNumber(best, 0, kernelOn(Float64Array.of(0, 0, 9, 4, -9, 4)), 0, 3, 0, sums)
    expect(best).toMatchObject({ feature: 0, bin: 1, missingLeft: undefined, leftG: 9, leftH: 4 })
  })

  it('parts the missing from all others', () => {
    const bins = [
      { G: 9, H: 4 },
      { G: -4, H: 4 },
      { G: -5, H: 4 },
    ]
    const sums = sumsOf(bins)
    const best = noSplit(sums, 0)
    splitNumber(best, 0, kernelOn(flat(bins)), 0, 3, 0, sums)
    expect(best).toMatchObject({ bin: 2, missingLeft: false, leftG: -9, leftH: 8 })
  })

  it('takes no split that gains less than minGain, nor one by rounding', () => {
    const bins = [
      { G: 0, H: 0 },
      { G: 1, H: 4 },
      { G: -1, H: 4 },
    ]
    const sums = sumsOf(bins)
    const gain = 2 / 5
    for (const [minGain, feature] of [
      [gain - 1e-6, 0],
      [gain + 1e-6, -1],
    ] as const) {
      const best = noSplit(sums, minGain)
      splitNumber(best, 0, kernelOn(flat(bins)), 0, 3, 0, sums)
      expect(best.feature).toBe(feature)
    }
    const same = [
      { G: 0, H: 0 },
      { G: 3, H: 3 },
      { G: 0.1 + 0.2, H: 0.3 },
    ]
    const even = { ...sumsOf(same), l2: 0, leastHessian: 0.1 }
    const none = noSplit(even, 0)
    splitNumber(none, 0, kernelOn(flat(same)), 0, 3, 0, even)
    expect(none.feature).toBe(-1)
  })
})

describe('splitCategory', () => {
  const bounds = { categorySmoothing: 0, categoryL2: 0, maxCategoriesPerSplit: 32 }

  it('finds the best of all ways to part the categories', () => {
    fc.assert(
      fc.property(histogram, (bins) => {
        // With the missing among the rest, the best parting follows the order of gradient by hessian.
        const sums = { ...sumsOf([{ G: 0, H: 0 }, ...bins.slice(1)]), l2: 0, leastHessian: 0.5 }
        const best = noSplit(sums, 0)
        if (sums.H === 0) return
        splitCategory(best, 2, Float64Array.of(0, 0, ...flat(bins.slice(1))), 0, bins.length, bounds, sums)
        let most = Number.NEGATIVE_INFINITY
        for (let set = 1; set < 1 << (bins.length - 1); set++) {
          const left = total(bins.slice(1).filter((_, k) => set & (1 << k)))
          const right = { G: sums.G - left.G, H: sums.H - left.H }
          if (left.H > 0 && right.H > 0) most = Math.max(most, left.G ** 2 / left.H + right.G ** 2 / right.H)
        }
        expect(best.score).toBeCloseTo(Math.max(most, sums.G ** 2 / sums.H), 5)
        if (best.feature < 0) return
        expect(best.leftG).toBeCloseTo(total(Array.from(best.leftBins!, (it) => bins[it]!)).G, 9)
        expect(best.leftBins).not.toContain(0)
      }),
    )
  })

  it('names no more than the cap, from either end', () => {
    const bins = [{ G: 0, H: 9 }, ...Array.from({ length: 8 }, (_, k) => ({ G: k < 5 ? 6 : -9, H: 3 }))]
    for (const [cap, left] of [
      [3, [6, 7, 8]],
      [2, [6, 7]],
    ] as const) {
      const best = noSplit(sumsOf(bins), 0)
      splitCategory(best, 0, flat(bins), 0, bins.length, { ...bounds, maxCategoriesPerSplit: cap }, sumsOf(bins))
      expect([...best.leftBins!].sort()).toEqual(left)
    }
  })

  it('mistrusts rare categories by smoothing and l2', () => {
    const bins = [
      { G: 0, H: 0 },
      { G: 30, H: 1 },
      { G: 100, H: 20 },
      { G: 60, H: 20 },
    ]
    const first = (smoothing: number) => {
      const best = noSplit(sumsOf(bins, { leastHessian: 0.5 }), 0)
      splitCategory(
        best,
        0,
        flat(bins),
        0,
        4,
        { ...bounds, categorySmoothing: smoothing, maxCategoriesPerSplit: 1 },
        sumsOf(bins, { leastHessian: 0.5 }),
      )
      return [...best.leftBins!]
    }
    expect(first(0)).toEqual([1])
    // By 30 / 11, 100 / 30 and 60 / 30 the rare one stands in the middle.
    expect(first(10)).toEqual([3])
    const withL2 = noSplit(sumsOf(bins), 0)
    splitCategory(withL2, 0, flat(bins), 0, 4, { ...bounds, categoryL2: 1e6 }, sumsOf(bins))
    expect(withL2.feature).toBe(-1)
  })
})
