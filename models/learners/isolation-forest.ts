/**
 * Isolation forest: F. Liu, K. Ting, Z. Zhou, Isolation Forest, ICDM 2008. Trees ask at random until each row of a small
 * sample is alone; what is alone after few questions is unusual. The raw score of the trees is the mean number of
 * questions, so predictions, files, ONNX and SHAP are those of any trees.
 */
import { z } from 'zod'
import { below, type Random, randomFrom, uniform } from '#core/simulator/random.ts'
import { checkTable, columnOf, type FeatureTable, FeatureTableError } from './feature-table.ts'
import { EnsembleBuilder, type TreeEnsemble } from './tree-ensemble.ts'

export const isolationSettings = z.strictObject({
  trees: z.int().min(1).max(10_000).default(100),
  /** Rows that a tree is grown on, without repetition. */
  rowsPerTree: z.int().min(2).max(65_536).default(256),
  seed: z.int().min(0).max(4_294_967_295).default(0),
})

export interface IsolationForest {
  readonly trees: TreeEnsemble
  /** The mean number of questions among so many rows where nothing is unusual: what `unusualness` is told by. */
  readonly usualQuestions: number
}

/**
 * A missing value goes to the side of more rows, and is neither usual nor unusual by itself.
 * @throws FeatureTableError where the table holds a category, an infinite value, or fewer than 2 rows.
 */
export function isolate(table: FeatureTable, input: z.input<typeof isolationSettings> = {}): IsolationForest {
  const settings = isolationSettings.parse(input)
  checkTable(table)
  const category = table.features.find(({ kind }) => kind === 'category')
  if (category)
    throw new FeatureTableError(`${JSON.stringify(category.name)} is a category, and has no order to ask by`)
  if (table.rows < 2) throw new FeatureTableError('to be unusual takes 2 rows at least')
  const infinite = table.values.findIndex((value) => value === Infinity || value === -Infinity)
  if (infinite >= 0)
    throw new FeatureTableError(
      `row ${infinite % table.rows} of ${JSON.stringify(table.features[Math.floor(infinite / table.rows)]!.name)} is infinite; what is missing is NaN`,
    )
  const random = randomFrom(settings.seed)
  const builder = new EnsembleBuilder()
  const columns = table.features.map((_, j) => columnOf(table, j))
  const sample = Math.min(settings.rowsPerTree, table.rows)
  const rows = Uint32Array.from({ length: table.rows }, (_, row) => row)
  for (let tree = 0; tree < settings.trees; tree++) {
    for (let k = 0; k < sample; k++) swap(rows, k, k + below(random, table.rows - k))
    builder.beginTree()
    grow(columns, rows.subarray(0, sample), builder, random, settings.trees)
  }
  return { trees: builder.build(table.features, 'identity', 0), usualQuestions: meanQuestions(sample) }
}

/** From 0 to 1 by a row's raw score: about 0.5 is usual, near 1 unusual (equation 2). */
export const unusualness = (questions: number, { usualQuestions }: IsolationForest): number =>
  2 ** (-questions / usualQuestions)

function grow(
  columns: readonly Float32Array[],
  sample: Uint32Array,
  builder: EnsembleBuilder,
  random: Random,
  trees: number,
): void {
  const deepest = Math.ceil(Math.log2(sample.length))
  const open = [{ node: builder.addLeaf(0, sample.length), rows: sample, depth: 0 }]
  for (let at = open.pop(); at; at = open.pop()) {
    const { node, rows, depth } = at
    const question = depth < deepest && rows.length > 1 ? questionOf(columns, rows, random) : undefined
    if (!question) {
      builder.value[node] = (depth + meanQuestions(rows.length)) / trees
      continue
    }
    const { feature, threshold } = question
    const column = columns[feature]!
    const known = (test: (value: number) => boolean) => rows.filter((row) => test(column[row]!))
    const [left, right, missing] = [known((it) => it <= threshold), known((it) => it > threshold), known(Number.isNaN)]
    const missingLeft = left.length > right.length
    const sides = missingLeft
      ? [Uint32Array.of(...left, ...missing), right]
      : [left, Uint32Array.of(...right, ...missing)]
    const children = sides.map((side) => ({ node: builder.addLeaf(0, side.length), rows: side, depth: depth + 1 }))
    builder.ask(node, feature, { threshold, missingLeft }, children[0]!.node, children[1]!.node)
    open.push(...children)
  }
}

/** A feature in which these rows differ, by chance, and a place between its extremes; undefined where they differ in none. */
function questionOf(columns: readonly Float32Array[], rows: Uint32Array, random: Random) {
  const order = Uint32Array.from(columns.keys())
  for (let k = 0; k < order.length; k++) {
    swap(order, k, k + below(random, order.length - k))
    const column = columns[order[k]!]!
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const row of rows) {
      const value = column[row]!
      if (value < low) low = value
      if (value > high) high = value
    }
    if (!(low < high)) continue
    const threshold = Math.fround(low + uniform(random) * (high - low))
    return { feature: order[k]!, threshold: threshold < high ? threshold : low }
  }
  return undefined
}

function swap(values: Uint32Array, a: number, b: number): void {
  const value = values[a]!
  values[a] = values[b]!
  values[b] = value
}

/** Of an unsuccessful search in a binary tree of so many rows (equation 1). */
function meanQuestions(rows: number): number {
  if (rows < 2) return 0
  let harmonic = 0
  for (let k = 1; k < rows; k++) harmonic += 1 / k
  return 2 * harmonic - (2 * (rows - 1)) / rows
}
