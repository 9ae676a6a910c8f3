import type { z } from 'zod'
import { event, Id, SignedInt, Text } from './envelope.ts'

/**
 * As `stock.counted`, from a source that has another name for the product. The fold puts the name in its place under
 * which the product was last listed with that alias; one that nobody has listed stays, as an unlisted product.
 */
export const stockItemCounted = event('stock-item.counted', 1, 'The stock of a product by another name was counted.', {
  /** The other name, one of the `aliases` of the product’s listing. */
  alias: Id,
  /** Units that there were when it happened. */
  level: SignedInt,
  /** Why it was counted. */
  reason: Text.optional(),
})
export type StockItemCounted = z.infer<typeof stockItemCounted.data>
