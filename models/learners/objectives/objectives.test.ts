import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomFrom, uniform } from '#core/simulator/random.ts'
import { groupsOf, targetsOf } from '#test/fakes/learning-table.ts'
import { meanNdcg } from './lambdamart.ts'
import { type Objective, TargetError, type Targets } from './objective.ts'
import { objectiveOf, objectiveSettings } from './objective-of.ts'
import { weightedQuantile } from './weighted-quantile.ts'

const made = (settings: object): Objective => objectiveOf(objectiveSettings.parse(settings))

const labels = (name: string, rows: number, seed: number): Targets & { scores: Float64Array } => {
  const random = randomFrom(seed)
  const column = (of: () => number) => Float64Array.from({ length: rows }, of)
  const around = column(() => 4 * uniform(random) - 1)
  const [weights, scores] = [column(() => uniform(random) * 3), column(() => 2 * uniform(random) - 1)]
  return { target: targetsOf(around, name), weights, scores, groups: groupsOf(rows, random) }
}

/** By name: gradient to slope of the loss, hessian to its curvature. */
const PLAIN: readonly [{ name: string; power?: number }, number, number][] = [
  [{ name: 'squared' }, 1 / 2, 1 / 2],
  [{ name: 'poisson' }, 1, Math.exp(0.7)],
  [{ name: 'tweedie', power: 1.3 }, 1, 1],
  [{ name: 'logistic' }, 1, 1],
]

describe.each(PLAIN)('%o', (settings, slopeShare, curveShare) => {
  const objective = made(settings)
  it('has the slope and the curvature of its loss', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { scores, ...targets } = labels(settings.name, 6, seed)
        const total = targets.weights!.reduce((sum, weight) => sum + weight, 0)
        const gradients = new Float32Array(12)
        objective.putGradients(scores, targets, gradients)
        const lossAt = (row: number, by: number) => objective.loss(scores.with(row, scores[row]! + by), targets) * total
        for (let row = 0; row < 6; row++) {
          const slope = (lossAt(row, 1e-4) - lossAt(row, -1e-4)) / 2e-4
          const curve = (lossAt(row, 1e-3) - 2 * lossAt(row, 0) + lossAt(row, -1e-3)) / 1e-6
          expect(gradients[2 * row]).toBeCloseTo(slope * slopeShare, 4)
          expect(gradients[2 * row + 1]).toBeCloseTo(curve * curveShare, 4)
        }
      }),
      { numRuns: 20 },
    )
  })
})

describe.each([...PLAIN.map(([settings]) => settings), { name: 'quantile', level: 0.8 }])('%o', (settings) => {
  const objective = made(settings)
  it('begins where no other single score is better', () => {
    const { target, weights } = labels(settings.name, 50, 3)
    const lossOf = (score: number) => objective.loss(new Float64Array(50).fill(score), { target, weights })
    const begin = objective.initialScore({ target, weights })
    for (const by of [-0.1, -1e-3, 1e-3, 0.1]) expect(lossOf(begin + by)).toBeGreaterThanOrEqual(lossOf(begin))
  })
})

it('quantile: the gradient says the side, the value of a leaf is a quantile of its residuals', () => {
  const objective = made({ name: 'quantile', level: 0.9 })
  const gradients = new Float32Array(6)
  objective.putGradients(
    Float64Array.of(1, 2, 3),
    { target: Float64Array.of(0, 2, 9), weights: Float64Array.of(1, 1, 2) },
    gradients,
  )
  expect([...gradients]).toEqual([0.1, 1, 0.1, 1, -1.8, 2].map(Math.fround))
  expect(objective.leafValue!(Float64Array.of(5, 1, 4, 2, 3, 9, 8, 7, 6, 10), undefined)).toBe(9)
})

