import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { below, randomFrom, uniform } from '#core/simulator/random.ts'
import { groupsOf, learningRows, targetsOf } from '#test/fakes/learning-table.ts'
import { binFeatures } from './bin-features.ts'
import { type BoostSettingsInput, boostSettings, boostTrees } from './boost-trees.ts'
import { columnOf, type FeatureTable, tableOf } from './feature-table.ts'
import { predictions, rawScoreOfRow, rawScores } from './predict-trees.ts'
import type { TreeEnsemble } from './tree-ensemble.ts'

const OBJECTIVES = [
  { name: 'squared' },
  { name: 'poisson' },
  { name: 'tweedie', power: 1.4 },
  { name: 'quantile', level: 0.8 },
  { name: 'logistic' },
  { name: 'lambdamart' },
] as const

const SQUARED = { objective: { name: 'squared' } } as const
const seeds = fc.nat({ max: 1_000_000 })

function train(table: FeatureTable, target: ArrayLike<number>, settings: BoostSettingsInput, more: object = {}) {
  return boostTrees({ binned: binFeatures(table), labels: { target: Float64Array.from(target), ...more } }, settings)
}

const rmse = (a: Float64Array, b: Float64Array) =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length)

/** The columns of a table in another order. */
function shuffled({ features, rows, values }: FeatureTable, order: readonly number[]): FeatureTable {
  const moved = new Float32Array(values.length)
  order.forEach((from, to) => {
    moved.set(values.subarray(from * rows, (from + 1) * rows), to * rows)
  })
  return { features: order.map((j) => features[j]!), rows, values: moved }
}

const chosen = (table: FeatureTable, rows: readonly number[]): FeatureTable => ({
  features: table.features,
  rows: rows.length,
  values: Float32Array.from(table.features.flatMap((_, j) => rows.map((i) => columnOf(table, j)[i]!))),
})

describe.each(OBJECTIVES)('$name', (objective) => {
  const learning = learningRows(900, 4)
  const target = targetsOf(learning.target, objective.name)
  const random = randomFrom(1)
  const weights = Float64Array.from(target, () => below(random, 3) / 2)
  const labels = { target, weights, groups: groupsOf(900, random) }
  const settings: BoostSettingsInput = {
    ...{ objective, rounds: 12, maxLeaves: 9, minDataInLeaf: 8, seed: 5 },
    ...{ rowsPerTree: 0.8, columnsPerTree: 0.9, columnsPerSplit: 0.7, l1: 0.01, l2: 0.5 },
  }

  it('learns, without a round that makes the loss worse', () => {
    const validation = { table: learning.table, labels }
    const { validationLosses } = boostTrees(
      { binned: binFeatures(learning.table), labels, validation },
      { objective, rounds: 12, maxLeaves: 9 },
    )
    for (let k = 1; k < 12; k++) expect(validationLosses[k]).toBeLessThan(validationLosses[k - 1]! + 1e-3)
    expect(validationLosses[11]).toBeLessThan(validationLosses[0]! * 0.99)
  })

  it('grows the same trees on both kernels, bit for bit', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.integer({ min: 30, max: 400 }),
        fc.boolean(),
        fc.boolean(),
        (seed, rows, weighted, plainSplits) => {
          const made = learningRows(rows, seed)
          const chance = randomFrom(seed)
          const data = {
            binned: binFeatures(made.table),
            labels: {
              target: targetsOf(made.target, objective.name),
              weights: weighted ? Float64Array.from(made.target, () => 0.1 + uniform(chance)) : undefined,
              groups: groupsOf(rows, chance),
            },
          }
          const asked: BoostSettingsInput = plainSplits
            ? { objective, rounds: 5, maxLeaves: 9, minDataInLeaf: 5 }
            : { ...settings, seed, rounds: 5 }
          const [plain, simd] = (['plain', 'simd'] as const).map((kernel) => boostTrees(data, asked, { kernel }))
          expect(simd).toEqual(plain)
          expect(bitsOf(simd!.trees.value)).toEqual(bitsOf(plain!.trees.value))
        },
      ),
      { numRuns: 12 },
    )
  })

  it('does not depend on the order of the columns, and finds them by name', () => {
    const [trees, others] = [
      [0, 1, 2, 3, 4],
      [3, 1, 4, 0, 2],
    ].map((order) => boostTrees({ binned: binFeatures(shuffled(learning.table, order)), labels }, settings).trees)
    expect(others!.features[0]!.name).toBe('noise')
    for (const order of [
      [0, 1, 2, 3, 4],
      [4, 3, 2, 1, 0],
    ])
      expect(rawScores(others!, shuffled(learning.table, order))).toEqual(rawScores(trees!, learning.table))
  })

  it('is the same for a seed, and another for another', () => {
    const of = (seed: number) =>
      boostTrees({ binned: binFeatures(learning.table), labels }, { ...settings, seed }).trees
    expect(of(5)).toEqual(of(5))
    expect(of(6).value).not.toEqual(of(5).value)
  })
})

