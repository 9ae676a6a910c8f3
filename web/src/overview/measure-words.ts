import type { CountMeasure, MoneyMeasure } from '#core/api/metrics.ts'
import type { GoodWay } from '../format/format-change.ts'

/** The figures of the day that have a minute by minute of their own. `good`: which way is good for the merchant. */
type MeasureWords = {
  readonly name: string
  readonly good: GoodWay
  /** What it means, in a sentence. */
  readonly meaning: string
  /** Whether the values of minutes add up to the hour's. */
  readonly adds: boolean
} & (
  | { readonly kind: 'money'; readonly measure: MoneyMeasure }
  | { readonly kind: 'count'; readonly measure: CountMeasure }
)

export const tileMeasures = [
  {
    measure: 'netRevenue',
    kind: 'money',
    name: 'Net revenue',
    good: 'up',
    meaning: 'Goods and charges, less discounts, refunds and cancellations.',
    adds: true,
  },
  {
    measure: 'orders',
    kind: 'count',
    name: 'Orders',
    good: 'up',
    meaning: 'Orders with at least one line sold or charged.',
    adds: true,
  },
  { measure: 'units', kind: 'count', name: 'Units', good: 'up', meaning: 'Units sold.', adds: true },
  {
    measure: 'averageOrderValue',
    kind: 'money',
    name: 'Average order value',
    good: 'up',
    meaning: 'Goods sold less discounts, divided by orders.',
    adds: false,
  },
  {
    measure: 'refundAmount',
    kind: 'money',
    name: 'Refunds',
    good: 'down',
    meaning: 'Given back for goods.',
    adds: true,
  },
] as const satisfies readonly MeasureWords[]

export type TileMeasure = (typeof tileMeasures)[number]['measure']

export const wordsOf = (measure: string | null): MeasureWords & { measure: TileMeasure } =>
  tileMeasures.find((words) => words.measure === measure) ?? tileMeasures[0]
