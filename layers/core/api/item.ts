import { z } from 'zod'
import { alertItem } from './alerts.ts'
import { freshness, span } from './freshness.ts'
import { metricsAnswer } from './metrics.ts'
import { stockItem } from './stock.ts'

const itemWindow = z.object({
  window: span,
  counts: metricsAnswer.shape.counts.partial(),
  money: metricsAnswer.shape.money,
})

/** Everything we know of one product. */
export const itemAnswer = z.object({
  ...freshness,
  productId: z.string(),
  /** What the merchant says of it; null while nobody has listed it. */
  listing: z.record(z.string(), z.unknown()).nullable(),
  /** How many stores have it, or sold it, and what is there in all of them. */
  stores: z.int(),
  onHand: z.number(),
  /** By store, the first 100 of them: `GET /stock?product=` has all. */
  stock: z.array(stockItem),
  today: metricsAnswer.shape.counts.partial(),
  money: metricsAnswer.shape.money,
  /** Each beside the same time a day and a week earlier. null: of some stores alone no sums of just that time are kept. */
  windows: z.object({
    /** The last 15 minutes; for a person with some stores the quarter of an hour so far. */
    lastMinutes: itemWindow.nullable(),
    today: itemWindow.nullable(),
    /** Six business days and today. */
    sevenDays: itemWindow.nullable(),
  }),
  /** Open ones, 100 at the most. */
  alerts: z.array(alertItem),
  /** What it cost where and since when (`at`), newest first: of each shard its last 50 moves. A price that nobody changed is in none. */
  prices: z.array(z.object({ at: z.string(), storeId: z.string(), priceMinor: z.number(), currency: z.string() })),
  /** The newest 20 of what is kept: of each shard its last 12 events of the product. */
  recent: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      storeId: z.string(),
      occurredAt: z.string(),
      quantity: z.number().nullable(),
      amountMinor: z.number().nullable(),
      currency: z.string().nullable(),
      /** Of a refund, a cancellation or a change of stock; `note` holds the source's own words where the reason is `other`. */
      reason: z.string().nullable(),
      note: z.string().nullable(),
    }),
  ),
})
export type ItemAnswer = z.infer<typeof itemAnswer>
