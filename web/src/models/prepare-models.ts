import type { AccuracyAnswer, DemandModelsAnswer } from '#core/api/demand-models.ts'
import type { ChartSeries, TimeBucket, TimeSpec } from '../chart/chart-spec.ts'
import { DAY_MS, dayBucket } from '../chart/day-bucket.ts'
import { words } from './words.ts'

/** Every day from the first to the last; one without a forecast is missing. */
function bucketsOf(days: AccuracyAnswer['days']): TimeBucket[] {
  if (days.length === 0) return []
  const [first, last] = [days[0]!, days.at(-1)!].map(({ day }) => Date.parse(`${day}T00:00:00Z`)) as [number, number]
  const judged = new Set(days.map(({ day }) => day))
  return Array.from({ length: (last - first) / DAY_MS + 1 }, (_, at) => {
    const day = new Date(first + at * DAY_MS).toISOString().slice(0, 10)
    return dayBucket(day, judged.has(day) ? 'final' : 'missing')
  })
}

type Line = Omit<ChartSeries, 'values'> & { readonly of: (day: AccuracyAnswer['days'][number]) => number | null }

function specOf(
  { days }: AccuracyAnswer,
  about: Pick<TimeSpec, 'title' | 'span' | 'unit'>,
  lines: readonly Line[],
): TimeSpec {
  const byDay = new Map(days.map((day) => [day.day, day]))
  const buckets = bucketsOf(days)
  return {
    kind: 'time',
    ...about,
    zone: 'UTC',
    draw: 'line',
    stack: false,
    adds: false,
    bucket: 'day',
    buckets,
    series: lines.map(({ of, ...line }) => ({
      ...line,
      values: buckets.map(({ start }) => {
        const day = byDay.get(start.slice(0, 10))
        return day === undefined ? null : of(day)
      }),
    })),
    annotations: [],
  }
}

const share = { kind: 'share' } as const

/** Error of what served, beside the simplest methods. */
export const errorSpec = (answer: AccuracyAnswer): TimeSpec =>
  specOf(answer, { title: words.accuracy, span: words.accuracySpan(answer.ahead), unit: share }, [
    { key: 'model', name: words.model, colour: 'amount', of: ({ wape }) => wape },
    { key: 'naive', name: words.naive, colour: 'series-2', of: ({ naive }) => naive },
    { key: 'moving', name: words.moving, colour: 'series-3', of: ({ moving }) => moving },
  ])

export const predictedSpec = (answer: AccuracyAnswer): TimeSpec =>
  specOf(
    answer,
    { title: words.predicted, span: words.predictedSpan, unit: { kind: 'number', unit: 'units', digits: 0 } },
    [
      { key: 'sold', name: words.sold, colour: 'amount', of: ({ actual }) => actual },
      { key: 'mean', name: words.mean, colour: 'series-2', of: ({ mean }) => mean },
      { key: 'median', name: words.median, colour: 'series-3', of: ({ median }) => median },
    ],
  )

export const coverageSpec = (answer: AccuracyAnswer): TimeSpec =>
  specOf(answer, { title: words.coverage, span: words.coverageSpan, unit: share }, [
    { key: 'inside', name: words.covered, colour: 'amount', of: ({ coverage80 }) => coverage80 },
    { key: 'meant', name: words.meant, colour: 'other', comparison: true, of: () => 0.8 },
  ])

/** What going back leads to: the version before, or the simple method; undefined: there is nothing to go back from. */
export function backTo({ serving, earlier }: DemandModelsAnswer): string | null | undefined {
  if (serving.version === null && earlier.length === 0) return undefined
  return earlier.at(-1) ?? null
}
