/** Scores of forecasts, each kind by the loss that it is right for. The definitions are those of `bench/demand/score.mjs`. */
import { type DemandPanel, HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { cellOf, type ForecastColumns, QUANTILE_KINDS, shareOf } from '#core/demand/forecast-columns.ts'

export interface Fold {
  /** Number of observed days. */
  readonly origin: number
  readonly columns: ForecastColumns
}

export interface DemandScores {
  /** Sum of absolute errors of the median over sum of actuals, pooled over all cells. */
  readonly wape: number
  /** Mean over series and folds of the mean's root mean squared error over that of yesterday's value (lag 1). */
  readonly rmsse: number
  /** Mean over series and folds of the median's mean absolute error over that of last week's value (lag 7). */
  readonly mase: number
  /** Sum of (forecast - actual) over sum of actuals. */
  readonly biasOfMedian: number
  readonly biasOfMean: number
  /** Mean over the nine quantiles of twice the pinball loss over sum of actuals. */
  readonly weightedQuantileLoss: number
  /** Share of actuals within q10..q90, both included. */
  readonly coverage80: number
  /** Cells with a known actual. */
  readonly points: number
}

const SHORTEST_PAST = 15

/** Days whose units are unknown are left out. R. Hyndman, A. Koehler, Another look at measures of forecast accuracy, IJF 22 (2006), for scaled errors. */
export function scoreForecasts(panel: DemandPanel, folds: readonly Fold[]): DemandScores {
  const shares = QUANTILE_KINDS.map(shareOf)
  const pinball = shares.map(() => 0)
  const rmsse: number[] = []
  const mase: number[] = []
  let absolute = 0
  let sum = 0
  let medianOver = 0
  let meanOver = 0
  let covered = 0
  let points = 0
  for (const { origin, columns } of folds)
    panel.series.forEach(({ units }, series) => {
      let own = 0
      let ownSquares = 0
      let known = 0
      for (let horizon = 1; horizon <= HORIZON_DAYS; horizon++) {
        const actual = units[origin + horizon - 1]!
        if (Number.isNaN(actual)) continue
        const cell = cellOf(series, horizon)
        const fromMedian = actual - columns.median[cell]!
        const fromMean = actual - columns.mean[cell]!
        own += Math.abs(fromMedian)
        ownSquares += fromMean * fromMean
        medianOver -= fromMedian
        meanOver -= fromMean
        sum += actual
        known++
        if (actual >= columns.q10[cell]! && actual <= columns.q90[cell]!) covered++
        QUANTILE_KINDS.forEach((kind, k) => void (pinball[k]! += pinballLoss(actual, columns[kind][cell]!, shares[k]!)))
      }
      absolute += own
      points += known
      const scales = errorScales(units, origin)
      if (known > 0 && scales.square > 0) rmsse.push(Math.sqrt(ownSquares / known / scales.square))
      if (known > 0 && scales.absoluteWeek > 0) mase.push(own / known / scales.absoluteWeek)
    })
  return {
    wape: absolute / sum,
    rmsse: mean(rmsse),
    mase: mean(mase),
    biasOfMedian: medianOver / sum,
    biasOfMean: meanOver / sum,
    weightedQuantileLoss: mean(pinball.map((loss) => (2 * loss) / sum)),
    coverage80: covered / points,
    points,
  }
}

export function pinballLoss(actual: number, forecast: number, share: number): number {
  const above = actual - forecast
  return above >= 0 ? share * above : (share - 1) * above
}

/** Mean square of the differences by a day, mean size of those by a week, from the first sale to the origin; 0 where the past is too short. */
export function errorScales(units: Float64Array, origin: number): { square: number; absoluteWeek: number } {
  const begin = units.findIndex((value) => value > 0)
  if (begin < 0 || origin - begin < SHORTEST_PAST) return { square: 0, absoluteWeek: 0 }
  return {
    square: meanDifference(units, begin, origin, 1, (difference) => difference * difference),
    absoluteWeek: meanDifference(units, begin, origin, HORIZON_DAYS, Math.abs),
  }
}

function meanDifference(
  units: Float64Array,
  begin: number,
  end: number,
  lag: number,
  sizeOf: (difference: number) => number,
): number {
  let sum = 0
  let count = 0
  for (let day = begin + lag; day < end; day++) {
    const difference = units[day]! - units[day - lag]!
    if (Number.isNaN(difference)) continue
    sum += sizeOf(difference)
    count++
  }
  return count === 0 ? 0 : sum / count
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
