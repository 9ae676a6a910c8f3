/** Earlier days of the target's weekday. */
import { HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { type DayAhead, type FeatureSink, meanOf, quantileOf } from './day-ahead.ts'

const MOST_WEEKS = 13

/** Days whose units are known, the latest first. */
export function sameWeekdays({ past, target }: DayAhead): readonly number[] {
  const days: number[] = []
  for (let day = target - HORIZON_DAYS; day >= past.begin && days.length < MOST_WEEKS; day -= HORIZON_DAYS)
    if (!Number.isNaN(past.series.units[day]!)) days.push(day)
  return days
}

export function putSameWeekdays(sink: FeatureSink, { past }: DayAhead, days: readonly number[]): void {
  const same = days.map((day) => past.series.units[day]!)
  for (const weeks of [1, 2, 3, 4]) sink.units(`same_weekday_${weeks}`, same[weeks - 1] ?? Number.NaN)
  for (const weeks of [4, 8, 13]) sink.units(`same_weekday_mean_${weeks}`, meanOf(same.slice(0, weeks)))
  const six = same.slice(0, 6).sort((a, b) => a - b)
  sink.units('same_weekday_median_6', quantileOf(six, 0.5))
  sink.units('same_weekday_largest_6', six.at(-1) ?? Number.NaN)
  sink.number('same_weekday_zeros_8', meanOf(same.slice(0, 8).map((value) => Number(value === 0))))
}
