import { z } from 'zod'
import { freshness } from './freshness.ts'

/** What was booked of the product in the store: goods alone, since papers and charges belong to no one product. */
const booked = {
  units: z.number(),
  cancelledUnits: z.number(),
  refunds: z.number(),
  refundedUnits: z.number(),
  /** By ISO 4217 code, in minor units, named as in `/metrics`. */
  money: z.record(
    z.string(),
    z.object({
      grossRevenue: z.number().nullable(),
      discounts: z.number().nullable(),
      cancelledAmount: z.number().nullable(),
      refundAmount: z.number().nullable(),
      goodsRevenue: z.number().nullable(),
    }),
  ),
}
const currentSums = z.object({
  /** The business day so far, in the store's zone; null: unknown, since the shop's clock is ahead of ours. */
  today: z.object({ date: z.string(), ...booked }).nullable(),
  /** The quarter of an hour so far, from `start` (RFC 3339) on; null as above. */
  quarter: z.object({ start: z.string(), ...booked }).nullable(),
})
export type CurrentSums = z.infer<typeof currentSums>

export const stockItem = z.object({
  storeId: z.string(),
  productId: z.string(),
  title: z.string().nullable(),
  /** As it is listed now; null: it is in none, or nobody has listed the product. */
  category: z.string().nullable(),
  /** Signed: below zero more was sold than was known to be there. */
  onHand: z.number(),
  /** What can be sold: never below zero. */
  available: z.number(),
  /** False: nobody has said how much is there; only sales are known. */
  tracked: z.boolean(),
  /** Units of purchase orders that are still to come. */
  inbound: z.number(),
  unitsPerDay: z.number(),
  /** null: nothing sells, so it lasts for ever. */
  daysOfCover: z.number().nullable(),
  /** Probability of running out within three days, for Poisson demand. */
  stockOutRisk: z.number(),
  alert: z.object({ id: z.string(), kind: z.string(), severity: z.string() }).nullable(),
  priceMinor: z.number().nullable(),
  currency: z.string().nullable(),
  /** RFC 3339; null: never. */
  movedAt: z.string().nullable(),
  countedAt: z.string().nullable(),
  ...currentSums.shape,
})
export type StockItem = z.infer<typeof stockItem>

/**
 * What is wrong with it, as its open alert says: `any`; `oversold`; `out`; `critical` and `low` are what lasts for fewer
 * days than the thresholds say.
 */
export const STOCK_RISKS = ['any', 'oversold', 'out', 'critical', 'low'] as const
export type StockRisk = (typeof STOCK_RISKS)[number]

/** With `risk` or `category`, `items` may be fewer than asked for, or none, though there is a `next`: go on there. */
export const stockAnswer = z.object({ ...freshness, items: z.array(stockItem), next: z.string().nullable() })
export type StockAnswer = z.infer<typeof stockAnswer>
