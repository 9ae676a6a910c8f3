/** Messages of the socket `/ws`. The server sends frames; each holds the newest state of everything that changed. */
import { z } from 'zod'
import { alertItem } from './alerts.ts'
import { MODES } from './freshness.ts'
import { metricsAnswer } from './metrics.ts'
import { stockItem } from './stock.ts'
import { transactionItem } from './transactions.ts'

const times = {
  /** RFC 3339: when it happened, and when our door took it. */
  occurredAt: z.string(),
  acceptedAt: z.string(),
}

export const liveMessage = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('kpi'), data: metricsAnswer }),
  z.object({ topic: z.literal('stock'), ...times, data: stockItem }),
  z.object({ topic: z.literal('alert'), ...times, data: alertItem }),
  z.object({ topic: z.literal('transaction'), ...times, data: transactionItem }),
])
export type LiveMessage = z.infer<typeof liveMessage>

export const liveFrame = z.object({
  /** When the frame was made, RFC 3339. */
  asOf: z.string(),
  lagMs: z.number(),
  mode: z.enum(MODES),
  messages: z.array(liveMessage),
  /** Transactions that a busy moment left out; the newest are in `messages`. */
  skipped: z.number(),
})
export type LiveFrame = z.infer<typeof liveFrame>
