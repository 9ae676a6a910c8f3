/** The chain's clock: India keeps one time, 5:30 ahead of UTC, all year, so that days and hours are plain arithmetic. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#core/metrics/business-time.ts'

export const TIME_ZONE = 'Asia/Kolkata'
const OFFSET_MS = 5.5 * HOUR_MS
/** Mean length of a year of the Gregorian calendar, days. */
const YEAR_DAYS = 365.2425

/** Number of the local day that holds `atMs`, from 0 for 1970-01-01. */
export const localDay = (atMs: number): number => Math.floor((atMs + OFFSET_MS) / DAY_MS)

/** 0 to 23. */
export const localHour = (atMs: number): number => Math.floor((atMs + OFFSET_MS) / HOUR_MS) % 24

/** Epoch ms of the next full local hour after `atMs`. */
export const nextHour = (atMs: number): number => (Math.floor((atMs + OFFSET_MS) / HOUR_MS) + 1) * HOUR_MS - OFFSET_MS

/** Epoch ms of an hour, which may have a fraction, of a local day. */
export const hourOfDay = (day: number, hour: number): number => day * DAY_MS - OFFSET_MS + hour * HOUR_MS

/** 0 for Sunday. */
export const weekdayOf = (day: number): number => (day + 4) % 7

/** How much of the year has gone by, 0 to 1, to within a day. */
export const yearShare = (day: number): number => (day % YEAR_DAYS) / YEAR_DAYS

/** YYYY-MM-DD. */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** Remembers the minute that was written last: most events share it. */
export type TimeWriter = { minute: number; text: string }

/** RFC 3339 in UTC with milliseconds. HOT. */
export function instantText(writer: TimeWriter, atMs: number): string {
  const ms = Math.floor(atMs)
  const minute = Math.floor(ms / MINUTE_MS)
  if (minute !== writer.minute) {
    writer.minute = minute
    writer.text = new Date(minute * MINUTE_MS).toISOString().slice(0, 17)
  }
  const rest = String(100_000 + (ms - minute * MINUTE_MS))
  return `${writer.text}${rest.slice(1, 3)}.${rest.slice(3)}Z`
}
