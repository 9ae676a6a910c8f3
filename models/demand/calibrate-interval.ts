/**
 * Conformal calibration of the interval q10..q90, so that it covers four of five days it was not calibrated on. Each side is
 * stretched from the median by one factor: Y. Romano, E. Patterson, E. Candes, Conformalized Quantile Regression, NeurIPS 2019,
 * with scores in units of the interval's own sides (M. Sesia, E. Candes, A comparison of some conformal quantile regression
 * methods, Stat 9, 2020), and apart by volume, as in V. Vovk, Conditional validity of inductive conformal predictors, ACML 2012.
 */
import { type DemandPanel, HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { type ForecastColumns, QUANTILE_KINDS } from '#core/demand/forecast-columns.ts'
import type { Fold } from './score-forecasts.ts'

const COVERED = 0.8
/** A group with fewer cells than this is calibrated with its neighbour below. */
const FEWEST_CELLS = 200
const GROUPS = 4

/** Cells are grouped by the forecast median, in units: group `g` is from `from[g]` on, and stretched by `factors[g]`. */
export interface IntervalCalibration {
  readonly from: readonly number[]
  readonly factors: readonly number[]
}

/** @param folds none of those that the calibration will be judged on. */
export function calibrateInterval({ series }: DemandPanel, folds: readonly Fold[]): IntervalCalibration {
  const cells = folds
    .flatMap(({ origin, columns }) =>
      Array.from(columns.q50, (middle, cell) => ({
        middle,
        score: stretchToCover(
          columns,
          cell,
          series[Math.floor(cell / HORIZON_DAYS)]!.units[origin + (cell % HORIZON_DAYS)]!,
        ),
      })),
    )
    .filter(({ score }) => !Number.isNaN(score))
  cells.sort((a, b) => a.middle - b.middle)
  const groups = Math.max(1, Math.min(GROUPS, Math.floor(cells.length / FEWEST_CELLS)))
  const begins = Array.from({ length: groups }, (_, g) => Math.floor((g * cells.length) / groups))
  return {
    from: begins.map((begin, g) => (g === 0 ? 0 : cells[begin]!.middle)),
    factors: begins.map((begin, g) =>
      conformalQuantile(cells.slice(begin, begins[g + 1] ?? cells.length).map(({ score }) => score)),
    ),
  }
}

/** Quantiles within the interval that lie outside of the calibrated one come to its nearer end, so that all ascend. */
export function applyCalibration(columns: ForecastColumns, { from, factors }: IntervalCalibration): ForecastColumns {
  const stretched = (column: Float64Array) =>
    column.map((value, cell) => {
      const middle = columns.q50[cell]!
      return Math.max(0, middle + (value - middle) * factors[groupOf(from, middle)]!)
    })
  const low = stretched(columns.q10)
  const high = stretched(columns.q90)
  const within = (column: Float64Array) =>
    column.map((value, cell) => Math.min(high[cell]!, Math.max(low[cell]!, value)))
  return {
    ...columns,
    ...Object.fromEntries(QUANTILE_KINDS.map((kind) => [kind, within(columns[kind])])),
    q10: low,
    q90: high,
  }
}

/** How far the interval must be stretched from its middle to hold the actual: 0 at the middle, 1 at its ends. */
function stretchToCover({ q10, q50, q90 }: ForecastColumns, cell: number, actual: number): number {
  const middle = q50[cell]!
  const away = actual - middle
  if (away === 0) return 0
  return away > 0 ? away / (q90[cell]! - middle) : away / (q10[cell]! - middle)
}

/** The least factor that held enough of the past, with one for the day to come. */
function conformalQuantile(scores: number[]): number {
  scores.sort((a, b) => a - b)
  const place = Math.min(scores.length - 1, Math.ceil(COVERED * (scores.length + 1)) - 1)
  const score = scores[place] ?? 1
  return Number.isFinite(score) ? score : 1
}

function groupOf(from: readonly number[], middle: number): number {
  let group = 0
  while (group + 1 < from.length && middle >= from[group + 1]!) group++
  return group
}
