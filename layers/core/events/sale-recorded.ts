import type { z } from 'zod'
import { Currency, Customer, event, Id, Minor, PositiveInt, Text } from './envelope.ts'

/** Goods left a shop against money. Source: POS, storefront or marketplace order line. */
export const saleRecorded = event('sale.recorded', 1, 'One line of an order was sold.', {
  orderId: Id,
  /** Which line of how many, where the source numbers them. */
  line: PositiveInt.optional(),
  /** How many lines the order has. */
  lines: PositiveInt.optional(),
  productId: Id,
  quantity: PositiveInt,
  unitPriceMinor: Minor,
  /** Of the whole line. */
  discountMinor: Minor.optional(),
  taxMinor: Minor.optional(),
  currency: Currency,
  /** By which way it was sold, in the source’s words. */
  channel: Text.optional(),
  paymentMethod: Text.optional(),
  customer: Customer.optional(),
})
export type SaleRecorded = z.infer<typeof saleRecorded.data>
