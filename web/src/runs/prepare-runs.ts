/** What the list of runs says of each. */
import type { RunItem } from '#core/api/runs.ts'
import { durationText } from '../format/format-duration.ts'
import { formatMoment, formatTime } from '../format/format-time.ts'
import { words } from './words.ts'

export type RunLine = {
  readonly id: string
  readonly name: string
  readonly date: string
  readonly dateText: string
  readonly status: RunItem['status']
  readonly statusText: string
  readonly beganMs: number | null
  readonly tookMs: number | null
  readonly took: string
  readonly asked: string
  readonly attempt: number
  readonly stopped: string
}

export const chainName = (chain: string): string => words.chains[chain]?.name ?? chain

/** '4 March 2026': a date has no zone. */
export const dateText = (date: string): string => formatTime(Date.parse(date), 'UTC', 'fullDate')

/** Of what still works up to now. null: it has not begun. */
export function tookMs(
  { startedAt, endedAt }: { readonly startedAt: string | null; readonly endedAt: string | null },
  nowMs: number,
): number | null {
  if (startedAt === null) return null
  return Math.max(0, (endedAt === null ? nowMs : Date.parse(endedAt)) - Date.parse(startedAt))
}

/** '340 ms', '12 s', '45 min'; '' where nothing was measured. */
export function tookText(ms: number | null): string {
  if (ms === null) return ''
  return ms < 1_000 ? `${Math.round(ms)} ms` : durationText(ms)
}

export function prepareRuns(
  items: readonly RunItem[],
  names: ReadonlyMap<string, string>,
  nowMs: number,
): readonly RunLine[] {
  return items.map((run) => {
    const took = tookMs(run, nowMs)
    return {
      id: run.id,
      name: chainName(run.chain),
      date: run.date,
      dateText: dateText(run.date),
      status: run.status,
      statusText: words.statuses[run.status],
      beganMs: run.startedAt === null ? null : Date.parse(run.startedAt),
      tookMs: took,
      took: tookText(took),
      asked: askerOf(run.askedBy, names),
      attempt: run.attempt,
      stopped: run.failure?.state ?? '',
    }
  })
}

export const askerOf = (askedBy: string, names: ReadonlyMap<string, string>): string =>
  askedBy === 'schedule' ? words.schedule : (names.get(askedBy) ?? askedBy)

export const momentText = (at: string | null, nowMs: number, zone: string): string =>
  at === null ? '' : formatMoment(Date.parse(at), nowMs, zone)
