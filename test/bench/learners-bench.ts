/**
 * Gradient boosting on one thread: 100,000 made-up rows of 30 features, 200 trees, learning rate 0.1, squared error; trees
 * of 64 leaves and depth 6, and of 63 leaves and any depth; on both kernels. `cpuSeconds` is processor time, which other
 * work on the machine does not lengthen as much as `seconds`. RMSE is on 20,000 other rows, the mean of three data sets:
 * one alone says little, LightGBM with 240 bins in place of 255 differs by 0.8 % on it. Times are of the fastest set.
 * Then SHAP of 300 trees of depth 6, and the size and time of their ONNX file.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { binFeatures } from '../../models/learners/bin-features.ts'
import { boostTrees } from '../../models/learners/boost-trees.ts'
import { TreeExplainer } from '../../models/learners/explain-trees.ts'
import { rawScores } from '../../models/learners/predict-trees.ts'
import { ONNX_INPUT, onnxOf } from '../../models/learners/write-onnx.ts'
import type { Bench, BenchOptions } from './bench-options.ts'
import { LEARNERS_FEATURES, type LearnersRows, learnersRows } from './learners-data.ts'
import { rounded } from './percentiles.ts'

const TRAIN_ROWS = 100_000
const TEST_ROWS = 20_000
const SETS = 3
const TREES = 200
const SHAPES = [
  { name: 'leaves64depth6', maxLeaves: 64, maxDepth: 6 },
  { name: 'leaves63anyDepth', maxLeaves: 63, maxDepth: 64 },
] as const
const KERNELS = ['simd', 'plain'] as const

interface Times {
  readonly seconds: number
  readonly cpuSeconds: number
}

function timed<T>(what: () => T): Times & { readonly made: T } {
  const startedAt = performance.now()
  const before = process.cpuUsage()
  const made = what()
  const { user, system } = process.cpuUsage(before)
  return { made, seconds: (performance.now() - startedAt) / 1_000, cpuSeconds: (user + system) / 1e6 }
}

const fastest = (times: readonly Times[]) => ({
  seconds: rounded(Math.min(...times.map(({ seconds }) => seconds)), 2),
  cpuSeconds: rounded(Math.min(...times.map(({ cpuSeconds }) => cpuSeconds)), 2),
})

async function runLearners({ dir, rounds = SETS, say }: BenchOptions): Promise<object> {
  const sets = Array.from({ length: rounds }, (_, k) => ({
    train: learnersRows(TRAIN_ROWS, 2 * k + 1),
    test: learnersRows(TEST_ROWS, 2 * k + 2),
  }))
  if (dir !== undefined) leave(dir, sets)
  const binnings = sets.map(({ train }) => timed(() => binFeatures(train.table)))
  const binning = fastest(binnings)
  say(`binning: ${JSON.stringify(binning)}`)
  const results: Record<string, object> = {}
  for (const kernel of KERNELS) {
    for (const { name, maxLeaves, maxDepth } of SHAPES) {
      const runs = sets.map(({ train, test }, k) => {
        const data = { binned: binnings[k]!.made, labels: { target: train.target } }
        const settings = { objective: { name: 'squared' }, rounds: TREES, maxLeaves, maxDepth } as const
        const { made, ...times } = timed(() => boostTrees(data, settings, { kernel }).trees)
        return { ...times, rmse: rmse(rawScores(made, test.table), test.target) }
      })
      const mean = runs.reduce((sum, run) => sum + run.rmse, 0) / runs.length
      results[`${kernel}.${name}`] = { ...fastest(runs), rmse: rounded(mean, 4) }
      say(`${kernel} ${name}: ${JSON.stringify(results[`${kernel}.${name}`])}`)
    }
  }
  const { train, test } = sets[0]!
  return {
    rows: TRAIN_ROWS,
    features: LEARNERS_FEATURES,
    trees: TREES,
    sets: rounds,
    binning,
    ...results,
    ...(await serving(train, test)),
  }
}

/** 300 trees of depth 6: a row's explanation, and 1,000 rows in onnxruntime on one thread. */
async function serving({ target, table }: LearnersRows, test: LearnersRows): Promise<object> {
  const data = { binned: binFeatures(table), labels: { target } }
  const { trees } = boostTrees(data, { objective: { name: 'squared' }, rounds: 300, maxLeaves: 64, maxDepth: 6 })
  const rows = Array.from({ length: 1_000 }, (_, i) =>
    Float32Array.from({ length: LEARNERS_FEATURES }, (_, j) => test.table.values[j * test.table.rows + i]!),
  )
  const explainer = new TreeExplainer(trees)
  const into = new Float64Array(LEARNERS_FEATURES)
  const explain = (of: readonly Float32Array[]) =>
    timed(() => {
      for (const row of of) explainer.addRow(row, into)
    })
  explain(rows.slice(0, 100))
  const { cpuSeconds } = explain(rows)
  const { bytes } = onnxOf(trees)
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1 })
  const input = new Float32Array(rows.length * LEARNERS_FEATURES)
  for (const [i, row] of rows.entries()) input.set(row, i * LEARNERS_FEATURES)
  const feed = { [ONNX_INPUT]: new Tensor('float32', input, [rows.length, LEARNERS_FEATURES]) }
  const tries: number[] = []
  for (let k = 0; k < 10; k++) {
    const startedAt = performance.now()
    await session.run(feed)
    tries.push(performance.now() - startedAt)
  }
  return {
    shapMsPerRow: rounded(cpuSeconds, 2),
    onnxBytes: bytes.length,
    onnxMsPerThousandRows: rounded(Math.min(...tries), 1),
  }
}

const rmse = (scores: Float64Array, target: Float64Array): number =>
  Math.sqrt(scores.reduce((sum, score, i) => sum + (score - target[i]!) ** 2, 0) / scores.length)

/** What compare-lightgbm.py reads: by set, column-major float32 and targets as float64. */
function leave(dir: string, sets: readonly { readonly train: LearnersRows; readonly test: LearnersRows }[]): void {
  mkdirSync(dir, { recursive: true })
  sets.forEach((set, k) => {
    for (const part of ['train', 'test'] as const) {
      writeFileSync(join(dir, `${part}-${k}.f32`), new Uint8Array(set[part].table.values.buffer))
      writeFileSync(join(dir, `${part}-${k}.f64`), new Uint8Array(set[part].target.buffer))
    }
  })
}

export const learnersBench: Bench = {
  about:
    'gradient boosting on one thread: seconds and RMSE of both kernels, SHAP, ONNX (100,000 x 30, 200 trees, 2 minutes)',
  options: ['--rounds N    so many data sets (3)', '--dir FOLDER  leaves the data there, for compare-lightgbm.py'],
  atMostSeconds: 1_200,
  run: runLearners,
}
