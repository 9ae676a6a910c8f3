import { describe, expect, it } from 'vitest'
import { gaussian, randomFrom } from '#core/simulator/random.ts'
import { TreeExplainer } from './explain-trees.ts'
import { tableOf } from './feature-table.ts'
import { isolate, unusualness } from './isolation-forest.ts'
import { rawScores } from './predict-trees.ts'
import { treeFileOf, treesFromFile } from './tree-file.ts'

const rows = 1_000
const random = randomFrom(3)
const column = () => Float32Array.from({ length: rows }, () => gaussian(random))
const [x, y] = [column(), column()]
/** Ten rows far off: by x, by y, or by both. */
for (let i = 0; i < 10; i++) {
  if (i % 3 !== 1) x[100 * i] = 7 + i / 10
  if (i % 3 !== 0) y[100 * i] = -8
}
const table = tableOf({ x, y })

it('what is far from the rest is found', () => {
  const forest = isolate(table)
  const unusual = rawScores(forest.trees, table).map((questions) => unusualness(questions, forest))
  const first = Array.from(unusual.keys()).sort((a, b) => unusual[b]! - unusual[a]!)
  expect(first.slice(0, 10).every((row) => row % 100 === 0)).toBe(true)
  expect(unusual[first[0]!]).toBeGreaterThan(0.65)
  const middle = unusual.toSorted()[rows / 2]!
  expect(middle).toBeGreaterThan(0.35)
  expect(middle).toBeLessThan(0.5)
})

it('says by which feature a row is unusual, and is a file like any trees', () => {
  const { trees } = isolate(table, { trees: 60 })
  expect(treesFromFile(JSON.parse(JSON.stringify(treeFileOf(trees))))).toEqual(trees)
  const contributions = new Float64Array(2)
  new TreeExplainer(trees).addRow(Float32Array.of(x[0]!, y[0]!), contributions)
  // Row 0 is off by x alone: x takes questions away.
  expect(contributions[0]).toBeLessThan(-2)
  expect(contributions[1]).toBeGreaterThan(-0.5)
})

it('is the same for a seed, and another for another', () => {
  expect(isolate(table, { trees: 3, seed: 5 })).toEqual(isolate(table, { trees: 3, seed: 5 }))
  expect(isolate(table, { trees: 3, seed: 6 }).trees.threshold).not.toEqual(
    isolate(table, { trees: 3, seed: 5 }).trees.threshold,
  )
})

it('rows that are all the same are all as usual', () => {
  const same = tableOf({ x: new Float32Array(64).fill(2), none: new Float32Array(64).fill(NaN) })
  const forest = isolate(same)
  expect(forest.trees.feature.length).toBe(100)
  const questions = rawScores(forest.trees, same)
  expect(questions.every((it) => Math.abs(unusualness(it, forest) - 0.5) < 1e-9)).toBe(true)
})

it('asks two rows one question', () => {
  const two = tableOf({ x: [1, 2] })
  const forest = isolate(two, { trees: 7 })
  expect(forest.usualQuestions).toBe(1)
  expect([...rawScores(forest.trees, two)]).toEqual([expect.closeTo(1, 12), expect.closeTo(1, 12)])
})

describe('what cannot be', () => {
  it.each([
    [tableOf({ shop: [1, 2] }, ['shop']), '"shop" is a category, and has no order to ask by'],
    [tableOf({ x: [1] }), 'to be unusual takes 2 rows at least'],
    [tableOf({ x: [1, 2], y: [3, Infinity] }), 'row 1 of "y" is infinite; what is missing is NaN'],
  ])('%#', (spoilt, message) => {
    expect(() => isolate(spoilt)).toThrow(message)
  })
})
