import type { AlertItem } from '#core/api/alerts.ts'
import type { SeriesAnswer, SeriesWindow } from '#core/api/metrics.ts'
import type { Annotation, TimeSpec } from '../chart/chart-spec.ts'
import { bucketsOf, timeSpecOf } from '../chart/series-spec.ts'
import { wordsOf } from './measure-words.ts'
import { words } from './words.ts'

/** How wide a bar is; `five`: five minutes, put together from minutes. */
export const BUCKETS = ['minute', 'five', 'quarter', 'hour', 'day', 'month'] as const
export type Bucket = (typeof BUCKETS)[number]

/** What makes sense of a span of so many days; the first one is as usual. Averages have no five minutes. */
export function bucketsFor(days: number, isToday: boolean, adds: boolean): readonly Bucket[] {
  if (isToday) return adds ? ['minute', 'five', 'quarter', 'hour'] : ['minute', 'quarter', 'hour']
  if (days === 1) return ['hour', 'quarter']
  if (days <= 8) return ['hour', 'day']
  return days <= 31 ? ['day', 'hour'] : days <= 100 ? ['day'] : ['month', 'day']
}

/** Of today, minutes are of the last hour and fives of the last four: as many bars as eyes tell apart. */
export const MINUTES_OF: Partial<Record<Bucket, number>> = { minute: 60, five: 240 }

export const windowOf = (bucket: Bucket): SeriesWindow => (bucket === 'five' ? 'minute' : bucket)

type About = {
  readonly bucket: Bucket
  readonly span: string
  readonly alerts: readonly AlertItem[]
  readonly earlier: { readonly answer: SeriesAnswer; readonly name: string } | null
}

/** One measure over time, with the alerts that opened in it and the same of the time before. */
export function prepareTrend(answer: SeriesAnswer, { bucket, span, alerts, earlier }: About): TimeSpec {
  const { name, adds, kind } = wordsOf(answer.measure)
  const spec = timeSpecOf(bucket === 'five' ? byFive(answer) : answer, {
    title: words.byBucket(name, words.bucketNames[bucket]),
    span: bucket === 'minute' ? words.lastHour : bucket === 'five' ? words.lastHours(4) : span,
    name,
    adds,
    annotations: alertAnnotations(alerts),
    comparison: earlier,
    ...(kind === 'share' && { unit: { kind: 'share' } as const }),
  })
  return bucket === 'five' ? { ...spec, bucket: words.bucketNames.five } : spec
}

export const alertAnnotations = (alerts: readonly AlertItem[]): Annotation[] =>
  alerts.map(({ openedAt, kind, text }) => ({
    at: openedAt,
    kind: kind === 'LOW_STOCK' ? 'alert' : 'stock-out',
    text,
  }))

const FIVE_MS = 300_000
const WORST = ['filling', 'provisional', 'final'] as const

/** Minutes of the same five as one, whatever is kept of them; the first ones may be fewer than five: they are left out. */
export function byFive(answer: SeriesAnswer): SeriesAnswer {
  const groups = new Map<number, number[]>()
  for (const [index, { start }] of answer.buckets.entries()) {
    const five = Math.floor(Date.parse(start) / FIVE_MS)
    groups.set(five, [...(groups.get(five) ?? []), index])
  }
  const all = [...groups].filter(([five, [first]], at) => at > 0 || isStart(answer, first!, five))
  return {
    ...answer,
    buckets: all.map(([five, indexes]) => {
      const minutes = indexes.map((index) => answer.buckets[index]!)
      const isWhole = minutes.length === FIVE_MS / 60_000
      return {
        start: new Date(five * FIVE_MS).toISOString(),
        end: new Date((five + 1) * FIVE_MS).toISOString(),
        status: isWhole ? WORST.find((status) => minutes.some((minute) => minute.status === status))! : 'filling',
        corrected: minutes.some(({ corrected }) => corrected),
      }
    }),
    series: answer.series.map((series) => ({
      ...series,
      values: all.map(([, indexes]) => {
        const known = indexes.flatMap((index) => series.values[index] ?? [])
        return known.length === 0 ? null : known.reduce((a, b) => a + b, 0)
      }),
    })),
  }
}

const isStart = ({ buckets }: SeriesAnswer, index: number, five: number): boolean =>
  Date.parse(buckets[index]!.start) === five * FIVE_MS

const WEEK_MS = 7 * 24 * 3_600_000

/**
 * What had come in by each quarter of an hour of the day, beside the whole of the same day last week. The time to come is
 * no gap: last week's line goes on through it.
 */
export function prepareCumulative(today: SeriesAnswer, lastWeek: SeriesAnswer): TimeSpec {
  const { name } = wordsOf(today.measure)
  const spec = timeSpecOf(today, {
    title: words.cumulative,
    span: words.cumulativeNow,
    name,
    adds: false,
    draw: 'line',
  })
  const own = running(spec.series[0]?.values ?? [])
  const before = running(lastWeek.series[0]?.values ?? [])
  const last = Date.parse(spec.buckets.at(-1)?.end ?? lastWeek.window.from)
  const later = lastWeek.buckets.flatMap(({ start, end }, index) => {
    const [startMs, endMs] = [Date.parse(start) + WEEK_MS, Date.parse(end) + WEEK_MS]
    if (index < spec.buckets.length || startMs < last) return []
    const dates = { start: new Date(startMs).toISOString(), end: new Date(endMs).toISOString() }
    return [{ ...dates, status: 'final' as const, corrected: false }]
  })
  const buckets = [...spec.buckets, ...bucketsOf({ ...today, buckets: later })]
  const known = before.some((value) => value !== null)
  return {
    ...spec,
    buckets,
    series: [
      { key: 'total', name: words.cumulativeNow, colour: 'amount', values: buckets.map((_, at) => own[at] ?? null) },
      ...(known
        ? [
            {
              key: 'comparison',
              name: words.lastWeek,
              colour: 'other' as const,
              values: buckets.map((_, at) => before[at] ?? null),
              comparison: true,
            },
          ]
        : []),
    ],
  }
}

function running(values: readonly (number | null)[]): (number | null)[] {
  let sum = 0
  return values.map((value) => (value === null ? null : (sum += value)))
}

/** Orders and refunds of each bucket, in one bar. */
export function prepareVolume(orders: SeriesAnswer, refunds: SeriesAnswer, span: string): TimeSpec {
  const spec = timeSpecOf(orders, { title: words.volume, span, name: words.orders, adds: true, stack: true })
  const values = spec.buckets.map((_, index) => refunds.series[0]?.values[index] ?? null)
  return {
    ...spec,
    series: [...spec.series, { key: 'refunds', name: words.refunds, colour: 'below', values }],
  }
}
