import { z } from 'zod'
import { freshness, span } from './freshness.ts'
import { metricsAnswer } from './metrics.ts'
import { transactionDetails } from './transactions.ts'

/** What was sold before it was given back; null: no order was named, or it is not remembered. */
export const originalSale = z.object({
  /** Of the sale among the transactions; null: it is no longer kept there (90 days). */
  id: z.string().nullable(),
  /** When the order was made. */
  at: z.string().meta({ format: 'date-time' }),
  /** From the order to the refund, in milliseconds. */
  betweenMs: z.number(),
  /** What the order holds of the product: units, and what was paid for them. null: nothing is known of the product in it. */
  quantity: z.number().nullable(),
  paidMinor: z.number().nullable(),
  currency: z.string().nullable(),
})
export type OriginalSale = z.infer<typeof originalSale>

export const refundItem = transactionDetails.extend({ sale: originalSale.nullable() })
export type RefundItem = z.infer<typeof refundItem>

export const refundsAnswer = z.object({
  ...freshness,
  window: span,
  /** How many refunds the window has, and what was given back by ISO 4217 code in minor units; null: unknown. */
  count: z.number().nullable(),
  amounts: z.record(z.string(), z.number().nullable()),
  /** The same by reason. */
  reasons: metricsAnswer.shape.refundReasons,
  /** Those of the window, newest first: what came in during the last 400 days. A page of a category may be shorter than asked for. */
  items: z.array(refundItem),
  next: z.string().nullable(),
})
export type RefundsAnswer = z.infer<typeof refundsAnswer>

/** How long after their sales goods came back, of refunds whose order is known. */
const times = {
  /** Refunds, and those of them whose order is known. */
  refunds: z.number(),
  linked: z.number(),
  /** Half of the linked ones came sooner, and nine of ten; in milliseconds. null: none is linked. */
  medianMs: z.number().nullable(),
  p90Ms: z.number().nullable(),
}

export const refundStatisticsAnswer = z.object({
  ...freshness,
  window: span,
  /** Of how many refunds the times are: the newest of the window, all of them unless there are more than 5,000. */
  read: z.number(),
  complete: z.boolean(),
  ...times,
  byReason: z.array(z.object({ reason: z.string(), ...times })),
})
export type RefundStatisticsAnswer = z.infer<typeof refundStatisticsAnswer>
