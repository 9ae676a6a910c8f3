import { DAY_MS } from '#core/metrics/business-time.ts'
import { projection } from '#core/projection.ts'
import { BOOKED } from './booked.ts'
import { type Transaction, transactionKey, transactionOf } from './transactions.ts'

export const KEEP_REFUNDS_MS = 400 * DAY_MS

/** Refunds alone, as they are among the transactions: they are few, and are found without reading past everything else. */
export const refunds = projection<Transaction>({
  name: 'refunds',
  version: 1,
  of: [BOOKED],
  key: (e) => (e.data.kind === 'refund' ? transactionKey(e) : undefined),
  empty: {} as Transaction,
  isNew: true,
  fold: (_row, e) => transactionOf(e),
  expiresAt: (row) => row.receivedAt + KEEP_REFUNDS_MS,
})
