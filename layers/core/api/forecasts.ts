/** Demand of the days to come, and why it is forecast so. */
import { z } from 'zod'
import { LocalDate } from '#core/events/envelope.ts'
import { freshness } from './freshness.ts'

const units = z.number()

/** Units of a day: as likely too many as too few (`median`), on average (`mean`), and what 10 to 90 % of such days do not pass. */
export const forecastDay = z.object({
  day: LocalDate,
  /** 1 to 7: which of the days it is. */
  horizon: z.int(),
  median: units,
  mean: units,
  q10: units,
  q20: units,
  q30: units,
  q40: units,
  q50: units,
  q60: units,
  q70: units,
  q80: units,
  q90: units,
})
export type ForecastDay = z.infer<typeof forecastDay>

export const forecastAnswer = z.object({
  ...freshness,
  /** Of the product, as listed; null: it is not, or none was asked about. */
  title: z.string().nullable(),
  /** The first day that is forecast; null: nothing was forecast yet. */
  madeOn: LocalDate.nullable(),
  /** Units sold by day, oldest first, days without a sale too; `stockOuts`: stores in which the product ran out on that day. */
  history: z.array(z.object({ day: LocalDate, units: z.int(), stockOuts: z.int() })),
  /** Empty: `why` says so. Of several series the total: means add up, and quantiles come from draws that agree with each other. */
  days: z.array(forecastDay),
  /** nothing-forecast: no run has forecast yet; not-sold: the product did not sell for 91 days; older: an earlier release forecast it, the next run says more. */
  why: z.enum(['nothing-forecast', 'not-sold', 'older']).nullable(),
  /** How many products of stores are summed up. */
  series: z.int(),
  /** What forecasts them: the blend, a simple method by name, or the category (of new products). */
  servedBy: z.array(
    z.object({
      by: z.string(),
      /** smooth, erratic, intermittent, lumpy or new. */
      segment: z.string(),
      /** null: no model, but the baseline. */
      modelVersion: z.string().nullable(),
      series: z.int(),
    }),
  ),
  /** What each method said of a product in a store, by day; empty of totals, and where nobody kept it. */
  methods: z.array(z.object({ name: z.string(), median: z.array(units.nullable()) })),
})
export type ForecastAnswer = z.infer<typeof forecastAnswer>

export const forecastProductsAnswer = z.object({
  ...freshness,
  madeOn: LocalDate.nullable(),
  /** How many products are forecast, of which `items` are those with the most units. */
  found: z.int(),
  items: z.array(
    z.object({
      productId: z.string(),
      title: z.string().nullable(),
      /** Expected units of the seven days. */
      week: units,
      /** How many stores they are of. */
      stores: z.int(),
    }),
  ),
})

const contribution = z.object({
  /** As training names it: docs/api.md says what it is. */
  feature: z.string(),
  /** What it was; null: missing. Units are told in multiples of `level`. */
  value: z.number().nullable(),
  /** What it adds to the median. */
  units,
})

export const whyAnswer = z.object({
  ...freshness,
  /** null: nothing was forecast yet, as of `servedBy` and `median`, or not of this product. */
  day: LocalDate.nullable(),
  servedBy: z.string().nullable(),
  modelVersion: z.string().nullable(),
  median: units.nullable(),
  /** Recent units a day. */
  level: units.nullable(),
  /** null: the trees have no part in it, and `reason` says why. */
  parts: z
    .object({
      /** What the trees would say if they knew nothing but how products usually sell. */
      base: units,
      /** Contributions of the trees' features by what they are about, the largest first: exact TreeSHAP. */
      groups: z.array(z.object({ about: z.string(), units, features: z.array(contribution) })),
      /** Methods without features: their share of the blend, and the units that are of it. */
      methods: z.array(z.object({ name: z.string(), weight: z.number(), units })),
      /** What rounding, and keeping it at 0 or above, have changed. base, groups, methods and rest add up to the median. */
      rest: units,
    })
    .nullable(),
  reason: z.string().nullable(),
})
export type WhyAnswer = z.infer<typeof whyAnswer>
