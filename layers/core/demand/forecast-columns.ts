/** A forecast of a whole panel from one origin. */
import { HORIZON_DAYS } from './demand-panel.ts'

export const QUANTILES = [10, 20, 30, 40, 50, 60, 70, 80, 90] as const
export type QuantileKind = `q${(typeof QUANTILES)[number]}`
/** Three ways to say what is to come, each right for another loss: absolute error, squared error, pinball loss at its share. */
export type ForecastKind = 'median' | 'mean' | QuantileKind
export const QUANTILE_KINDS: readonly QuantileKind[] = QUANTILES.map((percent) => `q${percent}` as const)
export const FORECAST_KINDS: readonly ForecastKind[] = ['median', 'mean', ...QUANTILE_KINDS]

/** Units a day by kind, Float64[series x 7]: the cell of a series' place `s` and horizon `h` (1 to 7) is `s * 7 + h - 1`. */
export type ForecastColumns = Readonly<Record<ForecastKind, Float64Array>>

/** The share that a quantile stands for: 0.1 for q10. */
export const shareOf = (kind: QuantileKind): number => Number(kind.slice(1)) / 100

export const cellOf = (series: number, horizon: number): number => series * HORIZON_DAYS + horizon - 1

export const blankColumns = (series: number): ForecastColumns =>
  Object.fromEntries(
    FORECAST_KINDS.map((kind) => [kind, new Float64Array(series * HORIZON_DAYS)]),
  ) as unknown as ForecastColumns

/**
 * Quantiles in ascending order within each cell, by sorting them: that never makes any of them worse in pinball loss.
 * Chernozhukov, Fernandez-Val, Galichon, Quantile and Probability Curves Without Crossing, Econometrica 78 (2010).
 */
export function sortQuantiles<T extends Pick<ForecastColumns, QuantileKind>>(columns: T): T {
  const sorted = QUANTILE_KINDS.map((kind) => Float64Array.from(columns[kind]))
  const values = new Float64Array(sorted.length)
  for (let cell = 0; cell < columns.q50.length; cell++) {
    sorted.forEach((column, k) => void (values[k] = column[cell]!))
    values.sort()
    sorted.forEach((column, k) => void (column[cell] = values[k]!))
  }
  return { ...columns, ...Object.fromEntries(QUANTILE_KINDS.map((kind, k) => [kind, sorted[k]!])) }
}
