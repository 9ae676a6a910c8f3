import { z } from 'zod'
import { freshness, span } from './freshness.ts'
import { metricsAnswer } from './metrics.ts'
import { transactionDetails } from './transactions.ts'

export const refundsAnswer = z.object({
  ...freshness,
  window: span,
  /** How many refunds the window has, and what was given back by ISO 4217 code in minor units; null: unknown. */
  count: z.number().nullable(),
  amounts: z.record(z.string(), z.number().nullable()),
  /** The same by reason. */
  reasons: metricsAnswer.shape.refundReasons,
  /** Those of the window, newest first: what came in during the last 400 days. */
  items: z.array(transactionDetails),
  next: z.string().nullable(),
})
export type RefundsAnswer = z.infer<typeof refundsAnswer>
