import { Temporal } from 'temporal-polyfill'

/** Minutes of the day; one that closes after midnight closes at more than 1,440. */
export type OpeningHours = { readonly opensMin: number; readonly closesMin: number }

const DAY_MIN = 1440

/** '10:00-21:00', '18:00 – 02:00'; null: it is not said, or in other words. */
export function readOpeningHours(text: string | undefined): OpeningHours | null {
  const found = /^\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*$/.exec(text ?? '')
  if (found === null) return null
  const [opensHour, opensMinute, closesHour, closesMinute] = found.slice(1).map(Number)
  const [opensMin, closesMin] = [opensHour! * 60 + opensMinute!, closesHour! * 60 + closesMinute!]
  const isClock = opensMin < DAY_MIN && closesMin <= DAY_MIN && opensMinute! < 60 && closesMinute! < 60
  if (!isClock) return null
  return { opensMin, closesMin: closesMin <= opensMin ? closesMin + DAY_MIN : closesMin }
}

/** When it is open between two instants, epoch ms, on the clocks of its zone, in order. */
export function openSpans(hours: OpeningHours, fromMs: number, toMs: number, timeZone: string): [number, number][] {
  const dayAt = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate()
  const spans: [number, number][] = []
  const last = dayAt(toMs)
  // One that closes after midnight was opened the day before.
  for (
    let day = dayAt(fromMs).subtract({ days: 1 });
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  ) {
    const start = Math.max(fromMs, atMinute(day, hours.opensMin, timeZone))
    const end = Math.min(toMs, atMinute(day, hours.closesMin, timeZone))
    if (start < end) spans.push([start, end])
  }
  return spans
}

function atMinute(day: Temporal.PlainDate, minute: number, timeZone: string): number {
  const date = day.add({ days: Math.floor(minute / DAY_MIN) })
  const time = Temporal.PlainTime.from({ hour: Math.floor((minute % DAY_MIN) / 60), minute: minute % 60 })
  return date.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds
}

/** How many hours of a span it is open. */
export const openHours = (hours: OpeningHours, fromMs: number, toMs: number, timeZone: string): number =>
  openSpans(hours, fromMs, toMs, timeZone).reduce((sum, [start, end]) => sum + end - start, 0) / 3_600_000

export const isOpenAt = (hours: OpeningHours, atMs: number, timeZone: string): boolean =>
  openSpans(hours, atMs, atMs + 1, timeZone).length > 0
