/** What the trees are told about a day ahead: by series, origin and horizon. */
import { type DemandPanel, type DemandSeries, HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { putCalendar } from './calendar-features.ts'
import type { DayAhead, FeatureSink } from './day-ahead.ts'
import { type GroupPattern, groupPatterns } from './group-patterns.ts'
import { putOrders } from './order-features.ts'
import { putPast } from './past-features.ts'
import { putActivity, putDiscount } from './plan-features.ts'
import { putPrice } from './price-features.ts'
import { putSameWeekdays, sameWeekdays } from './same-weekday-features.ts'
import { historyOf, LEVEL_HALF_LIFE, type SeriesHistory } from './series-history.ts'
import { putStock } from './stock-features.ts'

/** `series` is its place in the panel, `origin` the number of observed days, `horizon` 1 to 7: day `origin + horizon - 1`. */
export interface Example {
  readonly series: number
  readonly origin: number
  readonly horizon: number
}

/** A feature of kind `units` is divided by the example's level, so that small and large series teach each other. */
export interface DemandFeature {
  readonly name: string
  readonly kind: 'number' | 'units' | 'category'
}

const OPTIONAL = ['orders', 'stockout', 'price', 'discount', 'activity'] as const
const LEAST_LEVEL = 0.05

/**
 * Which features there are, and which code stands for which category: part of what trees have learnt. Plain data, so that
 * another panel, of other products and with more or less known of them, is told the trees in the same words.
 */
export interface FeatureLayout {
  readonly given: readonly (typeof OPTIONAL)[number][]
  /** What series are grouped by, without `all`, by name: the code of each group. A group that came later has none. */
  readonly groups: readonly { readonly name: GroupName; readonly codes: Readonly<Record<string, number>> }[]
}
/** `category_1` is the widest. */
type GroupName = 'store' | 'product' | `category_${number}`

export class DemandFeatures {
  /** The same for every series of the panel: what one of them has and another has not is missing there. */
  readonly features: readonly DemandFeature[]
  private readonly panel: DemandPanel
  private readonly histories: readonly SeriesHistory[]
  readonly layout: FeatureLayout
  private readonly given: ReadonlySet<(typeof OPTIONAL)[number]>
  private readonly groups: readonly { readonly name: string; readonly of: readonly GroupPattern[] }[]
  private readonly codes: readonly { readonly name: string; readonly of: readonly number[] }[]

  /** `layout`: of the trees that shall forecast; absent: what the panel itself gives to learn from. */
  constructor(panel: DemandPanel, layout = layoutOf(panel)) {
    this.panel = panel
    this.layout = layout
    this.histories = panel.series.map((one) => historyOf(one, panel.days))
    this.given = new Set(layout.given)
    this.groups = [
      { name: 'all', of: groupPatterns(panel, () => '') },
      ...layout.groups.map(({ name }) => ({ name, of: groupPatterns(panel, (one) => groupOf(one, name)) })),
    ]
    this.codes = layout.groups.map(({ name, codes }) => {
      const byKey = new Map(Object.entries(codes))
      return { name, of: panel.series.map((one) => byKey.get(groupOf(one, name)) ?? Number.NaN) }
    })
    const features: DemandFeature[] = []
    this.tell(
      { series: 0, origin: 1, horizon: 1 },
      {
        number: (name) => features.push({ name, kind: 'number' }),
        units: (name) => features.push({ name, kind: 'units' }),
        category: (name) => features.push({ name, kind: 'category' }),
      },
    )
    this.features = features
  }

  /** Recent units a day, above 0: what units are measured in. */
  level({ series, origin }: Example): number {
    const { units, fading } = this.histories[series]!
    const month = units.mean(origin - 28, origin) || 0
    const week = fading.get(LEVEL_HALF_LIFE)![origin]! || 0
    return Math.max(0.5 * month + 0.5 * week, LEAST_LEVEL)
  }

  /** Whether there is enough past to say anything: a week since the first sale. */
  hasPast({ series, origin }: Example): boolean {
    return origin - this.histories[series]!.begin >= HORIZON_DAYS
  }

  /** Puts the values into row `row` of a column-major table of `rows` rows. */
  put(example: Example, values: Float32Array, row: number, rows: number): void {
    let at = row
    const level = this.level(example)
    const next = (value: number) => {
      values[at] = value
      at += rows
    }
    this.tell(example, {
      number: (_, value) => next(value),
      units: (_, value) => next(value / level),
      category: (_, code) => next(code),
    })
  }

  private tell(example: Example, sink: FeatureSink): void {
    const { series, origin, horizon } = example
    const target = origin + horizon - 1
    const ahead: DayAhead = { panel: this.panel, past: this.histories[series]!, origin, horizon, target }
    const same = sameWeekdays(ahead)
    sink.number('log_level', Math.log(this.level(example)))
    putPast(sink, ahead)
    putSameWeekdays(sink, ahead, same)
    if (this.given.has('orders')) putOrders(sink, ahead, same)
    putCalendar(sink, ahead)
    for (const { name, of } of this.groups) {
      sink.number(`${name}_weekday`, of[series]!.weekday(origin, target))
      sink.number(`${name}_trend_7`, of[series]!.trend(origin, 7, 28))
      sink.number(`${name}_trend_28`, of[series]!.trend(origin, 28, 90))
    }
    for (const { name, of } of this.codes) sink.category(name, of[series]!)
    if (this.given.has('stockout')) putStock(sink, ahead)
    if (this.given.has('price')) putPrice(sink, ahead)
    if (this.given.has('discount')) putDiscount(sink, ahead)
    if (this.given.has('activity')) putActivity(sink, ahead)
  }
}

/** Those by store, product and category that are more than one group, and not one for each series. */
function layoutOf({ series }: DemandPanel): FeatureLayout {
  const depth = series[0]?.categories.length ?? 0
  const names: GroupName[] = [
    'store',
    'product',
    ...Array.from({ length: depth }, (_, level): GroupName => `category_${level + 1}`),
  ]
  const groups = names.map((name) => ({ name, codes: codesOf(series.map((one) => groupOf(one, name))) }))
  return {
    given: OPTIONAL.filter((name) => series.some((one) => one[name] !== undefined)),
    groups: groups.filter(({ codes }) => {
      const count = Object.keys(codes).length
      return count > 1 && count < series.length
    }),
  }
}

function groupOf({ store, product, categories }: DemandSeries, name: GroupName): string {
  if (name === 'store') return store
  if (name === 'product') return product
  return categories.slice(0, Number(name.slice('category_'.length))).join('|')
}

const codesOf = (keys: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...new Set(keys)].sort().map((key, code) => [key, code]))
