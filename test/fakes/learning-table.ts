/** Small tables to learn from: numbers with ties, a heavy tail and missing values, and a category of which each code has its own effect. */
import { below, gaussian, happens, type Random, randomFrom, uniform } from '#core/simulator/random.ts'
import { type FeatureTable, tableOf } from '../../models/learners/feature-table.ts'

export interface LearningRows {
  readonly table: FeatureTable
  /** Around 0, of any sign. */
  readonly target: Float64Array
}

export function learningRows(rows: number, seed: number, missingShare = 0.1): LearningRows {
  const random = randomFrom(seed)
  const column = (value: () => number) =>
    Float32Array.from({ length: rows }, () => (happens(random, missingShare) ? Number.NaN : value()))
  const columns = {
    even: column(() => uniform(random)),
    tail: column(() => Math.exp(3 * gaussian(random))),
    few: column(() => below(random, 5)),
    noise: column(() => gaussian(random)),
    shop: column(() => below(random, 12)),
  }
  const target = Float64Array.from({ length: rows }, (_, i) => {
    const of = (value: number) => (Number.isNaN(value) ? -1 : value)
    const shop = of(columns.shop[i]!)
    return 3 * of(columns.even[i]!) + Math.log1p(of(columns.tail[i]!) + 1) - (shop % 3) * 2 + gaussian(random) / 4
  })
  return { table: tableOf(columns, ['shop']), target }
}

/** Targets that every objective takes, from those around 0. */
export function targetsOf(target: Float64Array, objective: string): Float64Array {
  switch (objective) {
    case 'poisson':
    case 'tweedie':
      return target.map((value) => Math.max(0, Math.round(value)))
    case 'logistic':
      return target.map((value) => (value > 0 ? 1 : 0))
    case 'lambdamart':
      return target.map((value) => Math.min(4, Math.max(0, Math.round(value))))
    default:
      return target
  }
}

/** Queries of 1 to 12 rows that hold all of them. */
export function groupsOf(rows: number, random: Random): Uint32Array {
  const groups: number[] = []
  for (let left = rows; left > 0; left -= groups.at(-1)!) groups.push(Math.min(left, 1 + below(random, 12)))
  return Uint32Array.from(groups)
}
