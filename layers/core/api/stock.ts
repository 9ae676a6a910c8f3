import { z } from 'zod'
import { freshness } from './freshness.ts'

export const stockItem = z.object({
  storeId: z.string(),
  productId: z.string(),
  title: z.string().nullable(),
  /** Signed: below zero more was sold than was known to be there. */
  onHand: z.number(),
  /** What can be sold: never below zero. */
  available: z.number(),
  /** False: nobody has said how much is there; only sales are known. */
  tracked: z.boolean(),
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
})
export type StockItem = z.infer<typeof stockItem>

export const stockAnswer = z.object({ ...freshness, items: z.array(stockItem), next: z.string().nullable() })
export type StockAnswer = z.infer<typeof stockAnswer>
