import { z } from 'zod'
import { freshness, listSpan } from './freshness.ts'
import { TRANSACTION_KINDS } from './transaction-kinds.ts'

export const transactionItem = z.object({
  id: z.string(),
  kind: z.enum(TRANSACTION_KINDS),
  storeId: z.string(),
  storeName: z.string().nullable(),
  source: z.string(),
  orderId: z.string().nullable(),
  productId: z.string().nullable(),
  title: z.string().nullable(),
  quantity: z.number(),
  amountMinor: z.number(),
  discountMinor: z.number(),
  currency: z.string(),
  /** The source has not said the price yet: it is the catalogue's. */
  estimated: z.boolean(),
  reason: z.string().nullable(),
  /** The source's own words for it: of a refund whose reason is `other`, of a charge. */
  note: z.string().nullable(),
  customer: z.string().nullable(),
  channel: z.string().nullable(),
  paymentMethod: z.string().nullable(),
  occurredAt: z.string(),
  acceptedAt: z.string(),
})
export type TransactionItem = z.infer<typeof transactionItem>

/** With what the catalogue says of the product and the store now; null: it says nothing. A live message leaves them out. */
export const transactionDetails = transactionItem.extend({
  category: z.string().nullable().optional(),
  brand: z.string().nullable().optional(),
  city: z.string().nullable().optional(),
  region: z.string().nullable().optional(),
})
export type TransactionDetails = z.infer<typeof transactionDetails>

export const transactionsAnswer = z.object({
  ...freshness,
  /** Lines that happened in it. */
  window: listSpan,
  items: z.array(transactionDetails),
  next: z.string().nullable(),
  /** A search that stopped for now has looked at everything since then; null: at everything. `next` goes on. */
  searchedBackTo: z.string().nullable().optional(),
  /** The token of the customer who was asked for; null: nobody was, or nobody here has met them. */
  customer: z.string().nullable().optional(),
})
export type TransactionsAnswer = z.infer<typeof transactionsAnswer>
