import type { StockAnswer } from '#core/api/stock.ts'
import { stockItemOf } from '#core/inventory/stock-item.ts'
import { type Stock, stockKey, stockLevel } from '#core/inventory/stock-level.ts'
import { partsOf, under } from '#core/row-key.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { cursorIn, cursorOf, limitIn, nameIn, restOf } from '#runtime/query-parameters.ts'
import { readProducts, readZones } from '#runtime/read-catalogue.ts'
import { readLag } from '#runtime/read-lag.ts'

/** Stock by store and product; of one store or one product where the question says so. */
export async function answerStock({ log, state, clock }: Ports, request: HttpRequest): Promise<StockAnswer> {
  const { merchantId } = viewerIn(request)
  const store = nameIn(request, 'store')
  const product = nameIn(request, 'product')
  const nowMs = clock.now()
  const limit = limitIn(request, 100)
  const range = store === undefined ? under(merchantId) : under(merchantId, store)
  const rows =
    store !== undefined && product !== undefined
      ? await one(state, stockKey(merchantId, store, product))
      : await pageOf(state, restOf(range, cursorIn(request)), limit, product)
  const titles = await readProducts(
    state,
    merchantId,
    rows.items.map(({ key }) => partsOf(key)[2]!),
  )
  const zone = await readZones(state, merchantId)
  return {
    asOf: new Date(nowMs).toISOString(),
    lagMs: await readLag(log, state, nowMs),
    items: rows.items.map(({ key, row }) => {
      const [, storeId, productId] = partsOf(key) as [string, string, string]
      return stockItemOf(row as Stock, storeId, productId, titles.get(productId)?.title, zone(storeId), nowMs)
    }),
    next: rows.next === undefined ? null : cursorOf(rows.next),
  }
}

type Page = {
  readonly items: readonly { readonly key: string; readonly row: object }[]
  readonly next: string | undefined
}

async function one(state: Ports['state'], key: string): Promise<Page> {
  const row = await state.get(stockLevel.name, key)
  return { items: row === undefined ? [] : [{ key, row }], next: undefined }
}

const ROWS_AT_ONCE = 1000

/** Rows of one product in every store are found by reading past the others: stores come first in the key. */
async function pageOf(
  state: Ports['state'],
  range: { from: string; to: string },
  limit: number,
  product: string | undefined,
): Promise<Page> {
  const items: { key: string; row: object }[] = []
  let from = range.from
  for (;;) {
    const rows = await state.query({
      table: stockLevel.name,
      range: { from, to: range.to },
      limit: product === undefined ? limit + 1 : ROWS_AT_ONCE,
    })
    for (const found of rows) {
      if (product !== undefined && partsOf(found.key)[2] !== product) continue
      if (items.length === limit) return { items, next: items.at(-1)!.key }
      items.push(found)
    }
    if (product === undefined || rows.length < ROWS_AT_ONCE) return { items, next: undefined }
    from = `${rows.at(-1)!.key}\u0000`
  }
}
