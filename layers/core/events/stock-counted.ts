import type { z } from 'zod'
import { event, Id, SignedInt, Text } from './envelope.ts'

/** The level of stock as somebody counted it or a marketplace states it, at the time of the event. Absolute. */
export const stockCounted = event('stock.counted', 1, 'Stock was counted: an absolute level.', {
  productId: Id,
  /** Units that there were when it happened. */
  level: SignedInt,
  /** Why it was counted. */
  reason: Text.optional(),
})
export type StockCounted = z.infer<typeof stockCounted.data>
