import { z } from 'zod'
import { Currency, Customer, event, Id, Minor, PositiveInt, Text } from './envelope.ts'

/** Reasons that have a meaning of their own; everything else is `other`, with the source's words in `note`. */
export const REFUND_REASONS = [
  'defective',
  'wrong_item',
  'not_as_described',
  'changed_mind',
  'damaged_shipping',
  'other',
] as const
export type RefundReason = (typeof REFUND_REASONS)[number]

/** Money went back for goods that had been sold. Whether the goods are stock again is the merchant's policy for the reason. */
export const saleRefunded = event('sale.refunded', 1, 'Goods came back, or money went back for them.', {
  refundId: Id,
  orderId: Id.optional(),
  productId: Id,
  /** Absent: as many as the amount pays for at the order's price, at least one. */
  quantity: PositiveInt.optional(),
  /** Of the whole refund. Absent: quantity times the order's price, which must then be known. */
  amountMinor: Minor.optional(),
  currency: Currency.optional(),
  /** Why it came back, which decides whether it is stock again. */
  reason: z.enum(REFUND_REASONS),
  /** The source’s own words, where the reason is `other`. */
  note: Text.optional(),
  customer: Customer.optional(),
})
export type SaleRefunded = z.infer<typeof saleRefunded.data>
