/**
 * Rows of features with what the trees said of them when they were trained: `golden.json`. Whoever serves the version runs it
 * on these rows first, and serves it only where it says the same.
 */
import { z } from 'zod'
import { ModelFilesError } from '#core/demand/model-manifest.ts'
import type { Feature, FeatureTable } from '../learners/feature-table.ts'
import { float32Range } from '../learners/float-bound.ts'
import { predictions } from '../learners/predict-trees.ts'
import type { TreeEnsemble } from '../learners/tree-ensemble.ts'

const ROWS = 64

const goldenFile = z.strictObject({
  /** Of which series by its id, and which horizon, each row is; the origin is the version's. */
  rows: z.array(z.strictObject({ id: z.string(), horizon: z.int() })),
  /** By row, in the order of the features: float32; null is missing. */
  values: z.array(z.array(z.number().nullable())),
  /** By file of trees: what they predict of each row, and the least and the greatest that float32 explains. */
  predictions: z.record(z.string(), z.array(z.strictObject({ value: z.number(), low: z.number(), high: z.number() }))),
})
export type GoldenRows = z.infer<typeof goldenFile>

/** @throws ModelFilesError */
export function parseGoldenRows(data: unknown): GoldenRows {
  const parsed = goldenFile.safeParse(data)
  if (parsed.success) return parsed.data
  throw new ModelFilesError(`golden.json: ${z.prettifyError(parsed.error)}`)
}

/** Of the table at most 64 rows, spread over all of it. `ids`, `horizons`: by row. */
export function goldenRows(
  table: FeatureTable,
  rowOf: (row: number) => GoldenRows['rows'][number],
  trees: ReadonlyMap<string, TreeEnsemble>,
): GoldenRows {
  const count = Math.min(ROWS, table.rows)
  const chosen = Array.from({ length: count }, (_, k) => Math.floor((k * table.rows) / count))
  const vectors = chosen.map((row) => Float32Array.from(table.features, (_, j) => table.values[j * table.rows + row]!))
  const told = (one: TreeEnsemble) => {
    const values = predictions(one, tableOfRows(vectors, table.features))
    return vectors.map((vector, k) => ({ value: values[k]!, ...float32Range(one, vector) }))
  }
  return {
    rows: chosen.map(rowOf),
    values: vectors.map((vector) => Array.from(vector, (value) => (Number.isNaN(value) ? null : value))),
    predictions: Object.fromEntries([...trees].map(([name, one]) => [name, told(one)])),
  }
}

/** The rows as a table, to be run. */
export const goldenTable = ({ values }: GoldenRows, features: readonly Feature[]): FeatureTable =>
  tableOfRows(
    values.map((row) => Float32Array.from(row, (value) => value ?? Number.NaN)),
    features,
  )

/** @throws ModelFilesError where what was made of the rows is not what the trees predicted, within float32's bounds. */
export function checkGolden({ predictions }: GoldenRows, file: string, made: ArrayLike<number>): void {
  const wanted = predictions[file]
  if (wanted === undefined) throw new ModelFilesError(`golden.json knows nothing of ${file}`)
  const wrong = wanted.findIndex(({ low, high }, row) => !(made[row]! >= low && made[row]! <= high))
  if (wrong >= 0)
    throw new ModelFilesError(
      `${file} predicts ${made[wrong]} of row ${wrong} of golden.json, and predicted ${wanted[wrong]!.value} in training`,
    )
}

function tableOfRows(rows: readonly Float32Array[], features: readonly Feature[]): FeatureTable {
  const values = new Float32Array(rows.length * features.length)
  for (const [i, row] of rows.entries()) for (const [j, value] of row.entries()) values[j * rows.length + i] = value
  return { features, rows: rows.length, values }
}
