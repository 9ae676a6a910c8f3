/**
 * Candidates for series with many days without a sale: the size of a sale and the time between sales are smoothed apart.
 * J. Croston, Forecasting and Stock Control for Intermittent Demands, ORQ 23 (1972); A. Syntetos and J. Boylan, The accuracy
 * of intermittent demand estimates, IJF 21 (2005), for SBA; R. Teunter, A. Syntetos, M. Babai, Intermittent demand: Linking
 * forecasting to inventory obsolescence, EJOR 214 (2011), for TSB; K. Nikolopoulos and others, An aggregate-disaggregate
 * intermittent demand approach, JORS 62 (2011), for ADIDA.
 */
import { HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import type { Candidate } from './candidate.ts'

/** Of them the one with the least squared error of one step is taken. */
const SMOOTHINGS = [0.02, 0.05, 0.1, 0.2, 0.3]

/** The forecast made after each day of the past, Float64[days + 1]; at 0 nothing is known. */
type Path = (past: Float64Array, smoothing: number) => Float64Array

const flat = (name: string, path: Path): Candidate => ({
  name,
  fit: (past) => {
    const best = SMOOTHINGS.map((smoothing) => path(past, smoothing)).reduce((a, b) =>
      stepError(b, past) < stepError(a, past) ? b : a,
    )
    return (known) => new Float64Array(HORIZON_DAYS).fill(best[known]!)
  },
})

function stepError(path: Float64Array, past: Float64Array): number {
  let sum = 0
  for (let day = HORIZON_DAYS; day < past.length; day++)
    if (!Number.isNaN(past[day]!)) sum += (past[day]! - path[day]!) ** 2
  return sum
}

const crostonPath =
  (bias: (smoothing: number) => number): Path =>
  (past, smoothing) => {
    const path = new Float64Array(past.length + 1)
    let size = Number.NaN
    let gap = 1
    let since = 1
    for (let day = 0; day < past.length; day++) {
      const value = past[day]!
      if (value > 0) {
        gap = !Number.isNaN(size) ? gap + smoothing * (since - gap) : since
        size = !Number.isNaN(size) ? size + smoothing * (value - size) : value
        since = 1
      } else if (value === 0) since++
      path[day + 1] = !Number.isNaN(size) ? (bias(smoothing) * size) / gap : 0
    }
    return path
  }

export const croston = flat(
  'Croston',
  crostonPath(() => 1),
)
export const sba = flat(
  'SBA',
  crostonPath((smoothing) => 1 - smoothing / 2),
)

/** The chance of a sale is updated on every day, so that a product that stopped selling fades. */
export const tsb = flat('TSB', (past, smoothing) => {
  const path = new Float64Array(past.length + 1)
  let size = Number.NaN
  let chance = 1
  for (let day = 0; day < past.length; day++) {
    const value = past[day]!
    if (!Number.isNaN(value)) {
      chance += smoothing * (Number(value > 0) - chance)
      if (value > 0) size = !Number.isNaN(size) ? size + smoothing * (value - size) : value
    }
    path[day + 1] = !Number.isNaN(size) ? chance * size : 0
  }
  return path
})

/** Sums over as many days as lie between two sales on average, smoothed, and spread over those days. */
export const adida: Candidate = {
  name: 'ADIDA',
  fit: (past) => (known) => {
    const values = past.subarray(0, known).filter((value) => !Number.isNaN(value))
    const sales = values.reduce((count, value) => count + Number(value > 0), 0)
    const span = Math.max(1, Math.round(values.length / Math.max(1, sales)))
    const sums: number[] = []
    for (let end = values.length; end - span >= 0; end -= span)
      sums.unshift(values.subarray(end - span, end).reduce((sum, value) => sum + value, 0))
    return new Float64Array(HORIZON_DAYS).fill(smoothed(sums) / span)
  },
}

function smoothed(values: readonly number[]): number {
  let best = { level: values[0] ?? 0, error: Number.POSITIVE_INFINITY }
  for (const smoothing of SMOOTHINGS) {
    let level = values[0] ?? 0
    let error = 0
    for (const value of values.slice(1)) {
      error += (value - level) ** 2
      level += smoothing * (value - level)
    }
    if (error < best.error) best = { level, error }
  }
  return best.level
}
