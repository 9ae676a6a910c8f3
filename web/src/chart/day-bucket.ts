import { formatTime } from '../format/format-time.ts'
import type { TimeBucket } from './chart-spec.ts'

export const DAY_MS = 86_400_000

/** Business days (YYYY-MM-DD) are dates of their own: they are told as they are, whatever the zone. */
export const dayText = (day: string): string => formatTime(Date.parse(`${day}T12:00:00Z`), 'UTC', 'shortDate')

/** A business day as a bucket of a chart whose zone is UTC. */
export function dayBucket(day: string, state: TimeBucket['state'] = 'final'): TimeBucket {
  const start = Date.parse(`${day}T00:00:00Z`)
  return {
    start: new Date(start).toISOString(),
    end: new Date(start + DAY_MS).toISOString(),
    label: dayText(day),
    minuteOfDay: null,
    state,
    corrected: false,
  }
}
