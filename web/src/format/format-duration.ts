import { formatNumber } from './format-number.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** '12 s', '45 min', '5.2 h', '3.4 days', '12 days': in the largest unit of which there are two, or more of the hour. `ms`: 0 or more. */
export function durationText(ms: number, locale?: string): string {
  if (ms < MINUTE_MS) return `${Math.floor(ms / 1000)} s`
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`
  if (ms < 2 * DAY_MS) return `${short(ms / HOUR_MS, locale)} h`
  return `${short(ms / DAY_MS, locale)} days`
}

/** Below ten with one fraction digit. */
const short = (value: number, locale?: string): string =>
  formatNumber(value, { maximumFractionDigits: value < 9.95 ? 1 : 0 }, locale)
