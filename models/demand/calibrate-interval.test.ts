import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DemandPanel } from '#core/demand/demand-panel.ts'
import { blankColumns, type ForecastColumns, QUANTILE_KINDS, shareOf } from '#core/demand/forecast-columns.ts'
import { between, exponential, gaussian, type Random, randomFrom } from '#core/simulator/random.ts'
import { applyCalibration, calibrateInterval } from './calibrate-interval.ts'
import { type Fold, scoreForecasts } from './score-forecasts.ts'

const SERIES = 300
const FROM_NORMAL = [-1.2816, -0.8416, -0.5244, -0.2533, 0, 0.2533, 0.5244, 0.8416, 1.2816]

/** Units of chance around a level, and forecasts whose spread is wrong by `stretch`, more so where more is sold. */
function world(
  stretch: number,
  noise: (random: Random) => number,
): { panel: DemandPanel; foldOf: (origin: number) => Fold } {
  const random = randomFrom(21)
  const levels = Array.from({ length: SERIES }, () => between(random, 10, 200))
  const series = levels.map((level, place) => ({ id: String(place), product: String(place), store: 's', categories: [], units: Float64Array.from({ length: 60 }, () => Math.max(0, level + 0.2 * level * noise(random))) })) // biome-ignore format: one shape
  const foldOf = (origin: number): Fold => {
    const columns = blankColumns(SERIES)
    levels.forEach((level, place) => {
      const spread = 0.2 * level * stretch * (level > 100 ? 1.5 : 1)
      for (const [k, kind] of QUANTILE_KINDS.entries())
        columns[kind].fill(Math.max(0, level + spread * FROM_NORMAL[k]!), place * 7, place * 7 + 7)
    })
    return { origin, columns }
  }
  return { panel: { firstDay: 0, days: 60, series }, foldOf }
}

const coverage = (panel: DemandPanel, origin: number, columns: ForecastColumns) =>
  scoreForecasts(panel, [{ origin, columns }]).coverage80

describe('a calibrated interval', () => {
  it.each([
    ['too narrow', 0.4, gaussian],
    ['too wide', 2.5, gaussian],
    ['skewed', 0.3, (random: Random) => exponential(random, 1) - 0.7],
  ])('that was %s covers 78 to 82 %% of other days', (_, stretch, noise) => {
    const { panel, foldOf } = world(stretch, noise)
    const calibration = calibrateInterval(panel, [foldOf(30), foldOf(37)])
    const later = foldOf(44)
    expect(Math.abs(coverage(panel, 44, later.columns) - 0.8)).toBeGreaterThan(0.1)
    const covered = coverage(panel, 44, applyCalibration(later.columns, calibration))
    expect(covered).toBeGreaterThan(0.78)
    expect(covered).toBeLessThan(0.82)
  })
  it('has its quantiles in order, none below 0', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.1, max: 9, noNaN: true }), { minLength: 2, maxLength: 2 }), (factors) => {
        const { foldOf } = world(1, gaussian)
        const columns = applyCalibration(foldOf(30).columns, { from: [0, 100], factors })
        for (let cell = 0; cell < columns.q10.length; cell += 7) {
          const values = QUANTILE_KINDS.map((kind) => columns[kind][cell]!)
          expect(values).toEqual(values.toSorted((a, b) => a - b))
          expect(values[0]).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 10 },
    )
    expect(QUANTILE_KINDS.map(shareOf)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
  })
})
