import { z } from 'zod'
import { Currency, Customer, event, Id, SignedMinor, Text } from './envelope.ts'

/** Money without goods: postage, fees, manual corrections; below zero in the customer's favour. */
export const chargeRecorded = event('charge.recorded', 1, 'Money moved without goods: postage, fees, corrections.', {
  orderId: Id,
  /** What kind of charge it is, in the source’s words. */
  code: Id,
  /** In minor units; below zero it takes away. */
  amountMinor: SignedMinor,
  currency: Currency,
  /** It takes back what an earlier charge or a cancelled order had booked. */
  reversal: z.boolean().optional(),
  note: Text.optional(),
  customer: Customer.optional(),
})
export type ChargeRecorded = z.infer<typeof chargeRecorded.data>
