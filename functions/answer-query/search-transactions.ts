import type { StateStore } from '#core/ports.ts'
import { descendingTime, partsOf, rowKey, under } from '#core/row-key.ts'
import { type Order, orders } from '#core/trade/orders.ts'
import { isSearched, type TransactionSearch } from '#core/trade/transaction-search.ts'
import { type Transaction, transactions } from '#core/trade/transactions.ts'
import { readProducts } from '#runtime/read-catalogue.ts'
import { type Newest, type Placed, readNewest } from '#runtime/read-newest.ts'

/** As many rows are looked at for one answer: whoever wants to know of older ones asks on. */
const ROWS_LOOKED_AT = 5_000
const ROWS_AT_ONCE = 1_000
const ALWAYS = { fromMs: 0, toMs: Date.UTC(2286) }

export type Search = TransactionSearch & {
  /** Of the product, as it is listed now. */
  readonly category?: string | undefined
}
type Asked = Omit<Newest, 'table'>
type Line = Placed<Transaction>

export type Found = {
  readonly rows: readonly Line[]
  /** Where to go on; undefined: there is no more. */
  readonly next: string | undefined
  /** Epoch ms: everything since then was looked at, and there is more. */
  readonly searchedBackToMs: number | undefined
}

/**
 * Booked lines that are searched for, newest first, out of a bounded number of rows. What an order sold when it was first
 * heard of is known without a search: it comes with the first answer, behind what is newer.
 */
export async function searchTransactions(state: StateStore, asked: Asked, search: Search): Promise<Found> {
  const firsts = search.id === undefined ? undefined : await firstsOf(state, asked, search.id)
  if (firsts === undefined) return searchRows(state, asked, search)
  const known = await fitting(state, asked.merchantId, firsts.lines, search)
  const { fromMs, toMs } = asked.span ?? ALWAYS
  const span = { fromMs: Math.max(fromMs, firsts.sinceMs), toMs }
  const isFirst = asked.after === undefined && known.length < asked.limit
  const rest = { ...asked, span, limit: isFirst ? asked.limit - known.length : asked.limit }
  const places = new Set(known.map(({ place }) => place))
  const found = await searchRows(state, rest, search, (place) => known.length >= asked.limit || !places.has(place))
  return isFirst ? { ...found, rows: [...found.rows, ...known] } : found
}

async function searchRows(
  state: StateStore,
  asked: Asked,
  search: Search,
  isNew: (place: string) => boolean = () => true,
): Promise<Found> {
  const isAll = Object.values(search).every((value) => value === undefined)
  const atOnce = isAll ? asked.limit + 1 : ROWS_AT_ONCE
  const rows: Line[] = []
  let { after } = asked
  for (let looked = 0; ; looked += atOnce) {
    const page = await readNewest<Transaction>(state, { ...asked, after, table: transactions.name, limit: atOnce })
    for (const line of await fitting(state, asked.merchantId, page, search)) {
      if (!isNew(line.place)) continue
      if (rows.length === asked.limit) return { rows, next: rows.at(-1)!.place, searchedBackToMs: undefined }
      rows.push(line)
    }
    const last = page.at(-1)
    if (last === undefined || page.length < atOnce) return { rows, next: undefined, searchedBackToMs: undefined }
    after = last.place
    if (looked + atOnce >= ROWS_LOOKED_AT) return { rows, next: after, searchedBackToMs: last.row.at }
  }
}

async function fitting(
  state: StateStore,
  merchantId: string,
  page: readonly Line[],
  { category, ...search }: Search,
): Promise<readonly Line[]> {
  const lines = page.filter(({ row }) => isSearched(row, search))
  if (category === undefined) return lines
  const products = lines.flatMap(({ row }) => row.productId ?? [])
  const listings = await readProducts(state, merchantId, products)
  return lines.filter(({ row }) => listings.get(row.productId ?? '')?.category === category)
}

/** What is booked at the times at which an order was first heard of, and since when; undefined: it is not known. */
async function firstsOf(
  state: StateStore,
  { merchantId, storeIds, span }: Asked,
  orderId: string,
): Promise<{ readonly sinceMs: number; readonly lines: readonly Line[] } | undefined> {
  const keys = storeIds.map((storeId) => ({ table: orders.name, key: rowKey(merchantId, storeId, orderId) }))
  const places = (await state.getMany(keys)).flatMap((row, i) =>
    row === undefined
      ? []
      : [...new Set(Object.values((row as Order).firsts).map(({ at }) => at))].map((at) => [storeIds[i]!, at] as const),
  )
  if (places.length === 0) return undefined
  const times = places.map(([, at]) => at)
  const within = places.filter(([, at]) => span === undefined || (at >= span.fromMs && at < span.toMs))
  const found = await Promise.all(
    within.map(([storeId, at]) =>
      state.query({ table: transactions.name, range: under(merchantId, storeId, descendingTime(at)) }),
    ),
  )
  const lines = found.flat().map(({ key, row }) => ({
    place: rowKey(...(partsOf(key).slice(2) as [string, string])),
    row: row as Transaction,
  }))
  return { sinceMs: Math.min(...times), lines }
}
