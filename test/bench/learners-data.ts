/** Made-up rows with a known best prediction: noise of deviation 1 on a surface of 12 of 30 features, three of them heavy-tailed. */
import { between, gaussian, randomFrom } from '#core/simulator/random.ts'
import type { FeatureTable } from '../../models/learners/feature-table.ts'

export const LEARNERS_FEATURES = 30

export interface LearnersRows {
  /** Column-major Float32[rows * 30]. */
  readonly table: FeatureTable
  readonly target: Float64Array
}

export function learnersRows(rows: number, seed: number): LearnersRows {
  const random = randomFrom(seed)
  const values = new Float32Array(new SharedArrayBuffer(4 * rows * LEARNERS_FEATURES))
  const target = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < LEARNERS_FEATURES; j++)
      values[j * rows + i] =
        j % 10 === 9
          ? Math.exp(gaussian(random))
          : j % 10 === 8
            ? Math.floor(between(random, 0, 12))
            : between(random, 0, 1)
    const x = (j: number) => values[j * rows + i]!
    target[i] =
      10 * Math.sin(Math.PI * x(0) * x(1)) +
      20 * (x(2) - 0.5) ** 2 +
      10 * x(3) +
      5 * x(4) +
      6 * x(5) * x(6) +
      (x(8) > 5 ? 3 : 0) +
      3 * Math.log1p(x(9)) * x(10) +
      2 * Math.sin(6 * x(11) * x(12)) +
      gaussian(random)
  }
  const features = Array.from({ length: LEARNERS_FEATURES }, (_, j) => ({ name: `f${j}`, kind: 'number' as const }))
  return { table: { features, rows, values }, target }
}