const bitsOf = (values: Float64Array) => new BigInt64Array(values.buffer.slice(0))

it('a weight is that many equal rows', () => {
  fc.assert(
    fc.property(seeds, fc.constantFrom('squared', 'logistic', 'quantile', 'poisson'), (seed, name) => {
      const random = randomFrom(seed)
      const few = learningRows(60, seed)
      // Powers of 2, so that float32 gradients double exactly.
      const weights = Float64Array.from(few.target, () => [0, 1, 2, 4][below(random, 4)]!)
      const repeated = [...weights].flatMap((weight, i) => Array.from({ length: weight }, () => i))
      const target = targetsOf(few.target, name)
      const settings: BoostSettingsInput = {
        objective: name === 'quantile' ? { name, level: 0.7 } : { name: name as 'squared' },
        ...{ rounds: 4, maxLeaves: 5, minDataInLeaf: 12, categorySmoothing: 1 },
      }
      const byWeight = train(few.table, target, settings, { weights })
      // Cuts come from rows whatever they weigh: give both the same ones.
      const all = [...few.target.keys(), ...repeated]
      const byRows = train(
        chosen(few.table, all),
        all.map((i) => target[i]!),
        settings,
        {
          weights: Float64Array.from(all, (_, k) => (k < 60 ? 0 : 1)),
        },
      )
      const seen = chosen(few.table, repeated)
      expect(rmse(rawScores(byWeight.trees, seen), rawScores(byRows.trees, seen))).toBeLessThan(1e-9)
    }),
    { numRuns: 25 },
  )
})

it('monotone features never turn, whatever the others say', () => {
  fc.assert(
    fc.property(seeds, fc.constantFrom(1 as const, -1 as const), (seed, direction) => {
      const { table, target } = learningRows(400, seed, 0)
      const settings: BoostSettingsInput = {
        ...SQUARED,
        ...{ rounds: 15, maxLeaves: 15, minDataInLeaf: 5, learningRate: 0.3, monotone: { even: direction, tail: 1 } },
      }
      const { trees } = train(table, target, settings)
      const row = new Float32Array(5)
      for (let at = 0; at < 8; at++) {
        for (let j = 0; j < 5; j++) row[j] = columnOf(table, j)[at * 7]!
        let before = Number.NEGATIVE_INFINITY
        for (let step = 0; step <= 40; step++) {
          row[0] = step / 40
          const now = direction * rawScoreOfRow(trees, row)
          if (now < before - 1e-12) expect.fail(`${now} after ${before} at ${row}`)
          before = now
        }
      }
    }),
    { numRuns: 8 },
  )
})

it('a monotone constraint costs little where it is true', () => {
  const { table, target } = learningRows(3_000, 2, 0)
  const settings: BoostSettingsInput = { ...SQUARED, rounds: 60 }
  const [free, bound] = [settings, { ...settings, monotone: { even: 1, tail: 1 } } as const].map((it) =>
    rmse(rawScores(train(table, target, it).trees, learningRows(1_000, 3, 0).table), learningRows(1_000, 3, 0).target),
  )
  expect(free).toBeLessThan(0.4)
  expect(bound).toBeLessThan(free! * 1.05)
})

describe('early stopping', () => {
  const [learning, checked] = [learningRows(300, 1), learningRows(300, 2)]
  const data = {
    binned: binFeatures(learning.table),
    labels: { target: learning.target },
    validation: { table: checked.table, labels: { target: checked.target } },
  }
  const settings: BoostSettingsInput = { ...SQUARED, rounds: 150, learningRate: 0.3, minDataInLeaf: 3 }

  it('keeps the trees up to the round whose loss is the least', () => {
    const rounds: number[] = []
    const { trees, validationLosses } = boostTrees(
      data,
      { ...settings, patience: 8 },
      { onRound: ({ round }) => rounds.push(round) },
    )
    const best = validationLosses.indexOf(Math.min(...validationLosses))
    expect(trees.roots.length).toBe(best + 1)
    expect(validationLosses.length).toBe(best + 1 + 8)
    expect(rounds).toEqual(validationLosses.map((_, k) => k + 1))
    expect(rmse(rawScores(trees, checked.table), checked.target) ** 2).toBeCloseTo(validationLosses[best]!, 10)
    const all = boostTrees(data, settings)
    expect(all.trees.roots.length).toBe(150)
    expect(all.validationLosses.slice(0, validationLosses.length)).toEqual(validationLosses)
  })

  it('needs rows to judge by', () => {
    const { validation: _, ...without } = data
    expect(() => boostTrees(without, { ...settings, patience: 3 })).toThrow('patience needs validation rows')
  })
})

