import type { z } from 'zod'
import { Currency, event, Id, Minor, PositiveInt, Text } from './envelope.ts'

/** Goods came into a store from a supplier or another store. */
export const stockReceived = event('stock.received', 1, 'Goods came into a store.', {
  productId: Id,
  quantity: PositiveInt,
  unitCostMinor: Minor.optional(),
  currency: Currency.optional(),
  supplierId: Id.optional(),
  purchaseOrderId: Id.optional(),
  /** Where a person says it; deliveries that came before this field have none. */
  reason: Text.optional(),
})
export type StockReceived = z.infer<typeof stockReceived.data>