describe('weightedQuantile', () => {
  it.each([
    [[3], undefined, 0.5, 3],
    [[1, 2], undefined, 0.5, 1],
    [[2, 1], undefined, 0.51, 2],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], undefined, 0.1, 1],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], undefined, 0.3, 3],
    [[1, 2, 3], [1, 1, 8], 0.2, 2],
    [[1, 2, 3], [0, 0, 8], 0.001, 3],
    [[1, 2], [0, 0], 0.5, 0],
    [[], undefined, 0.5, 0],
  ])('of %j by %j at %d: %d', (values, weights, level, expected) => {
    expect(weightedQuantile(Float64Array.from(values), weights && Float64Array.from(weights), level)).toBe(expected)
  })

  it('is what sorting finds', () => {
    const row = fc.record({ value: fc.integer({ min: -9, max: 9 }), weight: fc.nat({ max: 4 }) })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 99 }), (rows, percent) => {
        const sorted = rows.toSorted((a, b) => a.value - b.value)
        const total = rows.reduce((sum, { weight }) => sum + weight, 0)
        let sum = 0
        const found = sorted.find(({ weight }) => (sum += weight) * 100 >= percent * total && sum > 0)
        const of = (key: 'value' | 'weight') => Float64Array.from(rows, (it) => it[key])
        expect(weightedQuantile(of('value'), of('weight'), percent / 100)).toBe(total > 0 ? found!.value : 0)
      }),
    )
  })
})

describe('lambdamart', () => {
  const objective = made({ name: 'lambdamart' })

  it('pushes the rows of a query apart, and on the whole nowhere', () => {
    const { scores, ...targets } = labels('lambdamart', 60, 5)
    const gradients = new Float32Array(120)
    objective.putGradients(scores, { ...targets, weights: undefined }, gradients)
    let row = 0
    for (const size of targets.groups!) {
      let sum = 0
      for (let k = 0; k < size; k++) sum += gradients[2 * (row + k)]!
      expect(sum).toBeCloseTo(0, 5)
      row += size
    }
    expect(gradients.some((value) => value !== 0)).toBe(true)
  })

  it('raises what is graded higher: a pair by the change of NDCG', () => {
    const gradients = new Float32Array(4)
    objective.putGradients(
      Float64Array.of(0, 0),
      { target: Float64Array.of(0, 1), groups: Uint32Array.of(2) },
      gradients,
    )
    // Change of NDCG 1 - 1/log2(3), wrong by a half; two lambdas of that are normalised by log2(1 + sum) / sum.
    const lambda = (1 - 1 / Math.log2(3)) / 2
    const norm = Math.log2(1 + 2 * lambda) / (2 * lambda)
    expect(gradients[0]).toBeCloseTo(lambda * norm, 6)
    expect(gradients[2]).toBeCloseTo(-lambda * norm, 6)
    expect(gradients[1]).toBeCloseTo((lambda / 2) * norm, 6)
  })

  it('judges by NDCG', () => {
    const targets = { target: Float64Array.of(3, 2, 0, 0, 1), groups: Uint32Array.of(3, 2) }
    expect(meanNdcg(Float64Array.of(3, 2, 1, 0, 1), targets, 10)).toBe(1)
    // Sorted as grades 2, 3, 0: (3 + 7 / log2(3)) / (7 + 3 / log2(3)).
    const swapped = (3 + 7 / Math.log2(3)) / (7 + 3 / Math.log2(3))
    expect(meanNdcg(Float64Array.of(2, 3, 1, 0, 1), targets, 10)).toBeCloseTo((1 + swapped) / 2, 12)
    expect(objective.loss(Float64Array.of(2, 3, 1, 0, 1), targets)).toBeCloseTo((1 - swapped) / 2, 12)
  })
})

describe('targets that cannot be', () => {
  it.each([
    [{ name: 'poisson' }, [1, -1], 'the target of row 1 is -1, and must be finite and not negative'],
    [{ name: 'tweedie' }, [NaN], 'the target of row 0 is NaN, and must be finite and not negative'],
    [{ name: 'logistic' }, [0, 1.5], 'the target of row 1 is 1.5, and must be from 0 to 1'],
    [{ name: 'squared' }, [Infinity], 'the target of row 0 is Infinity, and must be finite'],
    [{ name: 'lambdamart' }, [0.5], 'the target of row 0 is 0.5, and must be a whole number from 0 to 30'],
    [{ name: 'lambdamart' }, [1, 2, 3], 'the groups hold 2 rows, the table 3'],
  ])('%o of %j', (settings, target, message) => {
    const targets = { target: Float64Array.from(target), groups: Uint32Array.of(2) }
    expect(() => made(settings).check(targets)).toThrow(new TargetError(message))
  })

  it('ranking without queries', () => {
    expect(() => made({ name: 'lambdamart' }).check({ target: Float64Array.of(1) })).toThrow(
      'ranking needs groups: how many rows each query has',
    )
  })
})
