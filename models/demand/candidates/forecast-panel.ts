/** A candidate's forecast of a whole panel, with quantiles from its own past errors. */
import { type DemandPanel, HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { blankColumns, cellOf, type ForecastColumns, QUANTILE_KINDS, shareOf } from '#core/demand/forecast-columns.ts'
import type { Candidate, PointForecast } from './candidate.ts'

/** Weeks whose errors a candidate learns its spread from; with less past, fewer. */
const ERROR_WEEKS = 12
const FEWEST_ERRORS = 2 * HORIZON_DAYS

/**
 * Median and mean are the candidate's point; quantiles are the point plus the quantiles of the errors it made for the same
 * series in earlier weeks, not below 0. A series not sold before the origin gets 0.
 */
export function forecastPanel(candidate: Candidate, { series }: DemandPanel, origin: number): ForecastColumns {
  const columns = blankColumns(series.length)
  series.forEach(({ units }, place) => {
    const begin = units.findIndex((value) => value > 0)
    if (begin < 0 || begin >= origin) return
    const past = units.slice(begin, origin)
    const forecast = candidate.fit(past)
    const point = forecast(past.length)
    const errors = pastErrors(forecast, past)
    for (let horizon = 1; horizon <= HORIZON_DAYS; horizon++) {
      const cell = cellOf(place, horizon)
      const value = Math.max(0, point[horizon - 1]!)
      columns.median[cell] = value
      columns.mean[cell] = value
      for (const kind of QUANTILE_KINDS) columns[kind][cell] = Math.max(0, value + errorAt(errors, shareOf(kind)))
    }
  })
  return columns
}

/** Sorted. */
function pastErrors(forecast: PointForecast, past: Float64Array): Float64Array {
  const errors: number[] = []
  for (let week = 1; week <= ERROR_WEEKS; week++) {
    const known = past.length - week * HORIZON_DAYS
    if (known < HORIZON_DAYS) break
    forecast(known).forEach((value, k) => {
      const actual = past[known + k]!
      if (!Number.isNaN(actual)) errors.push(actual - Math.max(0, value))
    })
  }
  return Float64Array.from(errors).sort()
}

function errorAt(sorted: Float64Array, share: number): number {
  if (sorted.length < FEWEST_ERRORS) return 0
  const place = share * (sorted.length - 1)
  const low = Math.floor(place)
  return sorted[low]! + (place - low) * (sorted[Math.min(low + 1, sorted.length - 1)]! - sorted[low]!)
}
