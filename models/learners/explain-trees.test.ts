import fc from 'fast-check'
import { expect, it } from 'vitest'
import { learningRows } from '#test/fakes/learning-table.ts'
import { binFeatures } from './bin-features.ts'
import { type BoostSettingsInput, boostTrees } from './boost-trees.ts'
import { explainTable, TreeExplainer } from './explain-trees.ts'
import { columnOf } from './feature-table.ts'
import { rawScoreOfRow, rawScores } from './predict-trees.ts'
import { goesLeft, type TreeEnsemble } from './tree-ensemble.ts'

const train = (seed: number, rows: number, settings: Partial<BoostSettingsInput>) => {
  const { table, target } = learningRows(rows, seed)
  const weights = target.map((value) => 1 + (Math.abs(value) % 2))
  const made: BoostSettingsInput = { objective: { name: 'squared' }, minDataInLeaf: 2, ...settings }
  return { table, trees: boostTrees({ binned: binFeatures(table), labels: { target, weights } }, made).trees }
}

const rowOf = (table: Parameters<typeof columnOf>[0], i: number) =>
  Float32Array.from(table.features, (_, j) => columnOf(table, j)[i]!)

/** The expected raw score where only the features of `known` are: a bit each. */
function expectedAt(trees: TreeEnsemble, row: Float32Array, known: number): number {
  const below = (node: number): number => {
    const j = trees.feature[node]!
    if (j < 0) return trees.value[node]!
    const [left, right] = [trees.left[node]!, trees.right[node]!]
    if (known & (1 << j)) return below(goesLeft(trees, node, row[j]!) ? left : right)
    return (trees.cover[left]! * below(left) + trees.cover[right]! * below(right)) / trees.cover[node]!
  }
  return trees.roots.reduce((sum, root) => sum + below(root), trees.base)
}

/** Shapley values by their definition: L. Shapley, A Value for n-Person Games (1953). */
function shapley(trees: TreeEnsemble, row: Float32Array): number[] {
  const count = trees.features.length
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  const bits = (set: number) => set.toString(2).replaceAll('0', '').length
  return trees.features.map((_, j) => {
    let sum = 0
    for (let set = 0; set < 1 << count; set++) {
      if (set & (1 << j)) continue
      const share = (factorial(bits(set)) * factorial(count - bits(set) - 1)) / factorial(count)
      sum += share * (expectedAt(trees, row, set | (1 << j)) - expectedAt(trees, row, set))
    }
    return sum
  })
}

it('contributions are the Shapley values', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const { table, trees } = train(seed, 80, { rounds: 3, maxLeaves: 8, maxDepth: 7 })
      const { expected, contributions } = explainTable(trees, table)
      expect(expected).toBeCloseTo(expectedAt(trees, rowOf(table, 0), 0), 9)
      for (let i = 0; i < 4; i++)
        shapley(trees, rowOf(table, i)).forEach((value, j) => {
          expect(contributions[5 * i + j]).toBeCloseTo(value, 10)
        })
    }),
    { numRuns: 10 },
  )
})

it('contributions and the expected raw score are the raw score within 1e-9, however deep the trees', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom('squared' as const, 'tweedie' as const), (seed, name) => {
      const { table, target } = learningRows(200, seed)
      const labels = { target: target.map((value) => Math.max(0, value)) }
      const settings: BoostSettingsInput = {
        objective: { name },
        rounds: 12,
        maxLeaves: 40,
        minDataInLeaf: 1,
        rowsPerTree: 0.7,
      }
      const { trees } = boostTrees({ binned: binFeatures(table), labels }, settings)
      const { expected, contributions } = explainTable(trees, table)
      rawScores(trees, table).forEach((raw, i) => {
        const sum = contributions.subarray(5 * i, 5 * i + 5).reduce((so, part) => so + part, expected)
        expect(Math.abs(sum - raw)).toBeLessThan(1e-9)
      })
    }),
    { numRuns: 5 },
  )
})

it('one explainer serves many rows, also those that no training saw', () => {
  const { trees } = train(3, 200, { rounds: 10 })
  const explainer = new TreeExplainer(trees)
  const rows = [
    [NaN, NaN, NaN, NaN, NaN],
    [Infinity, -Infinity, 2, 0, 99],
    [0.5, 1, 2, 0, 3],
  ].map((row) => Float32Array.from(row))
  for (const row of [...rows, ...rows]) {
    const into = new Float64Array(5)
    explainer.addRow(row, into)
    expect(into.reduce((sum, part) => sum + part, explainer.expected)).toBeCloseTo(rawScoreOfRow(trees, row), 10)
  }
})