describe('missing values', () => {
  const missingOf = (direction: number) => {
    const x = Float32Array.from({ length: 400 }, (_, i) => (i % 4 === 0 ? NaN : i % 100))
    // The missing are like the large, or like the small.
    const target = Array.from(x, (value) => ((Number.isNaN(value) ? direction * 1e9 : value) > 50 ? 1 : 0))
    return train(tableOf({ x }), target, { ...SQUARED, rounds: 1, maxLeaves: 2, learningRate: 1 }).trees
  }
  it.each([
    [1, 0],
    [-1, 1],
  ])('go where they belong: %d', (direction, left) => {
    const trees = missingOf(direction)
    expect(trees.missingLeft[0]).toBe(left)
    expect(rawScoreOfRow(trees, Float32Array.of(NaN))).toBeCloseTo(direction > 0 ? 1 : 0, 6)
  })

  it('go with most rows where training saw none', () => {
    const x = Float32Array.from({ length: 400 }, (_, i) => i)
    const { trees } = train(
      tableOf({ x }),
      [...x].map((value) => (value < 100 ? 0 : 1)),
      { ...SQUARED, rounds: 1, maxLeaves: 2 },
    )
    expect(trees.missingLeft[0]).toBe(0)
    expect(trees.threshold[0]).toBeCloseTo(99.5, 1)
  })

  it('alone can make the difference', () => {
    const x = Float32Array.from({ length: 400 }, (_, i) => (i % 4 === 0 ? NaN : i))
    const { trees } = train(
      tableOf({ x }),
      Array.from(x, (value) => (Number.isNaN(value) ? 5 : 1)),
      { ...SQUARED, rounds: 1, learningRate: 1 },
    )
    expect([NaN, -1e30, 0, 3e38].map((value) => rawScoreOfRow(trees, Float32Array.of(value)))).toEqual(
      [5, 1, 1, 1].map((it) => expect.closeTo(it, 6)),
    )
  })
})

it('unseen categories and missing ones go where the rest goes', () => {
  const shop = Float32Array.from({ length: 600 }, (_, i) => 10 * (i % 6))
  const target = Array.from(shop, (code) => (code === 20 || code === 50 ? 4 : 0))
  const { trees } = train(tableOf({ shop }, ['shop']), target, {
    ...SQUARED,
    rounds: 1,
    learningRate: 1,
    categoryL2: 0,
    maxLeaves: 2,
  })
  expect(trees.codeSets.map((set) => [...set])).toEqual([[20, 50]])
  const of = (code: number) => Math.abs(Math.round(rawScoreOfRow(trees, Float32Array.of(code))))
  expect([20, 50, 0, 30, 999, -1, NaN].map(of)).toEqual([4, 4, 0, 0, 0, 0, 0])
})

it('rows that a tree was not grown on take part in the next', () => {
  const [learning, unseen] = [learningRows(2_000, 6, 0), learningRows(1_000, 7, 0)]
  const errorAt = (rowsPerTree: number) => {
    const { trees } = train(learning.table, learning.target, { ...SQUARED, rounds: 60, rowsPerTree })
    return rmse(rawScores(trees, unseen.table), unseen.target)
  }
  // Scores that forgot them would be overshot by a factor.
  expect(errorAt(0.4)).toBeLessThan(errorAt(1) * 1.15)
})

it('heavy tails keep their resolution', () => {
  // One row in 500 says by its size alone what the target is.
  const x = Float32Array.from({ length: 20_000 }, (_, i) => (i % 500 === 0 ? 1e4 + i : i % 97))
  const target = Array.from(x, (value) => (value > 1e4 + 10_000 ? 100 : 0))
  const { trees } = train(tableOf({ x }), target, { ...SQUARED, rounds: 1, learningRate: 1, minDataInLeaf: 5 })
  expect(rmse(rawScores(trees, tableOf({ x })), Float64Array.from(target))).toBeLessThan(1e-3)
})

describe('initial scores', () => {
  it('are begun at, and left to whoever predicts', () => {
    const { table, target } = learningRows(500, 3)
    const initialScores = target.map((value) => value * 0.5 + 7)
    const { trees } = train(table, target, { ...SQUARED, rounds: 40 }, { initialScores })
    expect(trees.base).toBe(0)
    const sum = rawScores(trees, table).map((raw, i) => raw + initialScores[i]!)
    expect(rmse(sum, target)).toBeLessThan(0.6)
  })
})

