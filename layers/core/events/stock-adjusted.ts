import type { z } from 'zod'
import { event, Id, SignedInt, Text } from './envelope.ts'

/** Stock moved for a reason other than trade: breakage, theft, found goods, a transfer. Relative and signed. */
export const stockAdjusted = event('stock.adjusted', 1, 'Stock moved for a reason other than trade.', {
  productId: Id,
  /** Units; below zero there are fewer than before. */
  quantity: SignedInt.refine((n) => n !== 0, 'must not be 0'),
  /** Why there are more or fewer. */
  reason: Text.optional(),
  /** The paper that says so, where there is one. */
  documentId: Id.optional(),
})
export type StockAdjusted = z.infer<typeof stockAdjusted.data>
