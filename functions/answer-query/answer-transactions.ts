import type { TransactionsAnswer } from '#core/api/transactions.ts'
import type { StateStore } from '#core/ports.ts'
import { partsOf, under } from '#core/row-key.ts'
import { type OrderedLine, orderLines } from '#core/trade/order-lines.ts'
import { type Transaction, transactions } from '#core/trade/transactions.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { cursorIn, cursorOf, limitIn, storeIn } from '#runtime/query-parameters.ts'
import { readVisibleStores } from '#runtime/read-catalogue.ts'
import { readLag } from '#runtime/read-lag.ts'
import { readNewest } from '#runtime/read-newest.ts'
import { detailsOf } from './transaction-details.ts'

/** The newest booked lines of all stores or one, by when they happened. */
export async function answerTransactions(
  { log, state, clock }: Ports,
  request: HttpRequest,
): Promise<TransactionsAnswer> {
  const viewer = viewerIn(request)
  const { merchantId } = viewer
  const nowMs = clock.now()
  const limit = limitIn(request, 50)
  const after = cursorIn(request)
  const store = storeIn(request)
  const storeIds = store === undefined ? [...(await readVisibleStores(state, viewer)).keys()] : [store]
  const table = transactions.name
  const rows = await readNewest<Transaction>(state, { table, merchantId, storeIds, after, limit: limit + 1 })
  const shown = await Promise.all(
    rows
      .slice(0, limit)
      .map(async ({ place, row }) => ({ place, row: await withPresentPrice(state, merchantId, row) })),
  )
  return {
    asOf: new Date(nowMs).toISOString(),
    lagMs: await readLag(log, state, nowMs),
    items: await detailsOf(
      state,
      merchantId,
      shown.map(({ row }) => row),
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
