import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { between, gaussian, randomFrom } from '#core/simulator/random.ts'
import { blendColumns, chooseWeights } from './blend.ts'

const random = randomFrom(3)
const SERIES = 40
const ORIGINS = [70, 77]
const series = Array.from({ length: SERIES }, (_, place) => {
  const level = between(random, 5, 50)
  return { id: String(place), product: String(place), store: 's', categories: [], units: Float64Array.from({ length: 90 }, () => Math.max(0, level + 3 * gaussian(random))), level } // biome-ignore format: one shape
})
const panel = { firstDay: 0, days: 90, series }
/** A member that says each series' level, wrong by a bias and by chance. */
const member = (bias: number, noise: number) =>
  ORIGINS.map(() =>
    Float64Array.from({ length: SERIES * 7 }, (_, cell) =>
      Math.max(0, series[Math.floor(cell / 7)]!.level + bias + noise * gaussian(random)),
    ),
  )
const lossOf = (column: readonly Float64Array[]) =>
  ORIGINS.reduce(
    (sum, origin, fold) =>
      sum +
      column[fold]!.reduce(
        (own, value, cell) => own + Math.abs(value - series[Math.floor(cell / 7)]!.units[origin + (cell % 7)]!),
        0,
      ),
    0,
  )

describe('a blend', () => {
  it.each(['median', 'mean', 'q50'] as const)('goes to the member that knows, by %s', (kind) => {
    const weights = chooseWeights(panel, ORIGINS, kind, [member(12, 1), member(0, 0), member(-8, 9)])
    expect(weights[1]).toBeGreaterThan(0.85)
  })
  it('is better than each member where their errors differ', () => {
    const members = [member(4, 0.5), member(-4, 0.5)]
    const weights = chooseWeights(panel, ORIGINS, 'median', members)
    const together = ORIGINS.map((_, fold) => blendColumns(members, fold, weights))
    expect(lossOf(together)).toBeLessThan(Math.min(...members.map(lossOf)))
  })
  it('of a quantile goes to the member that lies there', () => {
    // The 90 % quantile of chance of deviation 3 lies 3.84 above the level.
    const weights = chooseWeights(panel, ORIGINS, 'q90', [member(-3.84, 0), member(0, 0), member(3.84, 0)])
    expect(weights[2]).toBeGreaterThan(0.7)
  })
  it('has weights from 0 that add up to 1, and is never worse than its members are on average', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -20, max: 20, noNaN: true }), fc.double({ min: 0, max: 10, noNaN: true })), {
          minLength: 1,
          maxLength: 4,
        }),
        (specs) => {
          const members = specs.map(([bias, noise]) => member(bias, noise))
          const weights = chooseWeights(panel, ORIGINS, 'median', members)
          expect(Math.min(...weights)).toBeGreaterThanOrEqual(0)
          expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9)
          // It starts from weights that fall with the loss, the loss is convex, and only a step that helps is kept.
          const average = members.reduce((sum, one) => sum + lossOf(one), 0) / members.length
          const chosen = lossOf(ORIGINS.map((_, fold) => blendColumns(members, fold, weights)))
          expect(chosen).toBeLessThanOrEqual(average * (1 + 1e-9))
        },
      ),
      { numRuns: 10 },
    )
  })
})
