/**
 * What a chart shows, decided by a pure `prepare-*` function and drawn by `ChartPanel`. A spec holds figures as the engine
 * gave them (money in minor units); `tell-value.ts` turns them into text, lengths and cells of a CSV.
 *
 * - `time`: buckets on a time axis, as bars, lines or areas, beside each other or stacked (`series-spec.ts` makes one of
 *   an answer of `/metrics/series`).
 * - `ranked`: names with a figure each, as horizontal bars; a row may be made of parts.
 * - `heat`: rows by columns in one hue.
 *
 * null is a gap everywhere: nothing is kept, or it cannot be said. It is never drawn as 0.
 */
import type { Change } from '../format/format-change.ts'

export type ChartUnit =
  /** Values are minor units. */
  | { readonly kind: 'money'; readonly currency: string }
  | { readonly kind: 'count' }
  /** Values are parts of one: 0.25 is told as 25 %. */
  | { readonly kind: 'share' }
  /** Anything else: '12.5 days'. */
  | { readonly kind: 'number'; readonly unit: string; readonly digits: number }

/** The name of a token in `theme/theme.css`. `amount`: the one hue of amounts. */
export type SeriesColour = `series-${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`
export type ChartColour = 'amount' | 'below' | 'other' | SeriesColour

export type TimeBucket = {
  /** Instants, RFC 3339. */
  readonly start: string
  readonly end: string
  /** '14:05', '3 Mar': as short as it can be told from its neighbours. */
  readonly label: string
  /** The minute of its day on the wall of the zone, by which clocks are thinned out; null: days and longer. */
  readonly minuteOfDay: number | null
  /** filling: not over yet (hatched); provisional: late events may still come; missing: nothing is kept of it. */
  readonly state: 'final' | 'provisional' | 'filling' | 'missing'
  /** Late events have changed it after it was final. */
  readonly corrected: boolean
  /** The shop is closed: nothing is to be expected. */
  readonly closed?: boolean
}

export type ChartSeries = {
  readonly key: string
  readonly name: string
  readonly colour: ChartColour
  /** By bucket. */
  readonly values: readonly (number | null)[]
  /** Another time, beside this one: dashed and light. */
  readonly comparison?: boolean
}

export type Annotation = {
  /** An instant, RFC 3339. */
  readonly at: string
  readonly kind: 'alert' | 'stock-out' | 'promotion' | 'note'
  readonly text: string
}

type Told = {
  readonly title: string
  readonly unit: ChartUnit
  /** What time it is about, as one says it: 'last hour', '1 to 7 March'. */
  readonly span: string
}

export type TimeSpec = Told & {
  readonly kind: 'time'
  /** IANA name of the zone of the labels. */
  readonly zone: string
  readonly draw: 'bar' | 'line' | 'area'
  readonly stack: boolean
  /** Whether the values of buckets add up to one of the whole time: then there are a sum and shares. */
  readonly adds: boolean
  /** 'minute', 'day'. */
  readonly bucket: string
  readonly buckets: readonly TimeBucket[]
  /** Eight and 'other' at the most (`top-and-other.ts`). */
  readonly series: readonly ChartSeries[]
  readonly annotations: readonly Annotation[]
  /** The ground between two of the series, by their keys. */
  readonly band?: { readonly low: string; readonly high: string }
}

export type RankedPart = {
  readonly key: string
  readonly name: string
  readonly value: number
  readonly colour: ChartColour
}

export type RankedRow = {
  readonly key: string
  readonly name: string
  /** Smaller, beside the name. */
  readonly about?: string
  readonly value: number | null
  /** Against the time before. */
  readonly change?: Change | null
  /** Its part of the whole, 0 to 1. */
  readonly share?: number | null
  readonly colour: ChartColour
  /** A page of its own, below `/app`. */
  readonly to?: string
  /** What the bar is made of, where that is to be seen. */
  readonly parts?: readonly RankedPart[]
}

export type RankedSpec = Told & {
  readonly kind: 'ranked'
  /** What the rows are: 'Product'. */
  readonly of: string
  /** What the change is against: 'than yesterday'; '' without changes. */
  readonly than: string
  readonly rows: readonly RankedRow[]
  /** What colours mean, where they are of groups of rows. */
  readonly legend?: readonly { readonly name: string; readonly colour: ChartColour }[]
}

export type HeatSpec = Told & {
  readonly kind: 'heat'
  /** What rows and columns are: 'Day' and 'Hour'. */
  readonly rowsOf: string
  readonly columnsOf: string
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  /** By row, then by column. */
  readonly values: readonly (readonly (number | null)[])[]
}

export type ChartSpec = TimeSpec | RankedSpec | HeatSpec
