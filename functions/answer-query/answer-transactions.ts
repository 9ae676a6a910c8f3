import type { TransactionsAnswer } from '#core/api/transactions.ts'
import type { StateStore } from '#core/ports.ts'
import { partsOf, rowKey, under } from '#core/row-key.ts'
import { type OrderedLine, orderLines } from '#core/trade/order-lines.ts'
import { transactionItemOf } from '#core/trade/transaction-item.ts'
import { type Transaction, transactions } from '#core/trade/transactions.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { cursorIn, cursorOf, limitIn, nameIn } from '#runtime/query-parameters.ts'
import { readProducts, readStores } from '#runtime/read-catalogue.ts'
import { readLag } from '#runtime/read-lag.ts'

/** The newest booked lines of all stores or one, by when they happened. */
export async function answerTransactions(
  { log, state, clock }: Ports,
  request: HttpRequest,
): Promise<TransactionsAnswer> {
  const { merchantId } = viewerIn(request)
  const nowMs = clock.now()
  const limit = limitIn(request, 50)
  const after = cursorIn(request)
  const stores = await readStores(state, merchantId)
  const store = nameIn(request, 'store')
  // Each store's lines lie newest first; the newest of all are among the newest of each.
  const pages = await Promise.all(
    (store === undefined ? [...stores.keys()] : [store]).map(async (storeId) => {
      const range = under(merchantId, storeId)
      const from = after === undefined ? range.from : `${rowKey(merchantId, storeId, after)}\u0000`
      return state.query({ table: transactions.name, range: { from, to: range.to }, limit: limit + 1 })
    }),
  )
  const rows = pages
    .flat()
    .map(({ key, row }) => ({ place: rowKey(...(partsOf(key).slice(2) as [string, string])), row: row as Transaction }))
  rows.sort((a, b) => (a.place < b.place ? -1 : 1))
  const shown = await Promise.all(
    rows
      .slice(0, limit)
      .map(async ({ place, row }) => ({ place, row: await withPresentPrice(state, merchantId, row) })),
  )
  const products = await readProducts(
    state,
    merchantId,
    shown.flatMap(({ row }) => row.productId ?? []),
  )
  return {
    asOf: new Date(nowMs).toISOString(),
    lagMs: await readLag(log, state, nowMs),
    items: shown.map(({ row }) =>
      transactionItemOf(row, products.get(row.productId ?? '')?.title, stores.get(row.storeId)?.name),
    ),
    next: rows.length > limit ? cursorOf(shown.at(-1)!.place) : null,
  }
}

/** A price that was estimated when the line was booked, and has been stated since, is no longer an estimate. */
async function withPresentPrice(state: StateStore, merchantId: string, row: Transaction): Promise<Transaction> {
  const { isEstimated, storeId, orderId, productId, ...line } = row
  if (isEstimated !== true) return row
  const lines = await state.query({ table: orderLines.name, range: under(merchantId, storeId, orderId!) })
  const isStill = lines.some(
    ({ key, row: found }) => partsOf(key)[4] === productId && (found as OrderedLine).isEstimated,
  )
  return isStill ? row : ({ ...line, storeId, orderId, productId } as Transaction)
}
