import { z } from 'zod'
import { Id } from '#core/events/envelope.ts'
import { freshness, listSpan } from './freshness.ts'

export const alertItem = z.object({
  id: z.string(),
  storeId: z.string(),
  storeName: z.string().nullable(),
  productId: z.string(),
  title: z.string().nullable(),
  /** As the product is listed now; null: with none. */
  category: z.string().nullable(),
  kind: z.enum(['LOW_STOCK', 'OUT_OF_STOCK', 'OVERSOLD']),
  severity: z.enum(['WARNING', 'CRITICAL']),
  state: z.enum(['open', 'acknowledged', 'resolved']),
  /** What happened, why, and what to do, in a sentence or two. */
  text: z.string(),
  openedAt: z.string(),
  changedAt: z.string(),
  acknowledgedAt: z.string().nullable(),
  /** Who did, by the id of their account, and by the name that it has. */
  acknowledgedBy: z.string().nullable(),
  acknowledgedByName: z.string().nullable(),
  resolvedAt: z.string().nullable(),
  /** The figures that made it, or made it worse or better. */
  figures: z.object({ onHand: z.number(), before: z.number(), unitsPerDay: z.number() }),
  /** How it is after the last movement, which `text` is about; null once it is over. */
  now: z.object({ onHand: z.number(), unitsPerDay: z.number() }).nullable(),
  /** Days of cover below which stock is low, or critically low, as it is decided now; null: it is of no cover. */
  belowDays: z.number().nullable(),
  /** Days of cover that it eases at. */
  easesAtDays: z.number().nullable(),
})
export type AlertItem = z.infer<typeof alertItem>

export const alertsAnswer = z.object({
  ...freshness,
  /** Alerts that were over in it; null of open ones, which are those of the present. */
  window: listSpan.nullable(),
  items: z.array(alertItem),
  next: z.string().nullable(),
})
export type AlertsAnswer = z.infer<typeof alertsAnswer>

/** How many alerts may be acknowledged in one request. */
export const MAX_ACKNOWLEDGED = 200

export const acknowledgeRequest = z.strictObject({
  /** Alerts by their ids, each once. */
  ids: z.array(Id).min(1).max(MAX_ACKNOWLEDGED),
})
export const acknowledgedItem = z.object({
  id: z.string(),
  /** repeat: somebody had acknowledged it before; absent: it is not open, or none that one may see. */
  fate: z.enum(['acknowledged', 'repeat', 'absent']),
  /** Id of the event, where there is a new one. */
  eventId: z.string().nullable(),
})
/** Each alert once, in the order of the request. */
export const acknowledgeAnswer = z.object({ items: z.array(acknowledgedItem) })
export type AcknowledgeAnswer = z.infer<typeof acknowledgeAnswer>
