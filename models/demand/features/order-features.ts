/** One large order is no trend: how many orders, and how many units in each. */
import { type DayAhead, type FeatureSink, meanOf, quantileOf, ratio } from './day-ahead.ts'

/** @param same earlier days of the target's weekday, the latest first. */
export function putOrders(sink: FeatureSink, { past, origin }: DayAhead, same: readonly number[]): void {
  const sizeOver = (span: number) =>
    ratio(past.units.sum(origin - span, origin), past.orders.sum(origin - span, origin))
  for (const span of [7, 28]) sink.number(`orders_${span}`, past.orders.mean(origin - span, origin))
  for (const span of [28, 90]) sink.units(`order_size_${span}`, sizeOver(span))
  const middle = quantileOf(sizesOf(past.series, Math.max(past.begin, origin - 28), origin), 0.5)
  sink.units('order_size_median_28', middle)
  const sameOrders = meanOf(same.slice(0, 8).map((day) => past.series.orders?.[day] ?? Number.NaN))
  sink.number('same_weekday_orders_8', sameOrders)
  sink.units('orders_by_size_7', past.orders.mean(origin - 7, origin) * middle)
  sink.units('same_weekday_orders_by_size', sameOrders * middle)
  sink.number('order_share', ratio(sizeOver(28), past.units.mean(origin - 28, origin)))
}

/** Units an order, of days with a sale; sorted. */
function sizesOf(
  { units, orders }: { readonly units: Float64Array; readonly orders?: Float64Array },
  from: number,
  end: number,
): Float64Array {
  const sizes: number[] = []
  for (let day = from; day < end; day++)
    if (orders && orders[day]! > 0 && units[day]! > 0) sizes.push(units[day]! / orders[day]!)
  return Float64Array.from(sizes).sort()
}