it('initial scores are for the validation rows too', () => {
  const { table, target } = learningRows(50, 3)
  const data = {
    binned: binFeatures(table),
    labels: { target, initialScores: target },
    validation: { table, labels: { target } },
  }
  expect(() => boostTrees(data, SQUARED)).toThrow('initial scores are for the validation rows too, or for none')
})

it('predictions go through the link', () => {
  const { table, target } = learningRows(300, 3)
  const counts = targetsOf(target, 'poisson')
  const { trees } = train(table, counts, { objective: { name: 'poisson' }, rounds: 20 })
  expect([...predictions(trees, table)]).toEqual([...rawScores(trees, table)].map(Math.exp))
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / 300
  expect(mean(predictions(trees, table))).toBeCloseTo(mean(counts), 1)
})

it('trees keep within their bounds', () => {
  const { table, target } = learningRows(2_000, 8)
  const { trees } = train(table, target, { ...SQUARED, rounds: 5, maxLeaves: 12, maxDepth: 4, minDataInLeaf: 30 })
  for (const [t, root] of trees.roots.entries()) {
    const end = trees.roots[t + 1] ?? trees.feature.length
    const nodes = Array.from({ length: end - root }, (_, k) => root + k)
    const leaves = nodes.filter((node) => trees.feature[node]! < 0)
    expect(leaves.length).toBeLessThanOrEqual(12)
    expect(depthOf(trees, root)).toBeLessThanOrEqual(4)
    for (const leaf of leaves) expect(trees.cover[leaf]).toBeGreaterThanOrEqual(30)
    expect(leaves.reduce((sum, leaf) => sum + trees.cover[leaf]!, 0)).toBe(2_000)
  }
})

const depthOf = (trees: TreeEnsemble, node: number): number =>
  trees.feature[node]! < 0 ? 0 : 1 + Math.max(depthOf(trees, trees.left[node]!), depthOf(trees, trees.right[node]!))

describe('what cannot be learnt from', () => {
  const { table, target } = learningRows(20, 1)
  it.each<[string, BoostSettingsInput, object, string]>([
    ['targets of another length', SQUARED, { target: new Float64Array(3) }, '20 rows, but target of 3'],
    [
      'a negative weight',
      SQUARED,
      { weights: new Float64Array(20).fill(-1) },
      'the weight of row 0 is -1, and must be finite and not negative',
    ],
    ['no weight at all', SQUARED, { weights: new Float64Array(20) }, 'every weight is 0'],
    [
      'gradients beyond float32',
      SQUARED,
      { target: new Float64Array(20).map((_, i) => i * 1e38) },
      'gradients pass float32: scale',
    ],
    [
      'a monotone feature that is none',
      { ...SQUARED, monotone: { none: 1 } },
      {},
      '"none" is to be monotone and is no number of the table',
    ],
    [
      'a monotone category',
      { ...SQUARED, monotone: { shop: 1 } },
      {},
      '"shop" is to be monotone and is no number of the table',
    ],
  ])('%s', (_, settings, labels, message) => {
    expect(() => train(table, target, settings, labels)).toThrow(message)
  })

  it('a table of no rows', () => {
    expect(() => train(tableOf({ x: [] }), [], SQUARED)).toThrow('there are no rows')
  })

  it.each<[string, object]>([
    ['a quantile that is monotone', { objective: { name: 'quantile', level: 0.5 }, monotone: { even: 1 } }],
    ['a level of 1', { objective: { name: 'quantile', level: 1 } }],
    ['a power of 2', { objective: { name: 'tweedie', power: 2 } }],
    ['a name that is not known', { ...SQUARED, leaves: 3 }],
  ])('settings: %s', (_, settings) => {
    expect(boostSettings.safeParse(settings).success).toBe(false)
  })
})

it('a target that is everywhere the same needs no question', () => {
  const { table } = learningRows(100, 1)
  const { trees } = train(table, new Float64Array(100).fill(3.7), { ...SQUARED, rounds: 3 })
  expect(trees.feature.length).toBe(3)
  expect(rawScores(trees, table).every((raw) => Math.abs(raw - 3.7) < 1e-6)).toBe(true)
})

it('what onRound throws ends the training', () => {
  const { table, target } = learningRows(50, 1)
  let rounds = 0
  const data = { binned: binFeatures(table), labels: { target } }
  const onRound = () => {
    if (++rounds === 3) throw new Error('enough')
  }
  expect(() => boostTrees(data, { ...SQUARED, rounds: 9 }, { onRound })).toThrow('enough')
  expect(rounds).toBe(3)
})
