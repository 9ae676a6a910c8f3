import { withoutAbsent } from '#core/absent.ts'
import { DAY_MS } from '#core/metrics/business-time.ts'
import { type Folded, projection } from '#core/projection.ts'
import { descendingTime, rowKey } from '#core/row-key.ts'
import { BOOKED, type Booked } from './booked.ts'

/** A booked line as people look it up: who sold what when, newest first. */
export type Transaction = Partial<Omit<Booked, 'counts' | 'reversal'>> &
  Pick<Booked, 'kind' | 'quantity' | 'amountMinor' | 'discountMinor' | 'currency'> & {
    readonly id: string
    readonly storeId: string
    readonly source: string
    /** Epoch ms. */
    readonly at: number
    readonly receivedAt: number
  }

export const KEEP_TRANSACTIONS_MS = 90 * DAY_MS

export const transactions = projection<Transaction>({
  name: 'transactions',
  version: 2,
  of: [BOOKED],
  key: transactionKey,
  empty: {} as Transaction,
  isNew: true,
  fold: (_row, e) => transactionOf(e),
  tells: (_before, after) => [{ channel: 'live', topic: 'transaction', subject: after!.id, data: after! }],
  expiresAt: (row) => row.receivedAt + KEEP_TRANSACTIONS_MS,
})

/** Newest first within a store. */
export function transactionKey(e: Folded): string {
  return rowKey(e.merchantId, e.storeId, descendingTime(e.at), e.id)
}

/** The row of a booked line. */
export function transactionOf(e: Folded): Transaction {
  const { counts: _c, reversal: _r, ...line } = e.data as Booked
  const row = { ...line, id: e.id, storeId: e.storeId, source: e.source, at: e.at, receivedAt: e.receivedAt }
  return withoutAbsent(row) as Transaction
}
