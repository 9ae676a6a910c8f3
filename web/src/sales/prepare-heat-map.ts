import type { SeriesAnswer } from '#core/api/metrics.ts'
import type { HeatSpec } from '../chart/chart-spec.ts'
import { formatTime } from '../format/format-time.ts'
import { words } from './words.ts'

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))
/** Monday, 5 January 1970, and the six days after it: they name the rows. */
const MONDAY_MS = 4 * 24 * 3_600_000
const DAY_MS = 24 * 3_600_000
const WEEKDAYS = Array.from({ length: 7 }, (_, day) => formatTime(MONDAY_MS + day * DAY_MS, 'UTC', 'shortWeekday'))

/**
 * The mean of what was sold in each hour of the week, by the clock of the answer's zone. An hour that is not over, or of
 * which nothing is kept, is not counted; one of which none is left is a gap. An hour that came twice as the clock went
 * back is two hours.
 */
export function prepareHeatMap(
  { buckets, series, window, currency }: SeriesAnswer,
  about: { readonly title: string; readonly span: string },
): HeatSpec {
  const sums = new Map<string, { sum: number; hours: number }>()
  for (const [at, { start, status }] of buckets.entries()) {
    const value = series[0]?.values[at] ?? null
    if (status === 'filling' || value === null) continue
    const place = placeOf(Date.parse(start), window.timeZone)
    const { sum, hours } = sums.get(place) ?? { sum: 0, hours: 0 }
    sums.set(place, { sum: sum + value, hours: hours + 1 })
  }
  const meanOf = (place: string): number | null => {
    const found = sums.get(place)
    return found === undefined ? null : found.sum / found.hours
  }
  return {
    kind: 'heat',
    ...about,
    unit: currency === null ? { kind: 'number', unit: words.anHour, digits: 1 } : { kind: 'money', currency },
    rowsOf: words.weekday,
    columnsOf: words.hour,
    rows: WEEKDAYS,
    columns: HOURS,
    values: WEEKDAYS.map((day) => HOURS.map((hour) => meanOf(`${day} ${hour}`))),
  }
}

/** Nothing was sold in any hour that is over: there is nothing to tell apart. */
export const isQuiet = ({ values }: HeatSpec): boolean => values.every((row) => row.every((value) => !value))

const placeOf = (atMs: number, timeZone: string): string =>
  `${formatTime(atMs, timeZone, 'shortWeekday')} ${formatTime(atMs, timeZone, 'clock').slice(0, 2)}`
