import type { ForecastAnswer, WhyAnswer } from '#core/api/forecasts.ts'
import type { ChartSeries, RankedRow, RankedSpec, TimeSpec } from '../chart/chart-spec.ts'
import { dayBucket, dayText } from '../chart/day-bucket.ts'
import { words } from './words.ts'

/** History and forecast on one axis: what sold, then the median with the ground on which four of five days lie. */
export function forecastSpec({ history, days, madeOn }: ForecastAnswer, of: string): TimeSpec {
  const gaps = (count: number) => new Array<null>(count).fill(null)
  const ahead = (kind: 'median' | 'q10' | 'q90') => [...gaps(history.length), ...days.map((day) => day[kind])]
  const series: ChartSeries[] = [
    {
      key: 'sold',
      name: words.sold,
      colour: 'amount',
      values: [...history.map(({ units }) => units), ...gaps(days.length)],
    },
  ]
  if (days.length > 0)
    series.push(
      { key: 'median', name: words.median, colour: 'series-2', values: ahead('median') },
      { key: 'high', name: words.high, colour: 'other', values: ahead('q90'), comparison: true },
      { key: 'low', name: words.low, colour: 'other', values: ahead('q10'), comparison: true },
    )
  return {
    kind: 'time',
    title: words.chart(of),
    unit: { kind: 'number', unit: 'units', digits: 1 },
    span: madeOn === null ? '' : words.span(dayText(madeOn)),
    zone: 'UTC',
    draw: 'line',
    stack: false,
    adds: false,
    bucket: 'day',
    buckets: [...history.map(({ day }) => dayBucket(day)), ...days.map(({ day }) => dayBucket(day))],
    series,
    annotations: history.flatMap(({ day, stockOuts }) =>
      stockOuts === 0
        ? []
        : [{ at: dayBucket(day).start, kind: 'stock-out' as const, text: words.stockOut(stockOuts) }],
    ),
    ...(days.length > 0 && { band: { low: 'low', high: 'high' } }),
  }
}

/** The parts of a median, the largest first; undefined: there is nothing to tell. */
export function whySpec({ parts, day, median }: WhyAnswer): RankedSpec | undefined {
  if (parts === null || day === null || median === null) return undefined
  const rowOf = (name: string, units: number): RankedRow => ({
    key: name,
    name,
    value: units,
    colour: units < 0 ? 'below' : 'amount',
  })
  const others = parts.methods.reduce((sum, { units }) => sum + units, 0)
  const rows = [
    rowOf(words.base, parts.base),
    ...parts.groups.map(({ about, units }) => rowOf(about, units)),
    ...(parts.methods.length > 0 ? [rowOf(words.otherMethods, others)] : []),
    // Less than anybody could see is no row.
    ...(Math.abs(parts.rest) > 0.005 ? [rowOf(words.rest, parts.rest)] : []),
  ]
  return {
    kind: 'ranked',
    title: words.why,
    unit: { kind: 'number', unit: 'units', digits: 2 },
    span: dayText(day),
    of: words.part,
    than: '',
    rows,
  }
}

/** Units of the seven days, by method, the largest first. One that said nothing of a day is left out. */
export const methodWeeks = ({ methods }: ForecastAnswer): readonly { readonly name: string; readonly week: number }[] =>
  methods
    .flatMap(({ name, median }) =>
      median.every((value) => value !== null)
        ? [{ name, week: median.reduce<number>((sum, value) => sum + value!, 0) }]
        : [],
    )
    .sort((a, b) => b.week - a.week || (a.name < b.name ? -1 : 1))
