import { SHORT_PAGE } from '#core/api/limits.ts'
import { TRANSACTION_KINDS } from '#core/api/transaction-kinds.ts'
import type { TransactionsAnswer } from '#core/api/transactions.ts'
import { MAX_AHEAD_MS } from '#core/events/decode-event.ts'
import type { StateStore, Viewer } from '#core/ports.ts'
import { partsOf, under } from '#core/row-key.ts'
import { type OrderedLine, orderLines } from '#core/trade/order-lines.ts'
import type { Transaction } from '#core/trade/transactions.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import { listWindow } from '#runtime/list-window.ts'
import { knownToken } from '#runtime/people.ts'
import type { Ports } from '#runtime/ports.ts'
import {
  cursorIn,
  cursorOf,
  instantIn,
  limitIn,
  nameIn,
  refuse,
  refuseBackward,
  storeIn,
} from '#runtime/query-parameters.ts'
import { readVisibleStores } from '#runtime/read-catalogue.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { type Found, type Search, searchTransactions } from './search-transactions.ts'
import { detailsOf } from './transaction-details.ts'

/** Booked lines by when they happened, newest first: all of them, or those that are searched for. */
export async function answerTransactions(ports: Ports, request: HttpRequest): Promise<TransactionsAnswer> {
  const { log, state, clock } = ports
  const viewer = viewerIn(request)
  const { merchantId } = viewer
  const nowMs = clock.now()
  const fresh = await freshnessAt({ log, state }, nowMs)
  const asked = {
    merchantId,
    limit: limitIn(request, SHORT_PAGE),
    after: cursorIn(request),
    span: spanIn(request, nowMs),
  }
  const storeIds = await storesIn(state, viewer, request)
  const person = nameIn(request, 'customer')
  const customer = person === undefined ? undefined : await knownToken(ports, merchantId, person)
  const isNobody = person !== undefined && customer === undefined
  const search = { ...searchIn(request), customer }
  const found = isNobody ? NOTHING : await searchTransactions(state, { ...asked, storeIds }, search)
  const rows = await Promise.all(found.rows.map(({ row }) => withPresentPrice(state, merchantId, row)))
  return {
    ...fresh,
    window: await listWindow(
      state,
      viewer,
      { fromMs: instantIn(request, 'from'), toMs: instantIn(request, 'to') ?? nowMs },
      request.query.store,
    ),
    items: await detailsOf(state, merchantId, rows),
    next: found.next === undefined ? null : cursorOf(found.next),
    searchedBackTo: found.searchedBackToMs === undefined ? null : new Date(found.searchedBackToMs).toISOString(),
    customer: customer ?? null,
  }
}
const NOTHING: Found = { rows: [], next: undefined, searchedBackToMs: undefined }

function spanIn(request: HttpRequest, nowMs: number): { fromMs: number; toMs: number } | undefined {
  const fromMs = instantIn(request, 'from')
  const toMs = instantIn(request, 'to')
  if (fromMs === undefined && toMs === undefined) return undefined
  refuseBackward(request, fromMs ?? 0, toMs ?? nowMs)
  // A shop's clock may be a little ahead.
  return { fromMs: fromMs ?? 0, toMs: toMs ?? nowMs + MAX_AHEAD_MS + 1 }
}

async function storesIn(state: StateStore, viewer: Viewer, request: HttpRequest): Promise<string[]> {
  const store = storeIn(request)
  const region = nameIn(request, 'region')
  if (store !== undefined && region === undefined) return [store]
  const visible = [...(await readVisibleStores(state, viewer))]
  return visible
    .filter(([id, listing]) => (store ?? id) === id && (region ?? listing.region) === listing.region)
    .map(([id]) => id)
}

function searchIn(request: HttpRequest): Search {
  const kind = nameIn(request, 'kind') as Search['kind']
  if (kind !== undefined && !TRANSACTION_KINDS.includes(kind))
    throw refuse('kind', `must be one of ${TRANSACTION_KINDS.join(', ')}`)
  const [id, product, category] = ['id', 'product', 'category'].map((field) => nameIn(request, field))
  return { id, product, category, kind }
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
