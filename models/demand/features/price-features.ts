/** The list price that holds at the origin, against what it was. A price to come is not known. */
import { type DayAhead, type FeatureSink, ratio } from './day-ahead.ts'

export function putPrice(sink: FeatureSink, { past, origin }: DayAhead): void {
  const now = past.series.price?.[origin - 1] ?? Number.NaN
  for (const span of [7, 28, 90]) sink.number(`price_to_${span}`, ratio(now, past.price.mean(origin - span, origin)))
}
