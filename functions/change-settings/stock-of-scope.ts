import { type Stock, stockKey, stockLevel } from '#core/inventory/stock-level.ts'
import type { StateStore, Viewer } from '#core/ports.ts'
import { compareKeys, partsOf, under } from '#core/row-key.ts'
import { restOf } from '#runtime/query-parameters.ts'
import { productsWith, readVisibleStores } from '#runtime/read-catalogue.ts'

type Scope = { readonly category?: string | undefined; readonly productId?: string | undefined }
export type FoundStock = { readonly key: string; readonly row: Stock }
/** `last`: behind which the next page begins; undefined: there is none. */
type Page = { readonly found: readonly FoundStock[]; readonly last: string | undefined }

/** Rows of stock that a setting of this scope is about, in the viewer's stores: at most `limit` places are looked at. */
export async function stockBehind(
  state: StateStore,
  viewer: Viewer,
  { category, productId }: Scope,
  after: string | undefined,
  limit: number,
): Promise<Page> {
  if (productId !== undefined) return ofProducts(state, viewer, [productId], after, limit)
  if (category === undefined) return ofEvery(state, viewer, after, limit)
  const productIds = await productsWith(state, viewer.merchantId, 'category', category)
  return ofProducts(state, viewer, productIds.sort(compareKeys), after, limit)
}

async function ofEvery(state: StateStore, viewer: Viewer, after: string | undefined, limit: number): Promise<Page> {
  const { merchantId, stores } = viewer
  const ranges = stores === undefined ? [under(merchantId)] : inOrder(stores).map((id) => under(merchantId, id))
  const found: FoundStock[] = []
  for (const range of ranges) {
    if (found.length === limit) break
    if (after !== undefined && compareKeys(after, range.to) >= 0) continue
    const rest = restOf(range, after)
    const rows = await state.query({ table: stockLevel.name, range: rest, limit: limit - found.length })
    found.push(...(rows as FoundStock[]))
  }
  return { found, last: found.length === limit ? found.at(-1)!.key : undefined }
}

/** Their keys are known without looking: most products are in few of many stores. */
async function ofProducts(
  state: StateStore,
  viewer: Viewer,
  productIds: readonly string[],
  after: string | undefined,
  limit: number,
): Promise<Page> {
  const keys: string[] = []
  for (const storeId of inOrder((await readVisibleStores(state, viewer)).keys())) {
    if (keys.length === limit) break
    if (after !== undefined && compareKeys(storeId, partsOf(after)[1] ?? '') < 0) continue
    for (const productId of productIds) {
      const key = stockKey(viewer.merchantId, storeId, productId)
      if (keys.length < limit && (after === undefined || compareKeys(key, after) > 0)) keys.push(key)
    }
  }
  const rows = await state.getMany(keys.map((key) => ({ table: stockLevel.name, key })))
  const found = keys.flatMap((key, i) => (rows[i] === undefined ? [] : [{ key, row: rows[i] as Stock }]))
  return { found, last: keys.length === limit ? keys.at(-1)! : undefined }
}

const inOrder = (ids: Iterable<string>): string[] => [...new Set(ids)].sort(compareKeys)
