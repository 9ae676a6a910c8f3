/** Candidates that repeat what was: last week, the last month, the same weekday. */
import { HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import type { Candidate } from './candidate.ts'

/** The value of the same weekday, the last that is known. */
export const seasonalNaive: Candidate = {
  name: 'seasonal naive',
  fit: (past) => (known) => byHorizon((horizon) => lastWeekdays(past, known, horizon, 1)[0] ?? 0),
}

/** Mean of the last 28 days. */
export const movingAverage: Candidate = {
  name: 'moving average 28',
  fit: (past) => (known) => {
    const month = past.subarray(Math.max(0, known - 28), known).filter((value) => !Number.isNaN(value))
    return new Float64Array(HORIZON_DAYS).fill(month.reduce((sum, value) => sum + value, 0) / Math.max(1, month.length))
  },
}

/** Median of the last `weeks` values of the same weekday: robust against single large orders, and low where sales are skewed. */
export const sameWeekdayMedian = (weeks: number): Candidate => ({
  name: `median of ${weeks} same weekdays`,
  fit: (past) => (known) => byHorizon((horizon) => medianOf(lastWeekdays(past, known, horizon, weeks))),
})

const byHorizon = (valueAt: (horizon: number) => number): Float64Array =>
  Float64Array.from({ length: HORIZON_DAYS }, (_, k) => valueAt(k + 1))

/** Known values of the horizon's weekday, the latest first. */
function lastWeekdays(past: Float64Array, known: number, horizon: number, count: number): number[] {
  const values: number[] = []
  for (let day = known + horizon - 1 - HORIZON_DAYS; day >= 0 && values.length < count; day -= HORIZON_DAYS)
    if (!Number.isNaN(past[day]!)) values.push(past[day]!)
  return values
}

function medianOf(values: readonly number[]): number {
  if (values.length === 0) return 0
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
