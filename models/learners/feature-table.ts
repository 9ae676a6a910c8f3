/** What learners learn from and predict for: named columns of float32, column-major. */
export type FeatureKind = 'number' | 'category'
export interface Feature {
  readonly name: string
  /** A category's values are codes, whole numbers from 0 that mean nothing by their size; float32 holds each up to 2^24. */
  readonly kind: FeatureKind
}

/**
 * `values` is column-major: row `i` of feature `j` is `values[j * rows + i]`. NaN says missing; a learner takes no infinite
 * value, a prediction does. On a `SharedArrayBuffer` it goes to training threads without a copy.
 */
export interface FeatureTable {
  readonly features: readonly Feature[]
  readonly rows: number
  readonly values: Float32Array
}

/** The table is not what its own words say, or not what a model asks for. */
export class FeatureTableError extends Error {}

/** Column `j`, without a copy. Float32[rows]. */
export const columnOf = ({ rows, values }: FeatureTable, j: number): Float32Array =>
  values.subarray(j * rows, (j + 1) * rows)

/** @throws FeatureTableError where sizes disagree or a name comes twice. */
export function checkTable({ features, rows, values }: FeatureTable): void {
  if (!Number.isInteger(rows) || rows < 0) throw new FeatureTableError(`a table of ${rows} rows`)
  if (values.length !== rows * features.length)
    throw new FeatureTableError(
      `${features.length} features of ${rows} rows need ${rows * features.length} values, here are ${values.length}`,
    )
  const seen = new Set<string>()
  for (const { name } of features) {
    if (seen.has(name)) throw new FeatureTableError(`two features are named ${JSON.stringify(name)}`)
    seen.add(name)
  }
}

/**
 * The table's columns in the order of `wanted`, found by name; further columns are ignored.
 * @throws FeatureTableError where one is absent or of another kind.
 */
export function columnsByName(table: FeatureTable, wanted: readonly Feature[]): Float32Array[] {
  checkTable(table)
  const places = new Map(table.features.map(({ name }, j) => [name, j]))
  return wanted.map(({ name, kind }) => {
    const j = places.get(name)
    if (j === undefined) throw new FeatureTableError(`the table has no feature ${JSON.stringify(name)}`)
    const given = table.features[j]!.kind
    if (given !== kind)
      throw new FeatureTableError(`${JSON.stringify(name)} is a ${given} in the table and a ${kind} in the model`)
    return columnOf(table, j)
  })
}

/** A table from columns by name; each is a number unless `categories` names it. All must be of one length. */
export function tableOf(
  columns: Readonly<Record<string, ArrayLike<number>>>,
  categories: readonly string[] = [],
): FeatureTable {
  const entries = Object.entries(columns)
  const rows = entries[0]?.[1].length ?? 0
  const values = new Float32Array(rows * entries.length)
  const features = entries.map(([name, column], j): Feature => {
    if (column.length !== rows)
      throw new FeatureTableError(`${JSON.stringify(name)} has ${column.length} rows, the first column ${rows}`)
    values.set(column, j * rows)
    return { name, kind: categories.includes(name) ? 'category' : 'number' }
  })
  return { features, rows, values }
}
