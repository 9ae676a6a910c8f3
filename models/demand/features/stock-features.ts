/** How much of the time there was nothing to buy, and what sold while there was. */
import { type DayAhead, type FeatureSink, ratio } from './day-ahead.ts'

export function putStock(sink: FeatureSink, { past, origin }: DayAhead): void {
  for (const span of [1, 7, 28]) sink.number(`stockout_${span}`, past.stockout.mean(origin - span, origin))
  for (const span of [7, 28])
    sink.units(
      `in_stock_mean_${span}`,
      ratio(past.soldInStock.sum(origin - span, origin), past.available.sum(origin - span, origin)),
    )
}
