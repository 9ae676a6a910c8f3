import type { z } from 'zod'
import { event, Id, PositiveInt } from './envelope.ts'

/** A delivery against a purchase order; the stock itself moves by `stock.received`. */
export const purchaseOrderReceived = event('purchase-order.received', 1, 'A supplier delivered.', {
  purchaseOrderId: Id,
  supplierId: Id,
  productId: Id,
  quantity: PositiveInt,
})
export type PurchaseOrderReceived = z.infer<typeof purchaseOrderReceived.data>
