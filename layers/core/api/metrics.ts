import { z } from 'zod'
import { freshness, MODES, span } from './freshness.ts'

/**
 * A figure beside the same span one day and one week earlier; null: it cannot be said (a ratio over nothing, not kept for
 * such a scope, or not for just that span).
 */
export const measure = z.object({
  value: z.number().nullable(),
  dayEarlier: z.number().nullable(),
  weekEarlier: z.number().nullable(),
})
export type Measure = z.infer<typeof measure>

export const COUNT_MEASURES = [
  'orders',
  'cancellations',
  'documents',
  'units',
  'refunds',
  'views',
  'clicks',
  'carts',
  'abandonedCarts',
  'conversion',
  'activeCustomers',
  'newCustomers',
  'stockOuts',
  'late',
] as const
export type CountMeasure = (typeof COUNT_MEASURES)[number]

/** In minor units of one currency. */
export const MONEY_MEASURES = [
  'grossRevenue',
  'discounts',
  'tax',
  'refundAmount',
  'cancelledAmount',
  'charges',
  'chargeReversals',
  'goodsRevenue',
  'netRevenue',
  'averageOrderValue',
] as const
export type MoneyMeasure = (typeof MONEY_MEASURES)[number]

/** What each measure means: the words of the API's description. */
const MEASURE_MEANINGS: Readonly<Record<CountMeasure | MoneyMeasure, string>> = {
  orders: 'Orders with at least one line sold or charged, at the time of their first line. Not kept by product.',
  cancellations: 'Orders of which something was called off. Not kept by product.',
  documents: 'Papers of trade: orders, cancellations, and adjustments of stock that name one. Not kept by product.',
  units: 'Units sold.',
  refunds: 'Refunds.',
  views: 'Product pages seen.',
  clicks: 'Products chosen from a list.',
  carts: 'Carts opened. Not kept by product.',
  abandonedCarts: 'Carts with an id that were opened more than 30 minutes ago and never bought. Not kept by product.',
  conversion: 'Orders divided by product views. Not kept by product.',
  activeCustomers:
    'Different customers who bought. Exact up to 256, above that within 1.6 % (HyperLogLog). Not kept by product, nor by the minute for a store or region.',
  newCustomers: 'Customers whose first trade with a store was then. Not kept by product.',
  stockOuts: 'Times that a product ran out in a store.',
  late: 'Events that came after their minute was final, and corrected it.',
  grossRevenue: 'Goods sold, at the price asked, before discounts, refunds and cancellations.',
  discounts: 'Taken off at the sale.',
  tax: 'Tax that the sales stated.',
  refundAmount: 'Given back for goods.',
  cancelledAmount: 'Goods whose order was called off.',
  charges: 'Money without goods: postage, fees, corrections. None is of a product.',
  chargeReversals: 'The part of the charges that takes back earlier ones, below zero.',
  goodsRevenue: 'Gross revenue less discounts, refunds and cancellations.',
  netRevenue: 'Goods revenue and charges.',
  averageOrderValue:
    'Gross revenue less discounts, divided by orders, where all are in one currency. Not kept by product.',
}

const figures = <N extends CountMeasure | MoneyMeasure>(names: readonly N[]) =>
  z.object(
    Object.fromEntries(names.map((name) => [name, measure.describe(MEASURE_MEANINGS[name])])) as Record<
      N,
      typeof measure
    >,
  )

/** What a figure in one currency rests on, and what could not be put into it. */
const conversion = {
  /** Rates that were used, as they were recorded: so many units of `currency` were one unit of `per`. */
  rates: z.array(
    z.object({
      currency: z.string(),
      per: z.string(),
      date: z.string(),
      rate: z.string(),
      source: z.string().nullable(),
    }),
  ),
  /** Amounts of which no rate is known on or before their day, by currency, from the first such day to the last. */
  unconverted: z.array(
    z.object({ currency: z.string(), from: z.string(), to: z.string(), netRevenue: z.number().nullable() }),
  ),
}

/** All money in one currency, each business day at the rate of that day or the last one before it. */
export const reportingMoney = z.object({
  currency: z.string(),
  /** Without what is `unconverted`; an earlier span of which anything is, is null. */
  money: figures(MONEY_MEASURES),
  ...conversion,
})
export type ReportingMoney = z.infer<typeof reportingMoney>

export const metricsAnswer = z.object({
  ...freshness,
  /** mock: nothing is connected, and the simulator sells. */
  mode: z.enum(MODES),
  window: span,
  /** What is counted: the whole merchant, or one store, region, category, brand or product. */
  scope: z.object({ by: z.string(), key: z.string().optional() }),
  counts: figures(COUNT_MEASURES),
  /** By ISO 4217 code; sums of different currencies are never added. */
  money: z.record(z.string(), figures(MONEY_MEASURES)),
  /** With `currency` alone; null: amounts stay in the currencies in which they were paid. */
  reporting: reportingMoney.nullable(),
  /** Refunds of the span by reason. */
  refundReasons: z.array(
    z.object({ reason: z.string(), count: z.number(), amounts: z.record(z.string(), z.number()) }),
  ),
  /** Whether activeCustomers is exact; null where it cannot be said. */
  activeCustomersExact: z.boolean().nullable(),
})
export type MetricsAnswer = z.infer<typeof metricsAnswer>

/** span: all of the time that is asked for, in one. */
export const SERIES_WINDOWS = ['minute', 'quarter', 'hour', 'day', 'month', 'span'] as const
export type SeriesWindow = (typeof SERIES_WINDOWS)[number]
/** What a figure may be about. */
export const SCOPES = ['total', 'store', 'region', 'category', 'brand', 'product'] as const
export type ScopeBy = (typeof SCOPES)[number]
export const SERIES_BY = [...SCOPES, 'channel', 'reason'] as const
export type SeriesBy = (typeof SERIES_BY)[number]

export const seriesAnswer = z.object({
  ...freshness,
  window: span,
  measure: z.string(),
  by: z.enum(SERIES_BY),
  bucket: z.enum(SERIES_WINDOWS),
  /** ISO 4217 for a money measure, whose values are in minor units. */
  currency: z.string().nullable(),
  /** For a money measure: what is in it of other currencies, and what is not. */
  conversion: z.object(conversion).nullable(),
  buckets: z.array(
    z.object({
      start: z.string(),
      end: z.string(),
      /** filling: its time is not over; provisional: late events may still come; final: they correct it from now on. */
      status: z.enum(['filling', 'provisional', 'final']),
      /** Late events have changed it after it was final. */
      corrected: z.boolean(),
    }),
  ),
  /**
   * Of products in some stores: the start of the bucket that is known, before which all values are null. null: each bucket for which
   * cells of just its time are kept.
   */
  knownFrom: z.string().nullable(),
  /** The largest groups first; `other` holds the rest. Values by bucket; null: nothing is kept for that time. */
  series: z.array(z.object({ key: z.string(), label: z.string(), values: z.array(z.number().nullable()) })),
})
export type SeriesAnswer = z.infer<typeof seriesAnswer>
