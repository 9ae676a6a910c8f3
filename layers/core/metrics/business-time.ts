import { Temporal } from 'temporal-polyfill'

export const MINUTE_MS = 60_000
/** The width of a roll-up cell: every zone's offset since 1990 is a multiple of 15 minutes, so days are whole cells. */
export const QUARTER_MS = 15 * MINUTE_MS
export const HOUR_MS = 60 * MINUTE_MS
/** 24 hours: a UTC day. A business day is this long only where no clock is changed. */
export const DAY_MS = 24 * HOUR_MS

/** Start of the UTC minute that holds `atMs` (epoch ms). HOT. */
export const startOfMinute = (atMs: number): number => Math.floor(atMs / MINUTE_MS) * MINUTE_MS

/** Start of the 15-minute cell that holds `atMs` (epoch ms): minute 0, 15, 30 or 45 of UTC. HOT. */
export const startOfQuarter = (atMs: number): number => Math.floor(atMs / QUARTER_MS) * QUARTER_MS

/**
 * Whether `zone` names a time zone of the IANA database, in its own spelling: 'Asia/Kolkata', 'UTC'. An offset
 * ('+05:30') is none, since it knows no daylight saving, and neither is 'asia/kolkata', which SQL engines refuse.
 */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    return zonedAt(0, zone).timeZoneId === zone
  } catch {
    return false
  }
}

/**
 * The calendar date 'YYYY-MM-DD' on the wall of `zone` at the instant `atMs` (epoch ms). Throws a RangeError for an
 * unknown zone and for an instant that is none. HOT: the zone's offsets and the texts of recent days are remembered.
 */
export function businessDateOf(atMs: number, zone: string): string {
  return dateOfDay(Math.floor((atMs + offsetAt(atMs, zone)) / DAY_MS))
}

/** Milliseconds to add to UTC for the wall clock of `zone` at `atMs` (epoch ms). Throws as `businessDateOf`. HOT. */
export const offsetAt = (atMs: number, zone: string): number => spanAt(atMs, zone).offsetMs

/**
 * The instant (epoch ms) at which the clock on the wall of `zone` shows `wallMs` (its date and time as if they were UTC):
 * of a time that it shows twice the first, of one that it skips as if it had not. Throws as `businessDateOf`.
 */
export function instantOfWall(wallMs: number, zone: string): number {
  // No clock is changed twice within a day.
  const early = wallMs - offsetAt(wallMs - DAY_MS, zone)
  const late = wallMs - offsetAt(early, zone)
  const isLate = late !== early && wallMs - offsetAt(late, zone) === late
  return isLate ? late : early
}

/**
 * The first instant (epoch ms) that bears the date `date` ('YYYY-MM-DD') in `zone`: midnight, or where a clock change
 * jumps over midnight the instant of that change. A date that the zone never had (Apia's 2011-12-30) starts where the
 * next one does: it is empty. Throws a RangeError for an unknown zone or date.
 */
export function startOfBusinessDay(date: string, zone: string): number {
  const day = dayOfDate(date)
  const midnightMs = day * DAY_MS
  // No zone is a day or more away from UTC, so the first instant lies within these spans, in order.
  let span = spanAt(midnightMs - DAY_MS, zone)
  for (;;) {
    const firstMs = Math.max(span.fromMs, midnightMs - span.offsetMs)
    if (firstMs < span.untilMs) return firstMs
    span = spanAt(span.untilMs, zone)
  }
}

/**
 * The calendar date `days` (an integer) after `date` ('YYYY-MM-DD'), before it if negative. Throws a RangeError for an
 * unreadable date, a part of a day and a result beyond the years 0000 to 9999.
 */
export function addDays(date: string, days: number): string {
  if (!Number.isInteger(days)) throw new RangeError(`${days} is not a whole number of days`)
  return dateOfDay(dayOfDate(date) + days)
}

/** The calendar date after `date`, zone or no zone. */
export const nextBusinessDate = (date: string): string => addDays(date, 1)

/** The calendar date before `date`, zone or no zone. */
export const previousBusinessDate = (date: string): string => addDays(date, -1)

/** A time during which a zone keeps one offset. */
type Span = { readonly fromMs: number; readonly untilMs: number; readonly offsetMs: number }

/** Spans found so far, in order of time and without overlap, and the one that was asked for last. */
type Spans = { readonly known: Span[]; last: Span }

// Memory of what never changes within one process, the rules of zones and of the calendar: calls stay pure.
const spansOfZone = new Map<string, Spans>()

function spanAt(atMs: number, zone: string): Span {
  const spans = spansOfZone.get(zone)
  if (spans === undefined) {
    const first = findSpan(atMs, zone)
    spansOfZone.set(zone, { known: [first], last: first })
    return first
  }
  const last = spans.last
  if (atMs >= last.fromMs && atMs < last.untilMs) return last
  let low = 0
  let high = spans.known.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (spans.known[middle]!.untilMs > atMs) high = middle
    else low = middle + 1
  }
  let span = spans.known[low]
  if (span === undefined || atMs < span.fromMs) {
    span = findSpan(atMs, zone)
    spans.known.splice(low, 0, span)
  }
  spans.last = span
  return span
}

function findSpan(atMs: number, zone: string): Span {
  const at = zonedAt(Math.floor(atMs), zone)
  const next = at.getTimeZoneTransition('next')
  // The change that began the span may be at this very instant, and 'previous' looks for earlier ones only.
  const previous = zonedAt(Math.floor(atMs) + 1, zone).getTimeZoneTransition('previous')
  return {
    fromMs: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    untilMs: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: at.offsetNanoseconds / 1e6,
  }
}

const zonedAt = (atMs: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone)

const DATES_REMEMBERED = 1024 // a power of two, nearly three years
const dayRemembered = new Float64Array(DATES_REMEMBERED).fill(Number.NaN)
const dateRemembered: string[] = new Array(DATES_REMEMBERED).fill('')

/** 'YYYY-MM-DD' of a day counted from 1970-01-01. */
export function dateOfDay(day: number): string {
  const slot = day & (DATES_REMEMBERED - 1)
  if (dayRemembered[slot] === day) return dateRemembered[slot]!
  const text = new Date(day * DAY_MS).toISOString()
  if (text.length !== 24) throw new RangeError(`${text} is beyond the years 0000 to 9999`) // ISO signs longer years
  const date = text.slice(0, 10)
  dayRemembered[slot] = day
  dateRemembered[slot] = date
  return date
}

/** Days from 1970-01-01 to 'YYYY-MM-DD'. */
export function dayOfDate(date: string): number {
  const day = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00.000Z`) / DAY_MS : Number.NaN
  if (Number.isNaN(day) || dateOfDay(day) !== date)
    throw new RangeError(`${JSON.stringify(date)} is not a calendar date`)
  return day
}
