/** What came through a connection, hour by hour, as figures and charts. */
import type { ActivityAnswer, ActivityHour } from '#core/api/connections.ts'
import type { ChartSeries, TimeBucket, TimeSpec } from '../chart/chart-spec.ts'
import { formatNumber } from '../format/format-number.ts'
import { formatTime } from '../format/format-time.ts'
import { words } from './words.ts'

export type Activity = {
  readonly all: string
  readonly taken: string
  readonly refused: string
  /** Of all; '' where nothing came. */
  readonly share: string
  /** Of one delivery; '' where nothing came. */
  readonly took: string
  /** null: nothing came, or nothing was refused. */
  readonly rates: TimeSpec | null
  readonly errors: TimeSpec | null
}

const HOUR_MS = 3_600_000
const HOURS = 7 * 24

const TAKEN = ['taken', 'repeated'] as const
const REFUSED = ['unproved', 'unreadable', 'turnedAway'] as const
type Fate = (typeof TAKEN)[number] | (typeof REFUSED)[number]
const COLOURS = {
  taken: 'amount',
  repeated: 'other',
  unproved: 'series-2',
  unreadable: 'series-3',
  turnedAway: 'series-5',
} as const

export function prepareActivity(
  { asOf, hours }: Pick<ActivityAnswer, 'asOf' | 'hours'>,
  zone: string,
  locale?: string,
): Activity {
  const sumOf = (fates: readonly (keyof ActivityHour)[]) =>
    hours.reduce((sum, hour) => sum + fates.reduce((of, fate) => of + Number(hour[fate]), 0), 0)
  const [taken, refused] = [sumOf(TAKEN), sumOf(REFUSED)]
  const all = taken + refused
  const n = (value: number, options: Intl.NumberFormatOptions = {}) => formatNumber(value, options, locale)
  const chart = (title: string, fates: readonly Fate[]): TimeSpec => ({
    ...{ kind: 'time', title, unit: { kind: 'count' }, span: words.span, zone },
    ...{ draw: 'bar', stack: true, adds: true, bucket: 'hour', annotations: [] },
    ...seriesOf(hours, Date.parse(asOf), zone, fates),
  })
  return {
    all: n(all),
    taken: n(sumOf(['taken'])),
    refused: n(refused),
    share: all === 0 ? '' : n(refused / all, { style: 'percent', maximumFractionDigits: 1 }),
    took: all === 0 ? '' : `${n(sumOf(['tookMs']) / all, { maximumFractionDigits: 1 })} ${words.ms}`,
    rates: taken === 0 ? null : chart(words.rateTitle, TAKEN),
    errors: refused === 0 ? null : chart(words.errorTitle, REFUSED),
  }
}

/** Every hour of seven days: one of which nothing is kept had no delivery. */
function seriesOf(
  hours: readonly ActivityHour[],
  nowMs: number,
  zone: string,
  fates: readonly Fate[],
): { readonly buckets: readonly TimeBucket[]; readonly series: readonly ChartSeries[] } {
  const byStart = new Map(hours.map((hour) => [Date.parse(hour.start), hour]))
  const current = Math.floor(nowMs / HOUR_MS) * HOUR_MS
  const starts = Array.from({ length: HOURS }, (_, n) => current - (HOURS - 1 - n) * HOUR_MS)
  const buckets = starts.map((start): TimeBucket => {
    const clock = formatTime(start, zone, 'clock')
    return {
      start: new Date(start).toISOString(),
      end: new Date(start + HOUR_MS).toISOString(),
      label: `${formatTime(start, zone, 'shortDate')} ${clock}`,
      minuteOfDay: Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)),
      state: start === current ? 'filling' : 'final',
      corrected: false,
    }
  })
  const series = fates.map((fate) => ({
    key: fate,
    name: words.fates[fate],
    colour: COLOURS[fate],
    values: starts.map((start) => byStart.get(start)?.[fate] ?? 0),
  }))
  return { buckets, series: series.filter(({ values }) => values.some((value) => value > 0)) }
}
