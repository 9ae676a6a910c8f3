import type { SeriesAnswer } from '#core/api/metrics.ts'
import { formatTime } from '../format/format-time.ts'
import type { Annotation, ChartColour, ChartUnit, TimeBucket, TimeSpec } from './chart-spec.ts'
import { seriesColours } from './series-colour.ts'
import { topAndOther } from './top-and-other.ts'
import { words } from './words.ts'

export type SeriesWords = {
  readonly title: string
  /** What time it is about: 'last hour'. */
  readonly span: string
  /** The name of the measure, for a series that is alone. */
  readonly name: string
  /** Whether the values of buckets add up. */
  readonly adds: boolean
  readonly draw?: TimeSpec['draw']
  readonly stack?: boolean
  readonly annotations?: readonly Annotation[]
  /** The same question of another time, bucket by bucket. */
  readonly comparison?: { readonly answer: SeriesAnswer; readonly name: string } | null
  /** Of a measure that is neither money nor a count. */
  readonly unit?: ChartUnit
  /** Where the page gives its things colours itself. */
  readonly colourOf?: (key: string) => ChartColour
}

/** An answer of `/metrics/series` as a chart: alone in the hue of amounts, by groups the largest eight and the rest. */
export function timeSpecOf(answer: SeriesAnswer, about: SeriesWords): TimeSpec {
  const { currency, window, bucket, by } = answer
  const buckets = bucketsOf(answer)
  const groups = answer.series.map(({ key, label, values }) => ({ key, name: label, values }))
  const { colourOf } = about
  const own =
    by === 'total'
      ? [{ key: 'total', name: about.name, colour: 'amount' as const, values: totalOf(answer) }]
      : topAndOther(groups, words.other).map((series) =>
          colourOf === undefined || series.key === 'other' ? series : { ...series, colour: colourOf(series.key) },
        )
  const other = about.comparison
  const before = other && {
    key: 'comparison',
    name: other.name,
    colour: 'other' as const,
    values: buckets.map((_, index) => other.answer.series[0]?.values[index] ?? null),
    comparison: true,
  }
  return {
    kind: 'time',
    title: about.title,
    span: about.span,
    unit: about.unit ?? (currency === null ? { kind: 'count' } : { kind: 'money', currency }),
    zone: window.timeZone,
    draw: about.draw ?? 'bar',
    stack: about.stack ?? false,
    adds: about.adds,
    bucket: BUCKET_NAMES[bucket],
    buckets: withMissing(buckets, own),
    series: before ? [...own, before] : own,
    annotations: about.annotations ?? [],
  }
}

const BUCKET_NAMES = {
  minute: 'minute',
  quarter: 'quarter of an hour',
  hour: 'hour',
  day: 'day',
  month: 'month',
  span: 'time',
} as const

const totalOf = ({ series, buckets }: SeriesAnswer): (number | null)[] =>
  buckets.map((_, index) => series[0]?.values[index] ?? null)

const DAY_MS = 24 * 3_600_000

/** The buckets of an answer, with labels on the wall of its zone. */
export function bucketsOf({ buckets, bucket, window }: SeriesAnswer): TimeBucket[] {
  const { timeZone } = window
  const clocked = bucket !== 'day' && bucket !== 'month'
  const [first, last] = [buckets[0], buckets.at(-1)]
  const manyDays = first !== undefined && Date.parse(last!.start) - Date.parse(first.start) >= DAY_MS
  return buckets.map(({ start, end, status, corrected }) => {
    const startMs = Date.parse(start)
    const clock = clocked ? formatTime(startMs, timeZone, 'clock') : ''
    const day = () => formatTime(startMs, timeZone, bucket === 'month' ? 'month' : 'shortDate')
    const label = !clocked ? day() : manyDays ? `${day()} ${clock}` : clock
    return { start, end, label, minuteOfDay: clocked ? minuteOf(clock) : null, state: status, corrected }
  })
}

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/** A bucket of which nothing is known in any series is a gap. */
export const withMissing = (
  buckets: readonly TimeBucket[],
  series: readonly { readonly values: readonly (number | null)[] }[],
): TimeBucket[] =>
  buckets.map((bucket, index) =>
    series.every(({ values }) => (values[index] ?? null) === null) ? { ...bucket, state: 'missing' } : bucket,
  )

/** Running sums: what had come in by the end of each bucket. A gap stays one, and what follows goes on from before it. */
export function cumulative(values: readonly (number | null)[]): (number | null)[] {
  let sum = 0
  return values.map((value) => (value === null ? null : (sum += value)))
}

/** One colour for each thing, for all charts of a page. */
export function colouring(keysOnPage: readonly string[]): (key: string) => ChartColour {
  const colours = seriesColours(keysOnPage)
  return (key) => colours.get(key) ?? 'other'
}
