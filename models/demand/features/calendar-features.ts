/** Where the target lies in the week, the month, and among holidays. */
import { HOLIDAY_REACH_DAYS, weekdayOf } from '#core/demand/demand-panel.ts'
import type { DayAhead, FeatureSink } from './day-ahead.ts'

const DAY_MS = 86_400_000
const CHRISTMAS_REACH_DAYS = 60

export function putCalendar(sink: FeatureSink, { panel, past, horizon, target }: DayAhead): void {
  const { holiday } = past.series
  sink.number('horizon', horizon)
  sink.number('weekday', weekdayOf(panel, target))
  sink.number('day_of_month', new Date((panel.firstDay + target) * DAY_MS).getUTCDate())
  sink.number('holiday', holiday?.[target] ?? 0)
  sink.number('days_to_holiday', daysTo(holiday, target, 1))
  sink.number('days_since_holiday', daysTo(holiday, target, -1))
  sink.number('days_to_christmas', daysToChristmas(panel.firstDay + target))
}

/** Days to the next holiday, or since the last; NaN beyond the reach, and where it is not known. */
function daysTo(holiday: Float64Array | undefined, target: number, step: 1 | -1): number {
  for (let days = 0; days <= HOLIDAY_REACH_DAYS; days++) if (holiday?.[target + step * days] === 1) return days
  return Number.NaN
}

/** NaN beyond the reach. */
function daysToChristmas(day: number): number {
  const date = new Date(day * DAY_MS)
  const left = (Date.UTC(date.getUTCFullYear(), 11, 25) - date.getTime()) / DAY_MS
  return left >= 0 && left <= CHRISTMAS_REACH_DAYS ? left : Number.NaN
}
