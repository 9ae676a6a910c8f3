import { z } from 'zod'
import { alertItem } from './alerts.ts'
import { freshness } from './freshness.ts'
import { transactionDetails } from './transactions.ts'

/** A span of time that an event counts in, and how far it is. */
export const eventWindow = z.object({
  width: z.enum(['minute', 'quarter', 'day']),
  /** Whose sums: a day is the store's own for the store, and the merchant's for everything else. */
  of: z.array(z.enum(['total', 'store', 'product'])),
  from: z.string(),
  to: z.string(),
  timeZone: z.string(),
  /** filling: its time is not over; provisional: late events may still come; final: they correct it from now on. */
  status: z.enum(['filling', 'provisional', 'final']),
  /** Whether its sums are kept: minutes for 8 days, quarters of an hour for 100, days for ever. */
  kept: z.boolean(),
})

/** One event and its way: taken at a door, applied, and what it moved. */
export const eventAnswer = z.object({
  ...freshness,
  id: z.string(),
  /** null, as `data` and `businessDate`: the log keeps it no more, and only what was booked of it is known. */
  type: z.string().nullable(),
  storeId: z.string(),
  storeName: z.string().nullable(),
  source: z.string(),
  occurredAt: z.string(),
  acceptedAt: z.string(),
  businessDate: z.string().nullable(),
  /** As it lies in the log. */
  data: z.record(z.string(), z.unknown()).nullable(),
  /** Where it lies in the log; null: it is in the archive by now. */
  place: z.object({ shard: z.int(), sequence: z.string() }).nullable(),
  /** pending: accepted and not in the figures yet; held: set aside, see `problems`; replayed, discarded: after that. */
  state: z.enum(['pending', 'applied', 'held', 'replayed', 'discarded']),
  /** Why it was set aside. */
  problems: z.array(z.object({ field: z.string(), message: z.string() })),
  /** How often the log has it again: each of these changed nothing. */
  duplicates: z.number(),
  /** Whether its minute was final when it came; null: its own times cannot tell. */
  late: z.boolean().nullable(),
  windows: z.array(eventWindow),
  /** What was booked of it. */
  lines: z.array(transactionDetails),
  /** Of the first product it is about: what is on the shelf of its store now. */
  stock: z
    .object({ productId: z.string(), title: z.string().nullable(), onHand: z.number(), movedAt: z.string() })
    .nullable(),
  /** Alerts of its store that it opened, changed or ended, and nothing after it has changed again. */
  alerts: z.array(alertItem),
  /** The delivery that brought it, for who may read those: its body is the source's own document. */
  delivery: z.object({ connectionId: z.string(), number: z.number() }).nullable(),
})
export type EventAnswer = z.infer<typeof eventAnswer>
