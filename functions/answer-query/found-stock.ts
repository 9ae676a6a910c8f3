/** Rows of stock behind a place: all, of one product, of what is at risk, or of one category. Each way has its order. */
import { STOCK_RISKS, type StockRisk } from '#core/api/stock.ts'
import { type GroupedProduct, groupPrefix, productGroups } from '#core/catalogue/product-groups.ts'
import { type Stock, stockKey, stockLevel } from '#core/inventory/stock-level.ts'
import type { StateStore, Viewer } from '#core/ports.ts'
import { compareKeys, partsOf, rowKey, under } from '#core/row-key.ts'
import { restOf } from '#runtime/query-parameters.ts'
import { readProducts, readVisibleStores } from '#runtime/read-catalogue.ts'
import { openAlertsAfter } from './open-alerts-after.ts'

export type StockQuestion = {
  /** One that the viewer may see. */
  readonly store: string | undefined
  readonly product: string | undefined
  readonly risk: StockRisk | undefined
  readonly category: string | undefined
  readonly after: string | undefined
  readonly limit: number
}
/** A row of stock with its place in the order that was asked for. */
type Found = { readonly place: string; readonly key: string; readonly row: Stock }
/** `next`: the place to go on behind; undefined: there is no more. */
type FoundStock = { readonly rows: readonly Found[]; readonly next: string | undefined }

export function findStock(state: StateStore, viewer: Viewer, question: StockQuestion): Promise<FoundStock> {
  if (question.risk !== undefined) return atRisk(state, viewer, question, question.risk)
  if (question.product !== undefined) return ofProduct(state, viewer, question, question.product)
  return question.category === undefined
    ? byStore(state, viewer, question)
    : ofCategory(state, viewer, question, question.category)
}

const inOrder = (ids: Iterable<string>): string[] => [...new Set(ids)].sort(compareKeys)

function paged(rows: readonly Found[], limit: number): FoundStock {
  const shown = rows.slice(0, limit)
  return { rows: shown, next: rows.length > limit ? shown.at(-1)!.place : undefined }
}

/** By store and product: of one store, of those that the viewer may see, or of all. */
async function byStore(state: StateStore, viewer: Viewer, question: StockQuestion): Promise<FoundStock> {
  const { merchantId } = viewer
  const { store, after, limit } = question
  const stores = store === undefined ? viewer.stores : [store]
  const ranges = stores === undefined ? [under(merchantId)] : inOrder(stores).map((id) => under(merchantId, id))
  const found: Found[] = []
  for (const range of ranges) {
    const left = limit + 1 - found.length
    if (left === 0) break
    if (after !== undefined && compareKeys(after, range.to) >= 0) continue
    const rows = await state.query({ table: stockLevel.name, range: restOf(range, after), limit: left })
    found.push(...rows.map(({ key, row }) => ({ place: key, key, row: row as Stock })))
  }
  return paged(found, limit)
}

/** By store. */
async function ofProduct(
  state: StateStore,
  viewer: Viewer,
  { store, category, after, limit }: StockQuestion,
  product: string,
): Promise<FoundStock> {
  if (
    category !== undefined &&
    (await readProducts(state, viewer.merchantId, [product])).get(product)?.category !== category
  )
    return { rows: [], next: undefined }
  const keys = (await storesIn(state, viewer, store))
    .map((storeId) => stockKey(viewer.merchantId, storeId, product))
    .filter((key) => after === undefined || compareKeys(key, after) > 0)
  const rows = await state.getMany(keys.map((key) => ({ table: stockLevel.name, key })))
  const found = keys.flatMap((key, i) => (rows[i] === undefined ? [] : [{ place: key, key, row: rows[i] as Stock }]))
  return paged(found, limit)
}

const storesIn = async (state: StateStore, viewer: Viewer, store: string | undefined): Promise<string[]> =>
  inOrder(store === undefined ? (await readVisibleStores(state, viewer)).keys() : [store])

/** Open alerts that one request looks at, where only some of them are of the product or category. */
const ALERTS_LOOKED_AT = 2_000

/** As open alerts are read: most severe first, then newest. */
async function atRisk(
  state: StateStore,
  viewer: Viewer,
  { store, product, category, after, limit }: StockQuestion,
  risk: StockRisk,
): Promise<FoundStock> {
  const rank = risk === 'any' ? undefined : STOCK_RISKS.indexOf(risk) - 1
  const looked = product === undefined && category === undefined ? limit + 1 : ALERTS_LOOKED_AT
  const alerts = await openAlertsAfter(state, viewer, { store, after, limit: looked, rank })
  const { merchantId } = viewer
  const ids = category === undefined ? [] : alerts.map(({ row }) => row.productId)
  const products = await readProducts(state, merchantId, ids)
  const fitting = alerts.filter(
    ({ row: { productId } }) =>
      (product === undefined || productId === product) &&
      (category === undefined || products.get(productId)?.category === category),
  )
  const shown = fitting.slice(0, limit)
  const keys = shown.map(({ row }) => stockKey(merchantId, row.storeId, row.productId))
  const rows = await state.getMany(keys.map((key) => ({ table: stockLevel.name, key })))
  const isMore = fitting.length > limit
  const next = isMore ? shown.at(-1)!.place : alerts.length === looked ? alerts.at(-1)!.place : undefined
  return {
    rows: shown.flatMap(({ place }, i) =>
      rows[i] === undefined ? [] : [{ place, key: keys[i]!, row: rows[i] as Stock }],
    ),
    next,
  }
}

/** Rows that one request looks up, most of which may not be there: few stores have every product. */
const ROWS_LOOKED_UP = 10_000

/** By product and store. */
async function ofCategory(
  state: StateStore,
  viewer: Viewer,
  { store, after, limit }: StockQuestion,
  category: string,
): Promise<FoundStock> {
  const { merchantId } = viewer
  const stores = await storesIn(state, viewer, store)
  if (stores.length === 0) return { rows: [], next: undefined }
  const [afterProduct, afterStore] = after === undefined ? [undefined, undefined] : partsOf(after)
  const prefix = groupPrefix(merchantId, 'category', category)
  const all = under(...prefix)
  const from = afterProduct === undefined ? all.from : rowKey(...prefix, afterProduct)
  const range = from > all.from ? { from, to: all.to } : all
  const most = Math.max(1, Math.floor(ROWS_LOOKED_UP / stores.length))
  const groups = await state.query({ table: productGroups.name, range, limit: most + 1 })
  const places = groups.slice(0, most).flatMap(({ row }) => {
    const { value, productId } = row as GroupedProduct
    if (value !== category) return []
    const left = productId === afterProduct ? stores.filter((id) => compareKeys(id, afterStore ?? '') > 0) : stores
    return left.map((storeId) => ({
      place: rowKey(productId, storeId),
      key: stockKey(merchantId, storeId, productId),
    }))
  })
  const rows = await state.getMany(places.map(({ key }) => ({ table: stockLevel.name, key })))
  const found = places.flatMap(({ place, key }, i) =>
    rows[i] === undefined ? [] : [{ place, key, row: rows[i] as Stock }],
  )
  if (found.length > limit || groups.length <= most) return paged(found, limit)
  const { productId } = groups[most - 1]!.row as GroupedProduct
  return { rows: found, next: rowKey(productId, stores.at(-1)!) }
}
