/** What the merchant says of its products and stores, as shard 0 knows it: every shard knows the same. */
import {
  knownStores,
  type ProductListing,
  productListing,
  type StoreListing,
  storeListing,
  zoneOf,
} from '#core/catalogue/listings.ts'
import { type GroupedProduct, type GroupField, groupPrefix, productGroups } from '#core/catalogue/product-groups.ts'
import type { StateStore, Viewer } from '#core/ports.ts'
import { partsOf, rowKey, under } from '#core/row-key.ts'
import {
  merchantSettings,
  type ProductSettingsRow,
  productSettings,
  type SettingsRow,
} from '#core/settings/settings.ts'

export async function readSettings(state: StateStore, merchantId: string): Promise<SettingsRow> {
  const row = await state.get(merchantSettings.name, rowKey('0', merchantId))
  return (row ?? merchantSettings.empty) as SettingsRow
}

/** What is decided of single products, by their ids; the others are absent. */
export async function readProductSettings(
  state: StateStore,
  merchantId: string,
  productIds: Iterable<string>,
): Promise<Map<string, ProductSettingsRow>> {
  const ids = [...new Set(productIds)]
  const rows = await state.getMany(ids.map((id) => ({ table: productSettings.name, key: rowKey('0', merchantId, id) })))
  return new Map(ids.flatMap((id, i) => (rows[i] === undefined ? [] : [[id, rows[i] as ProductSettingsRow]])))
}

/** Listings by product id; products that nobody listed are absent. */
export async function readProducts(
  state: StateStore,
  merchantId: string,
  productIds: Iterable<string>,
): Promise<Map<string, ProductListing>> {
  const ids = [...new Set(productIds)]
  const rows = await state.getMany(ids.map((id) => ({ table: productListing.name, key: rowKey('0', merchantId, id) })))
  const listings = new Map<string, ProductListing>()
  for (const [i, row] of rows.entries()) if (row !== undefined) listings.set(ids[i]!, row as ProductListing)
  return listings
}

export async function readStore(state: StateStore, merchantId: string, storeId: string): Promise<StoreListing> {
  const row = await state.get(storeListing.name, rowKey('0', merchantId, storeId))
  return (row ?? storeListing.empty) as StoreListing
}

/** Whether anything ever happened in the store, or somebody has listed it. */
export async function isKnownStore(state: StateStore, merchantId: string, storeId: string): Promise<boolean> {
  const known = await state.query({ table: knownStores.name, range: under(merchantId, storeId), limit: 1 })
  return known.length > 0
}

/** These stores, each with its listing, empty where nobody has listed it. */
export async function readListedStores(
  state: StateStore,
  merchantId: string,
  storeIds: Iterable<string>,
): Promise<Map<string, StoreListing>> {
  const ids = [...new Set(storeIds)]
  const rows = await state.getMany(ids.map((id) => ({ table: storeListing.name, key: rowKey('0', merchantId, id) })))
  return new Map(ids.map((id, i) => [id, (rows[i] ?? storeListing.empty) as StoreListing]))
}

/** By whose days the figures of each of these stores are; absent: of every one. */
export async function readZones(
  state: StateStore,
  merchantId: string,
  storeIds?: Iterable<string>,
): Promise<(storeId: string) => string> {
  const settings = await readSettings(state, merchantId)
  const stores =
    storeIds === undefined ? await readStores(state, merchantId) : await readListedStores(state, merchantId, storeIds)
  return (storeId) => zoneOf(stores.get(storeId) ?? {}, settings)
}

/** Stores of which rows may be shown to the viewer, with their listings: all that there are, or theirs. */
export const readVisibleStores = (state: StateStore, viewer: Viewer): Promise<Map<string, StoreListing>> =>
  viewer.stores === undefined
    ? readStores(state, viewer.merchantId)
    : readListedStores(state, viewer.merchantId, viewer.stores)

/** Every store that anything ever happened in, with its listing where there is one. */
export async function readStores(state: StateStore, merchantId: string): Promise<Map<string, StoreListing>> {
  const stores = new Map<string, StoreListing>()
  for (const { key } of await state.query({ table: knownStores.name, range: under(merchantId) }))
    stores.set(partsOf(key)[1]!, {})
  for (const { key, row } of await state.query({ table: storeListing.name, range: under('0', merchantId) })) {
    stores.set(partsOf(key)[2]!, row as StoreListing)
  }
  return stores
}

/** Ids of the products whose listing has this value. */
export async function productsWith(
  state: StateStore,
  merchantId: string,
  field: GroupField,
  value: string,
): Promise<string[]> {
  const range = under(...groupPrefix(merchantId, field, value))
  const rows = await state.query({ table: productGroups.name, range })
  return rows.flatMap(({ row }) => {
    const found = row as GroupedProduct
    return found.value === value ? [found.productId] : []
  })
}
