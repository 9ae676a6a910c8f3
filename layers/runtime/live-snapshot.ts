/** How everything is that a connection hears of: with it a subscription begins, and what was lost begins anew. */
import { type Hearing, hears } from '#core/access/may-hear.ts'
import type { LiveMessage } from '#core/api/live.ts'
import { alertPlace } from '#core/inventory/alert-item.ts'
import { type Alert, openAlerts } from '#core/inventory/alerts.ts'
import { stockItemOf } from '#core/inventory/stock-item.ts'
import { type Stock, stockLevel } from '#core/inventory/stock-level.ts'
import type { StateStore } from '#core/ports.ts'
import { type KeyRange, partsOf, rowKey, under } from '#core/row-key.ts'
import { transactionItemOf } from '#core/trade/transaction-item.ts'
import { type Transaction, transactions } from '#core/trade/transactions.ts'
import { readAlertItems } from './read-alerts.ts'
import { readProducts, readStores, readZones } from './read-catalogue.ts'

const MAX_TRANSACTIONS = 50
const MAX_ALERTS = 500
/** The first by store and product: who wants all of them asks `/stock` for its pages. */
const MAX_STOCKS = 200
const ROWS_AT_ONCE = 1_000

/** Nothing happened in a snapshot: it has no times of a happening. */
const NO_TIMES = { occurredAt: null, acceptedAt: null }

/** Alerts most urgent first, stocks by store and product, transactions oldest first. */
export async function readSnapshot(
  state: StateStore,
  merchantId: string,
  hearing: Hearing,
  nowMs: number,
): Promise<LiveMessage[]> {
  const stores = await readStores(state, merchantId)
  const visible = [...stores.keys()].filter((storeId) => hearing.stores?.includes(storeId) ?? true)
  const { topics } = hearing
  const alerts = topics.includes('alert') ? await readOpenAlerts(state, merchantId, hearing) : []
  const stocks = topics.includes('stock') ? await readStocks(state, merchantId, hearing) : []
  const lines = topics.includes('transaction') ? await readNewest(state, merchantId, visible) : []
  const productIds = [...stocks.map(({ productId }) => productId), ...lines.flatMap(({ productId }) => productId ?? [])]
  const products = await readProducts(state, merchantId, productIds)
  const zone = await readZones(state, merchantId)
  return [
    ...(await readAlertItems(state, merchantId, alerts)).map(
      (data): LiveMessage => ({ topic: 'alert', ...NO_TIMES, data }),
    ),
    ...stocks.map(({ storeId, productId, row }): LiveMessage => {
      const data = stockItemOf(row, storeId, productId, products.get(productId), zone(storeId), nowMs)
      return { topic: 'stock', ...NO_TIMES, data }
    }),
    ...lines.map((line): LiveMessage => {
      const data = transactionItemOf(line, products.get(line.productId ?? '')?.title, stores.get(line.storeId)?.name)
      return { topic: 'transaction', ...NO_TIMES, data }
    }),
  ]
}

/** Rows whose keys begin with merchant and store lie in these places. */
const placesOf = (merchantId: string, { stores }: Hearing): KeyRange[] =>
  stores === undefined ? [under(merchantId)] : stores.map((storeId) => under(merchantId, storeId))

async function readOpenAlerts(state: StateStore, merchantId: string, hearing: Hearing): Promise<Alert[]> {
  let first: Alert[] = []
  for (const { from, to } of placesOf(merchantId, hearing)) {
    for (let start = from; ; ) {
      const rows = await state.query({ table: openAlerts.name, range: { from: start, to }, limit: ROWS_AT_ONCE })
      const found = rows.map(({ row }) => row as Alert).filter(({ storeId }) => hears(hearing, 'alert', storeId))
      first = [...first, ...found].sort((a, b) => (alertPlace(a) < alertPlace(b) ? -1 : 1)).slice(0, MAX_ALERTS)
      if (rows.length < ROWS_AT_ONCE) break
      start = `${rows.at(-1)!.key}\u0000`
    }
  }
  return first
}

type PlacedStock = { readonly storeId: string; readonly productId: string; readonly row: Stock }

async function readStocks(state: StateStore, merchantId: string, hearing: Hearing): Promise<PlacedStock[]> {
  const found: PlacedStock[] = []
  for (const range of placesOf(merchantId, hearing)) {
    const rows = await state.query({ table: stockLevel.name, range, limit: MAX_STOCKS - found.length })
    for (const { key, row } of rows) {
      const [, storeId, productId] = partsOf(key) as [string, string, string]
      found.push({ storeId, productId, row: row as Stock })
    }
    if (found.length === MAX_STOCKS) break
  }
  return found
}

/** The newest lines of these stores by when they happened, oldest first, as they would have been told. */
async function readNewest(state: StateStore, merchantId: string, storeIds: readonly string[]): Promise<Transaction[]> {
  const rows: { readonly place: string; readonly row: Transaction }[] = []
  for (const storeId of storeIds) {
    const range = under(merchantId, storeId)
    for (const { key, row } of await state.query({ table: transactions.name, range, limit: MAX_TRANSACTIONS })) {
      const [, , at, id] = partsOf(key) as [string, string, string, string]
      rows.push({ place: rowKey(at, id), row: row as Transaction })
    }
  }
  rows.sort((a, b) => (a.place < b.place ? -1 : 1))
  return rows
    .slice(0, MAX_TRANSACTIONS)
    .map(({ row }) => row)
    .reverse()
}
