import { z } from 'zod'
import { freshness, span } from './freshness.ts'

/** What was booked of one product; charges belong to none, so goods revenue is its net. */
export const productSums = z.object({
  units: z.number(),
  cancelledUnits: z.number(),
  refunds: z.number(),
  refundedUnits: z.number(),
  /** By ISO 4217 code, in minor units; null: too much to be said exactly. */
  money: z.record(
    z.string(),
    z.object({
      grossRevenue: z.number().nullable(),
      discounts: z.number().nullable(),
      refundAmount: z.number().nullable(),
      cancelledAmount: z.number().nullable(),
      goodsRevenue: z.number().nullable(),
    }),
  ),
})
export type ProductSums = z.infer<typeof productSums>

export const productFigures = productSums.extend({
  productId: z.string(),
  title: z.string().nullable(),
  category: z.string().nullable(),
  brand: z.string().nullable(),
  /** The last date of the window on which any was sold, by the days of the window's zone; null: none was, or it is not kept. */
  lastSoldOn: z.string().nullable(),
  /** The same of the earlier span; null: none was asked for, or its cells do not make up just that span. */
  earlier: productSums.nullable(),
})
export type ProductFigures = z.infer<typeof productFigures>

export const productFiguresAnswer = z.object({
  ...freshness,
  window: span,
  /** The span that `earlier` of each product is about. */
  earlier: span.nullable(),
  /** Products of which anything was booked in either span, by id. */
  items: z.array(productFigures),
  next: z.string().nullable(),
})
export type ProductFiguresAnswer = z.infer<typeof productFiguresAnswer>
