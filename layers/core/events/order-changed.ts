import { z } from 'zod'
import { Currency, Customer, event, Id, Instant, Minor, PositiveInt, Text } from './envelope.ts'

/** One line as it stands now. Where a source splits one line over several, they are told apart by `lineId`. */
export const orderLine = z.object({
  /** The line within its order, the same in each version of it. */
  lineId: Id,
  productId: Id,
  quantity: PositiveInt,
  /** Absent: the source does not say; the catalogue's price stands in until a later version has it. */
  unitPriceMinor: Minor.optional(),
  /** Of the whole line. */
  discountMinor: Minor.optional(),
  taxMinor: Minor.optional(),
})
export const MAX_ORDER_LINES = 200

/**
 * An order as its source states it, whole, in one version of it. What differs from the version before is booked: new
 * lines and units are sold, lines and units that are gone are cancelled, changed prices are corrected.
 */
export const orderChanged = event('order.changed', 1, 'An order was placed or changed: all that it holds now.', {
  orderId: Id,
  /**
   * When the source made this version; absent: when it happened. An older one than the newest that is known says nothing
   * new, but for a price that is only estimated.
   */
  changedAt: Instant.optional(),
  /** The whole order was called off. Lines are then as they were, or absent. */
  isCancelled: z.boolean(),
  /** What it holds, each line once. */
  lines: z
    .array(orderLine)
    .max(MAX_ORDER_LINES)
    .refine((lines) => new Set(lines.map(({ lineId }) => lineId)).size === lines.length, 'name a line twice'),
  currency: Currency,
  /** Why it was changed or called off. */
  reason: Text.optional(),
  /** By which way it was sold, in the source’s words. */
  channel: Text.optional(),
  paymentMethod: Text.optional(),
  customer: Customer.optional(),
})
export type OrderChanged = z.infer<typeof orderChanged.data>
export type StatedLine = z.infer<typeof orderLine>
