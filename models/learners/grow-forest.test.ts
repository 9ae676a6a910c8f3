import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { learningRows, targetsOf } from '#test/fakes/learning-table.ts'
import { binFeatures } from './bin-features.ts'
import { explainTable } from './explain-trees.ts'
import { growForest } from './grow-forest.ts'
import { rawScores } from './predict-trees.ts'

const rmse = (a: Float64Array, b: Float64Array) =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length)

const learning = learningRows(1_200, 1)
const binned = binFeatures(learning.table)
const settings = { trees: 40, columnsPerSplit: 0.6 }

it('learns, and knows its error without further rows', () => {
  const { trees, outOfBag, outOfBagRmse } = growForest(binned, { target: learning.target }, settings)
  const unseen = learningRows(3_000, 2)
  const error = rmse(rawScores(trees, unseen.table), unseen.target)
  expect(error).toBeLessThan(1.2)
  expect(outOfBagRmse).toBeGreaterThan(error * 0.85)
  expect(outOfBagRmse).toBeLessThan(error * 1.15)
  expect(rmse(outOfBag, learning.target)).toBeCloseTo(outOfBagRmse, 9)
  // On the rows it was grown on it looks better than it is.
  expect(rmse(rawScores(trees, learning.table), learning.target)).toBeLessThan(outOfBagRmse * 0.8)
})

it('of ones and zeros predicts a share', () => {
  const target = targetsOf(learning.target, 'logistic')
  const { trees, outOfBag } = growForest(binned, { target }, settings)
  const unseen = learningRows(2_000, 2)
  const shares = rawScores(trees, unseen.table)
  expect(shares.every((share) => share > -1e-6 && share < 1 + 1e-6)).toBe(true)
  const truth = targetsOf(unseen.target, 'logistic')
  const right = shares.reduce((sum, share, i) => sum + Number(share > 0.5 === truth[i]! > 0.5), 0) / 2_000
  expect(right).toBeGreaterThan(0.8)
  for (const of of [shares.filter((share) => share > 0.7), outOfBag.filter((share) => share > 0.7)])
    expect(of.length).toBeGreaterThan(50)
})

it('grows the same trees on both kernels and for a seed, bit for bit', () => {
  fc.assert(
    fc.property(fc.nat({ max: 9_999 }), fc.boolean(), (seed, weighted) => {
      const made = learningRows(150, seed)
      const labels = {
        target: made.target,
        weights: weighted ? made.target.map((value) => 1 + Math.abs(value)) : undefined,
      }
      const of = (kernel: 'plain' | 'simd') =>
        growForest(binFeatures(made.table), labels, { trees: 4, seed }, { kernel })
      expect(of('simd')).toEqual(of('plain'))
    }),
    { numRuns: 8 },
  )
  const [one, other] = [1, 2].map(
    (seed) => growForest(binned, { target: learning.target }, { trees: 2, seed }).trees.value,
  )
  expect(one).not.toEqual(other)
})

it('is explained like any trees', () => {
  const { trees } = growForest(binned, { target: learning.target }, { trees: 8, maxLeaves: 30 })
  const { expected, contributions } = explainTable(trees, learning.table)
  const raw = rawScores(trees, learning.table)
  for (let i = 0; i < 20; i++)
    expect(contributions.subarray(5 * i, 5 * i + 5).reduce((sum, part) => sum + part, expected)).toBeCloseTo(raw[i]!, 9)
})

describe('bounds', () => {
  it('a row that every tree was grown on has no estimate', () => {
    const few = learningRows(30, 1)
    const { outOfBag, outOfBagRmse } = growForest(binFeatures(few.table), { target: few.target }, { trees: 1 })
    const unknown = outOfBag.filter(Number.isNaN).length
    expect(unknown).toBeGreaterThan(10)
    expect(unknown).toBeLessThan(30)
    expect(outOfBagRmse).toBeGreaterThan(0)
  })

  it('a single row has no estimate at all', () => {
    const one = learningRows(1, 1)
    const { trees, outOfBagRmse } = growForest(binFeatures(one.table), { target: one.target }, { trees: 2 })
    expect(outOfBagRmse).toBeNaN()
    expect(rawScores(trees, one.table)[0]).toBeCloseTo(one.target[0]!, 9)
  })

  it('what onTree throws ends it', () => {
    const onTree = (trees: number) => {
      if (trees === 2) throw new Error('enough')
    }
    expect(() => growForest(binned, { target: learning.target }, { trees: 9 }, { onTree })).toThrow('enough')
  })
})
