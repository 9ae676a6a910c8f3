import type { CountMeasure, MoneyMeasure } from '#core/api/metrics.ts'
import type { GoodWay } from '../format/format-change.ts'

/** The figures of a time that have buckets of their own. `good`: which way is good for the merchant. */
type MeasureWords = {
  readonly name: string
  readonly good: GoodWay
  /** What it means, in a sentence. */
  readonly meaning: string
  /** Whether the values of buckets add up to that of the whole time. */
  readonly adds: boolean
} & (
  | { readonly kind: 'money'; readonly measure: MoneyMeasure }
  /** share: a part of one, told as per cent. */
  | { readonly kind: 'count' | 'share'; readonly measure: CountMeasure }
)

/** In the order of their weight: the first six have room beside each other. */
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
    measure: 'grossRevenue',
    kind: 'money',
    name: 'Gross revenue',
    good: 'up',
    meaning: 'Goods sold, before discounts, refunds and cancellations.',
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
  {
    measure: 'conversion',
    kind: 'share',
    name: 'Conversion',
    good: 'up',
    meaning: 'Orders divided by product pages seen.',
    adds: false,
  },
  {
    measure: 'activeCustomers',
    kind: 'count',
    name: 'Customers',
    good: 'up',
    meaning: 'Different customers who bought.',
    adds: false,
  },
  {
    measure: 'stockOuts',
    kind: 'count',
    name: 'Stock-outs',
    good: 'down',
    meaning: 'Times that a product ran out in a store.',
    adds: true,
  },
] as const satisfies readonly MeasureWords[]

export type TileMeasure = (typeof tileMeasures)[number]['measure']

export const wordsOf = (measure: string | null | undefined): MeasureWords & { measure: TileMeasure } =>
  tileMeasures.find((words) => words.measure === measure) ?? tileMeasures[0]
