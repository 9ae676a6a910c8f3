import type { TransactionItem } from '#core/api/transactions.ts'
import type { Transaction } from './transactions.ts'

/** A booked line as people read it. */
export const transactionItemOf = (
  row: Transaction,
  title: string | undefined,
  storeName: string | undefined,
): TransactionItem => ({
  id: row.id,
  kind: row.kind,
  storeId: row.storeId,
  storeName: storeName ?? null,
  source: row.source,
  orderId: row.orderId ?? null,
  productId: row.productId ?? null,
  title: title ?? null,
  quantity: row.quantity,
  amountMinor: row.amountMinor,
  discountMinor: row.discountMinor,
  currency: row.currency,
  estimated: row.isEstimated === true,
  reason: row.reason ?? null,
  note: row.note ?? null,
  customer: row.customer ?? null,
  channel: row.channel ?? null,
  paymentMethod: row.paymentMethod ?? null,
  occurredAt: new Date(row.at).toISOString(),
  acceptedAt: new Date(row.receivedAt).toISOString(),
})
