/** The series' own last days: how much, how uneven, how often nothing. */
import { type DayAhead, type FeatureSink, quantileOf } from './day-ahead.ts'

const SPANS = [3, 7, 14, 28, 56, 90]
const ZERO_SPANS = [7, 14, 28, 90]
const DEVIATION_SPANS = [7, 28, 90]

export function putPast(sink: FeatureSink, { past, origin }: DayAhead): void {
  const { units } = past.series
  for (const span of SPANS) sink.units(`mean_${span}`, past.units.mean(origin - span, origin))
  for (const [halfLife, means] of past.fading) sink.units(`fading_${halfLife}`, means[origin]!)
  for (const span of DEVIATION_SPANS) {
    const mean = past.units.mean(origin - span, origin)
    sink.units(`deviation_${span}`, Math.sqrt(Math.max(0, past.squares.mean(origin - span, origin) - mean * mean)))
  }
  const month = sortedKnown(units, Math.max(past.begin, origin - 28), origin)
  sink.units('median_28', quantileOf(month, 0.5))
  sink.units('upper_28', quantileOf(month, 0.9))
  sink.units('largest_28', month.at(-1) ?? Number.NaN)
  for (const span of ZERO_SPANS) sink.number(`zeros_${span}`, past.zeros.mean(origin - span, origin))
  for (const lag of [1, 2, 3]) sink.units(`last_${lag}`, origin - lag >= past.begin ? units[origin - lag]! : Number.NaN)
  sink.number('days_since_sale', daysSinceSale(units, origin, past.begin))
  sink.number('days_since_first', origin - past.begin)
}

function sortedKnown(values: Float64Array, from: number, end: number): Float64Array {
  return values
    .slice(from, Math.max(from, end))
    .filter((value) => !Number.isNaN(value))
    .sort()
}

function daysSinceSale(units: Float64Array, origin: number, begin: number): number {
  for (let day = origin - 1; day >= begin; day--) if (units[day]! > 0) return origin - day
  return Number.NaN
}
