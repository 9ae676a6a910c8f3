import type { z } from 'zod'
import { Currency, Customer, event, Id, Minor, PositiveInt, Text } from './envelope.ts'

/** An order line was called off before it counted as returned: goods are back in stock, money is back with the customer. */
export const saleCancelled = event('sale.cancelled', 1, 'One line of an order was called off.', {
  orderId: Id,
  productId: Id,
  quantity: PositiveInt,
  /** Absent: the price at which the order sold it, which must then be known. */
  unitPriceMinor: Minor.optional(),
  currency: Currency.optional(),
  /** Why it was called off. */
  reason: Text.optional(),
  customer: Customer.optional(),
})
export type SaleCancelled = z.infer<typeof saleCancelled.data>
