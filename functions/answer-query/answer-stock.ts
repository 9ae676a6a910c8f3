import type { StockAnswer } from '#core/api/stock.ts'
import { stockItemOf } from '#core/inventory/stock-item.ts'
import { type Stock, stockKey, stockLevel } from '#core/inventory/stock-level.ts'
import type { StateStore, Viewer } from '#core/ports.ts'
import { compareKeys, partsOf, under } from '#core/row-key.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { cursorIn, cursorOf, limitIn, nameIn, restOf, storeIn } from '#runtime/query-parameters.ts'
import { readProducts, readVisibleStores, readZones } from '#runtime/read-catalogue.ts'
import { readLag } from '#runtime/read-lag.ts'

/** Stock by store and product; of one store or one product where the question says so. */
export async function answerStock({ log, state, clock }: Ports, request: HttpRequest): Promise<StockAnswer> {
  const viewer = viewerIn(request)
  const { merchantId } = viewer
  const store = storeIn(request)
  const product = nameIn(request, 'product')
  const nowMs = clock.now()
  const limit = limitIn(request, 100)
  const after = cursorIn(request)
  const found =
    product === undefined
      ? await rowsAfter(state, viewer, store, after, limit + 1)
      : await rowsOfProduct(state, viewer, store, product, after, limit + 1)
  const rows = found.slice(0, limit)
  const titles = await readProducts(
    state,
    merchantId,
    rows.map(({ key }) => partsOf(key)[2]!),
  )
  const zone = await readZones(
    state,
    merchantId,
    rows.map(({ key }) => partsOf(key)[1]!),
  )
  return {
    asOf: new Date(nowMs).toISOString(),
    lagMs: await readLag(log, state, nowMs),
    items: rows.map(({ key, row }) => {
      const [, storeId, productId] = partsOf(key) as [string, string, string]
      return stockItemOf(row, storeId, productId, titles.get(productId)?.title, zone(storeId), nowMs)
    }),
    next: found.length > limit ? cursorOf(rows.at(-1)!.key) : null,
  }
}

type Found = { readonly key: string; readonly row: Stock }

/** The first rows behind a key: of one store, of those that the viewer may see, or of all. */
async function rowsAfter(
  state: StateStore,
  viewer: Viewer,
  store: string | undefined,
  after: string | undefined,
  limit: number,
): Promise<Found[]> {
  const { merchantId } = viewer
  const stores = store === undefined ? viewer.stores : [store]
  const ranges = stores === undefined ? [under(merchantId)] : inOrder(stores).map((id) => under(merchantId, id))
  const found: Found[] = []
  for (const range of ranges) {
    const left = limit - found.length
    if (left === 0) break
    if (after !== undefined && compareKeys(after, range.to) >= 0) continue
    const rows = await state.query({ table: stockLevel.name, range: restOf(range, after), limit: left })
    found.push(...(rows as Found[]))
  }
  return found
}

/** One product's rows behind a key, in the stores that the viewer may see. */
async function rowsOfProduct(
  state: StateStore,
  viewer: Viewer,
  store: string | undefined,
  product: string,
  after: string | undefined,
  limit: number,
): Promise<Found[]> {
  const stores = store === undefined ? [...(await readVisibleStores(state, viewer)).keys()] : [store]
  const keys = inOrder(stores)
    .map((storeId) => stockKey(viewer.merchantId, storeId, product))
    .filter((key) => after === undefined || compareKeys(key, after) > 0)
  const rows = await state.getMany(keys.map((key) => ({ table: stockLevel.name, key })))
  return keys.flatMap((key, i) => (rows[i] === undefined ? [] : [{ key, row: rows[i] as Stock }])).slice(0, limit)
}

const inOrder = (ids: Iterable<string>): string[] => [...new Set(ids)].sort(compareKeys)
