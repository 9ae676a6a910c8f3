import type { z } from 'zod'
import { Currency, event, Id, LocalDate, Minor, PositiveInt } from './envelope.ts'

export const purchaseOrderPlaced = event('purchase-order.placed', 1, 'Goods were ordered from a supplier.', {
  purchaseOrderId: Id,
  supplierId: Id,
  productId: Id,
  quantity: PositiveInt,
  unitCostMinor: Minor.optional(),
  currency: Currency.optional(),
  expectedOn: LocalDate.optional(),
})
export type PurchaseOrderPlaced = z.infer<typeof purchaseOrderPlaced.data>
