import { describe, expect, it } from 'vitest'
import { below, randomFrom } from '#core/simulator/random.ts'
import { learningRows, targetsOf } from '#test/fakes/learning-table.ts'
import { binFeatures } from './bin-features.ts'
import { boostTrees } from './boost-trees.ts'
import { type Feature, tableOf } from './feature-table.ts'
import { float32Range } from './float-bound.ts'
import { OnnxTrees } from './onnx-trees.ts'
import { rawScoreOfRow } from './predict-trees.ts'
import type { TreeEnsemble } from './tree-ensemble.ts'
import { onnxOf } from './write-onnx.ts'

async function run(
  { bytes }: { bytes: Uint8Array },
  rows: readonly Float32Array[],
  features: readonly Feature[],
): Promise<Float32Array> {
  const onnx = await OnnxTrees.open(bytes, features)
  const values = Float32Array.from({ length: rows.length * features.length }, (_, at) => {
    return rows[at % rows.length]![Math.floor(at / rows.length)]!
  })
  const made = await onnx.predict({ features, rows: rows.length, values })
  await onnx.close()
  return made
}

const neighbour = (value: number, step: number): number => {
  const bits = new Int32Array(new Float32Array([value]).buffer)
  if (value === 0) return step * 1.401298464324817e-45
  bits[0]! += value < 0 ? -step : step
  return new Float32Array(bits.buffer)[0]!
}

/** By feature: each cut and its next floats, each code and what lies beside it, and what is no number at all. */
function adversarialValues(trees: TreeEnsemble): number[][] {
  return trees.features.map((_, j) => {
    const values = new Set([NaN, Infinity, -Infinity, 0, -0, -1, 1e30, 0.5])
    trees.feature.forEach((asked, node) => {
      if (asked !== j) return
      const set = trees.codes[node]!
      const at = set >= 0 ? [...trees.codeSets[set]!] : [trees.threshold[node]!]
      for (const value of at) for (const step of [-1, 0, 1]) values.add(neighbour(value, step))
    })
    return [...values]
  })
}

describe.each([{ name: 'squared' }, { name: 'tweedie', power: 1.5 }, { name: 'logistic' }] as const)(
  '$name',
  (objective) => {
    const { table, target } = learningRows(2_000, 6)
    const data = { binned: binFeatures(table), labels: { target: targetsOf(target, objective.name) } }
    const { trees } = boostTrees(data, { objective, rounds: 60, maxLeaves: 20, minDataInLeaf: 5, categorySmoothing: 1 })

    it('runs as the trees do, at the cuts, beside them, and on what no training saw', async () => {
      const values = adversarialValues(trees)
      expect(trees.codeSets.length).toBeGreaterThan(5)
      const random = randomFrom(1)
      const rows = Array.from({ length: 6_000 }, () => Float32Array.from(values, (of) => of[below(random, of.length)]!))
      const made = await run(onnxOf(trees), rows, trees.features)
      const wrong = rows.filter((row, i) => {
        const { low, high } = float32Range(trees, row)
        return !(made[i]! >= low && made[i]! <= high)
      })
      expect(wrong).toEqual([])
    })
  },
)

it('sends every row the way of the trees: each leaf has a number of its own', async () => {
  const { table, target } = learningRows(1_500, 9)
  const data = { binned: binFeatures(table), labels: { target } }
  const { trees } = boostTrees(data, {
    objective: { name: 'squared' },
    rounds: 1,
    maxLeaves: 24,
    minDataInLeaf: 5,
    categorySmoothing: 0,
    categoryL2: 0,
  })
  let leaf = 0
  const marked = { ...trees, base: 0, value: trees.value.map((_, node) => (trees.feature[node]! < 0 ? leaf++ : 0)) }
  const values = adversarialValues(marked)
  const random = randomFrom(2)
  const rows = Array.from({ length: 8_000 }, () => Float32Array.from(values, (of) => of[below(random, of.length)]!))
  const made = await run(onnxOf(marked), rows, trees.features)
  expect([...made]).toEqual(rows.map((row) => rawScoreOfRow(marked, row)))
})

it('codes of any size are members, fractions of them are not', async () => {
  const codes = [0, 1, 2, 31, 32, 33, 64, 65, 1_000, 16_777_216]
  const shop = Float32Array.from({ length: 2_000 }, (_, i) => codes[i % 10]!)
  const data = {
    binned: binFeatures(tableOf({ shop }, ['shop'])),
    labels: { target: Float64Array.from(shop, (_, i) => (i % 10) % 2) },
  }
  const { trees } = boostTrees(data, { objective: { name: 'squared' }, rounds: 1, learningRate: 1, categoryL2: 0 })
  const rows = codes
    .flatMap((code) => [code, code + 0.25, code - 0.25, -code, code + 2 ** 32, -1, -2])
    .map((code) => Float32Array.of(code))
  const made = await run(onnxOf(trees), rows, trees.features)
  rows.forEach((row, i) => {
    expect(made[i], `code ${row[0]}`).toBeCloseTo(rawScoreOfRow(trees, row), 6)
  })
})

it('trees without a question run too', async () => {
  const { table } = learningRows(50, 1)
  const labels = { target: new Float64Array(50).fill(2.5) }
  const { trees } = boostTrees({ binned: binFeatures(table), labels }, { objective: { name: 'squared' }, rounds: 2 })
  expect(trees.feature.length).toBe(2)
  expect([...(await run(onnxOf(trees), [new Float32Array(5)], trees.features))]).toEqual([2.5])
})

it('the same trees make the same bytes', () => {
  const make = () => {
    const { table, target } = learningRows(200, 1)
    return onnxOf(
      boostTrees({ binned: binFeatures(table), labels: { target } }, { objective: { name: 'squared' }, rounds: 3 })
        .trees,
    )
  }
  const { bytes, sha256 } = make()
  expect(make()).toEqual({ bytes, sha256 })
  expect(sha256).toMatch(/^[0-9a-f]{64}$/)
})
