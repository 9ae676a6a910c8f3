/** Messages of the socket `/ws`: what a client may say, and what it hears. */
import { z } from 'zod'
import { alertItem } from './alerts.ts'
import { freshness, MODES } from './freshness.ts'
import { metricsAnswer } from './metrics.ts'
import { problemDocument } from './problem.ts'
import { stockItem } from './stock.ts'
import { transactionItem } from './transactions.ts'

export const TOPICS = ['kpi', 'stock', 'alert', 'transaction', 'mode', 'lag'] as const
export type Topic = (typeof TOPICS)[number]

/** Characters. A longer message of a client is refused; one of more than 64 KiB ends the connection. */
export const MAX_CLIENT_MESSAGE = 32 * 1024
const MAX_STORES = 100
const MAX_NAME = 200

const times = {
  /** RFC 3339: when it happened, and when our door took it; null in a snapshot, which says how things are. */
  occurredAt: z.string().nullable(),
  acceptedAt: z.string().nullable(),
}

export const liveMessage = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('kpi'), data: metricsAnswer }),
  z.object({ topic: z.literal('stock'), ...times, data: stockItem }),
  z.object({ topic: z.literal('alert'), ...times, data: alertItem }),
  z.object({ topic: z.literal('transaction'), ...times, data: transactionItem }),
  z.object({ topic: z.literal('mode'), data: z.object({ mode: z.enum(MODES) }) }),
  z.object({ topic: z.literal('lag'), data: z.object({ lagMs: freshness.lagMs }) }),
])
export type LiveMessage = z.infer<typeof liveMessage>

/** The place in a merchant's stream of changes up to which somebody has heard; it means nothing to anybody else. */
const SEQUENCE = /^[\w-]{1,64}\.\d{1,15}$/

export const liveFrame = z.object({
  /** snapshot: how everything is that was asked for. changes: what has changed since the frame before, or what it had no room for. */
  type: z.enum(['snapshot', 'changes']),
  ...freshness,
  /** To be sent as `resume` after a break. */
  sequence: z.string().regex(SEQUENCE),
  /** Changes were lost since the frame before: what is known from it is to be forgotten, a snapshot begins anew. */
  reset: z.boolean(),
  messages: z.array(liveMessage),
})
export type LiveFrame = z.infer<typeof liveFrame>

/** What a client says to hear less than everything, to begin with a snapshot, or to go on after a break. */
export const subscribe = z.strictObject({
  type: z.literal('subscribe'),
  /** Everything that the viewer may hear if absent. */
  topics: z.array(z.enum(TOPICS)).min(1).max(TOPICS.length).optional(),
  /** All that the viewer may see if absent. */
  stores: z.array(z.string().min(1).max(MAX_NAME)).min(1).max(MAX_STORES).optional(),
  /** The `sequence` of the last frame before the break. A snapshot comes first if absent, or where other topics or stores are heard now. */
  resume: z.string().regex(SEQUENCE, 'send the `sequence` of the last frame as it was').optional(),
})
export type Subscription = Omit<z.infer<typeof subscribe>, 'type'>

export const subscribed = z.object({
  type: z.literal('subscribed'),
  /** What is heard from now on: no more than the viewer may. */
  topics: z.array(z.enum(TOPICS)),
  /** null: every store. */
  stores: z.array(z.string()).nullable(),
  /** Whether it goes on where it broke off. Else a snapshot comes next. */
  resumed: z.boolean(),
})
export type Subscribed = z.infer<typeof subscribed>

/** The client's last message was not understood, or asked for too much; nothing has changed by it. */
export const liveProblem = z.object({
  type: z.literal('problem'),
  ...problemDocument.pick({ title: true }).shape,
  problems: problemDocument.shape.problems.unwrap(),
})
export type LiveProblem = z.infer<typeof liveProblem>

/** Whatever the engine sends. */
export const serverMessage = z.discriminatedUnion('type', [liveFrame, subscribed, liveProblem])
export type ServerMessage = z.infer<typeof serverMessage>

/** For one connection, within `expiresAt` (RFC 3339): `/ws?ticket=…`. */
export const liveTicket = z.object({ ticket: z.string(), expiresAt: z.string() })
export type LiveTicket = z.infer<typeof liveTicket>
