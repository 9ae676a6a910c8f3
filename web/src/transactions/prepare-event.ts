import type { EventAnswer } from '#core/api/events.ts'
import { formatNumber } from '../format/format-number.ts'
import { formatMoment, formatTime } from '../format/format-time.ts'
import { sourceName } from './prepare-lines.ts'
import { words } from './words.ts'

/** A stop on an event's way. waiting: not reached yet; bad: it went no further. */
export type Step = {
  readonly id: keyof typeof words.event.steps
  readonly tone: 'done' | 'waiting' | 'bad'
  /** '14:05:12.120'; null: nobody kept when. */
  readonly at: { readonly iso: string; readonly text: string } | null
  /** '+120 ms' since the stop before; null: not known. */
  readonly after: string | null
  readonly told: readonly string[]
}

const { steps: _names, told } = words.event

/** The event's way from the shop to the figures, as far as it has come. */
export function prepareSteps(event: EventAnswer, nowMs: number, timeZone: string): readonly Step[] {
  const { state, problems, duplicates, late, windows } = event
  const [atMs, acceptedMs] = [Date.parse(event.occurredAt), Date.parse(event.acceptedAt)]
  const moment = (iso: string) => ({ iso, text: preciseMoment(Date.parse(iso), nowMs, timeZone) })
  const steps: Step[] = [
    {
      id: 'happened',
      tone: 'done',
      at: moment(event.occurredAt),
      after: null,
      told: [told.happened(sourceName(event.source))],
    },
    {
      id: 'received',
      tone: 'done',
      at: moment(event.acceptedAt),
      after: betweenText(acceptedMs - atMs),
      told: [told.received, ...(duplicates === 0 ? [] : [told.duplicates(timesText(duplicates))])],
    },
  ]
  if (state === 'pending')
    return [...steps, { id: 'pending', tone: 'waiting', at: null, after: null, told: [told.pending] }]
  if (state === 'held')
    return [
      ...steps,
      {
        id: 'held',
        tone: 'bad',
        at: null,
        after: null,
        told: [told.held, ...problems.map(({ field, message }) => `${field} ${message}`.trim())],
      },
    ]
  if (state === 'discarded')
    return [...steps, { id: 'discarded', tone: 'bad', at: null, after: null, told: [told.discarded] }]
  return [
    ...steps,
    state === 'replayed'
      ? { id: 'replayed', tone: 'done', at: null, after: null, told: [told.replayed] }
      : { id: 'applied', tone: 'done', at: null, after: null, told: [told.applied] },
    {
      id: 'counted',
      tone: 'done',
      at: null,
      after: null,
      told: [
        windows.length === 0 ? told.nothing : told.counted(windows.length),
        ...(late === true
          ? [told.late]
          : late === null && windows.length > 0 && isDelayed(acceptedMs - atMs)
            ? [told.perhapsLate]
            : []),
      ],
    },
  ]
}

/** Sooner nothing is final. */
const SOONEST_FINAL_MS = 5 * 60_000
const isDelayed = (ms: number): boolean => ms >= SOONEST_FINAL_MS

const timesText = (times: number): string => (times === 1 ? 'once' : `${formatNumber(times)} times`)

/** '14:05:12.120': what is a moment apart is told apart. */
function preciseMoment(atMs: number, nowMs: number, timeZone: string): string {
  const ms = String(atMs % 1000).padStart(3, '0')
  return `${formatMoment(atMs, nowMs, timeZone)}.${ms}`
}

/** '+120 ms', '+3.2 s', '+4 min', '+5 h', '+3 days'; a shop's clock may be ahead of ours: '−40 ms'. */
export function betweenText(ms: number): string {
  const size = Math.abs(ms)
  const sign = ms < 0 ? '−' : '+'
  if (size < 1_000) return `${sign}${size} ms`
  if (size < 60_000) return `${sign}${(Math.floor(size / 100) / 10).toFixed(1)} s`
  if (size < 3_600_000) return `${sign}${Math.floor(size / 60_000)} min`
  if (size < 48 * 3_600_000) return `${sign}${Math.floor(size / 3_600_000)} h`
  return `${sign}${formatNumber(Math.floor(size / 86_400_000))} days`
}

export type WindowRow = {
  readonly id: string
  readonly width: string
  readonly span: string
  /** 'merchant, store, product'. */
  readonly of: string
  readonly status: keyof typeof words.event.statuses
  readonly statusText: string
  readonly about: string
}

/** The spans of time that it counts in. */
export const prepareWindows = (windows: EventAnswer['windows']): readonly WindowRow[] =>
  windows.map(({ width, of, from, to, timeZone, status, kept }) => {
    const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
    return {
      id: `${width} ${from} ${of.join(' ')}`,
      width: words.event.widths[width],
      span:
        width === 'day'
          ? formatTime(fromMs, timeZone, 'date')
          : `${formatTime(fromMs, timeZone, 'clock')} to ${formatTime(toMs, timeZone, 'clock')}`,
      of: of.map((by) => words.event.of[by]).join(', '),
      status,
      statusText: words.event.statuses[status],
      about: kept ? words.event.statusAbout[status] : words.event.notKept,
    }
  })
