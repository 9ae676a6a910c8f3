/** The buckets of a series: spans of equal width by the clock of a zone, and what is known of each. */
import type { SeriesAnswer, SeriesWindow } from '#core/api/metrics.ts'
import {
  addDays,
  businessDateOf,
  HOUR_MS,
  MINUTE_MS,
  nextBusinessDate,
  QUARTER_MS,
  startOfBusinessDay,
} from './business-time.ts'

export type Bucket = { readonly fromMs: number; readonly toMs: number }

/** A chart shows no more, and no answer holds more. */
export const MAX_BUCKETS = 1500

/** Hours begin at whole hours of the zone, which may be a half or a quarter past of UTC. */
export function bucketsOf(window: SeriesWindow, fromMs: number, toMs: number, zone: string): Bucket[] {
  if (window === 'span') return fromMs < toMs ? [{ fromMs, toMs }] : []
  const buckets: Bucket[] = []
  let at = startOfBucket(window, fromMs, zone)
  while (at < toMs && buckets.length <= MAX_BUCKETS) {
    const end = endOfBucket(window, at, zone)
    buckets.push({ fromMs: at, toMs: end })
    at = end
  }
  return buckets
}

const WIDTH_MS = { minute: MINUTE_MS, quarter: QUARTER_MS, hour: HOUR_MS }

type Width = Exclude<SeriesWindow, 'span'>

function startOfBucket(window: Width, atMs: number, zone: string): number {
  const date = businessDateOf(atMs, zone)
  if (window === 'day') return startOfBusinessDay(date, zone)
  if (window === 'month') return startOfBusinessDay(`${date.slice(0, 8)}01`, zone)
  const midnight = startOfBusinessDay(date, zone)
  const width = WIDTH_MS[window]
  return midnight + Math.floor((atMs - midnight) / width) * width
}

function endOfBucket(window: Width, startMs: number, zone: string): number {
  const date = businessDateOf(startMs, zone)
  if (window === 'month') return startOfBusinessDay(`${addDays(`${date.slice(0, 8)}01`, 31).slice(0, 8)}01`, zone)
  const nextDay = startOfBusinessDay(nextBusinessDate(date), zone)
  return window === 'day' ? nextDay : Math.min(nextDay, startMs + WIDTH_MS[window])
}

/** filling: its time is not over; provisional: late events may still come; final: they correct it from now on. */
export function statusOf(
  { toMs }: Bucket,
  nowMs: number,
  watermarkMs: number,
): SeriesAnswer['buckets'][number]['status'] {
  if (toMs > nowMs) return 'filling'
  return toMs > watermarkMs ? 'provisional' : 'final'
}
