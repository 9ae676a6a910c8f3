/** What is planned for the target: its price against the usual one, and campaigns. */
import { HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { type DayAhead, type FeatureSink, ratio } from './day-ahead.ts'

export function putDiscount(sink: FeatureSink, { past, origin, target }: DayAhead): void {
  const on = (day: number) => past.series.discount?.[day] ?? Number.NaN
  const planned = on(target)
  sink.number('discount', planned)
  sink.number('discount_to_usual', ratio(planned, past.discount.mean(origin - 28, origin)))
  sink.number('discount_to_week', ratio(planned, past.discount.mean(origin - 7, origin)))
  sink.number('discount_to_last', ratio(planned, on(origin - 1)))
  sink.number('discount_same_weekday', ratio(planned, on(target - HORIZON_DAYS)))
}

export function putActivity(sink: FeatureSink, { past, origin, target }: DayAhead): void {
  sink.number('activity', past.series.activity?.[target] ?? Number.NaN)
  for (const span of [28, 7]) sink.number(`activity_${span}`, past.activity.mean(origin - span, origin))
  sink.units('active_mean_28', past.activeUnits.mean(origin - 28, origin))
}
