import type { ProductListed } from '#core/events/product-listed.ts'
import type { StockItemCounted } from '#core/events/stock-item-counted.ts'
import type { StoreListed } from '#core/events/store-listed.ts'
import { type Derivation, type Folded, projection } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'
import { type SettingsRow, settingOf } from '#core/settings/settings.ts'
import { TRADE_TYPES } from '#core/trade/trade-types.ts'
import { groupFacts } from './product-groups.ts'

/** What the merchant says of a product, in each of its shards. Empty: nothing yet. */
export type ProductListing = Partial<Omit<ProductListed, 'isPartial'>>
export type StoreListing = Partial<StoreListed>

export const productListing = projection<ProductListing>({
  name: 'product-listings',
  version: 1,
  of: ['product.listed'],
  key: productListingKey,
  empty: {},
  fold: (row, e) => {
    const { isPartial = false, ...listing } = e.data as ProductListed
    return isPartial ? { ...row, ...listing } : listing
  },
  derives: (before, after, e) => groupFacts(before, after!, e.data.productId),
})

export const storeListing = projection<StoreListing>({
  name: 'store-listings',
  version: 1,
  of: ['store.listed'],
  key: storeListingKey,
  empty: {},
  fold: (_row, e) => e.data as StoreListed,
})

export function productListingKey(e: Folded): string | undefined {
  return e.data.productId === undefined ? undefined : rowKey(String(e.shard), e.merchantId, e.data.productId)
}
export function storeListingKey(e: Folded): string {
  return rowKey(String(e.shard), e.merchantId, e.storeId)
}

/** The zone whose dates a store's figures are by. */
export const zoneOf = (store: StoreListing, settings: SettingsRow): string =>
  store.timeZone ?? settingOf('timeZone', settings)
export const currencyOf = (store: StoreListing, settings: SettingsRow): string =>
  store.currency ?? settingOf('currency', settings)

/** Derived: another name that a source has for a product. */
const PRODUCT_ALIAS = 'product-alias'

export const aliases: Derivation = {
  name: 'aliases',
  of: ['product.listed'],
  derives: (e) =>
    (e.data as ProductListed).aliases?.map((alias) => ({ type: PRODUCT_ALIAS, data: { ...e.data, alias } })),
}

/** Under which name the product of an alias is listed, in each shard: the newest listing that has the alias. */
export const productAliases = projection<{ readonly productId: string }>({
  name: 'product-aliases',
  version: 1,
  of: [PRODUCT_ALIAS],
  key: (e) => rowKey(String(e.shard), e.merchantId, e.data.alias),
  empty: { productId: '' },
  fold: (row, e) => (row.productId === e.data.productId ? row : { productId: e.data.productId }),
})

/** A count by another name becomes one of the product. */
export const itemCounts: Derivation = {
  name: 'item-counts',
  of: ['stock-item.counted'],
  beside: { known: { of: productAliases, key: (e) => rowKey(String(e.shard), e.merchantId, e.data.alias) } },
  derives: (e, { known }) => {
    const { alias, ...counted } = e.data as StockItemCounted
    const { productId } = known as { readonly productId: string }
    return [{ type: 'stock.counted', data: { ...counted, productId: productId === '' ? alias : productId } }]
  },
}

/** Every store that anything ever happened in; one that is listed is known to every shard. */
export const knownStores = projection<{ readonly since: number }>({
  name: 'known-stores',
  version: 1,
  of: [...TRADE_TYPES, 'store.listed'],
  key: (e) => rowKey(e.merchantId, e.storeId, String(e.shard)),
  empty: { since: 0 },
  fold: (row, e) => (row.since === 0 ? { since: e.receivedAt } : row),
})

/** Derived: trade with a product or a store that nobody has listed. */
const PRODUCT_UNLISTED = 'product.unlisted'
const STORE_UNLISTED = 'store.unlisted'

/** Listings are folded before, so that a listing is known to the events after it. */
export const unlisted: Derivation = {
  name: 'unlisted',
  of: ['sale.recorded', 'stock.received', 'stock.counted', 'stock.adjusted'],
  beside: {
    product: { of: productListing, key: productListingKey },
    store: { of: storeListing, key: storeListingKey },
  },
  derives: (e, { product, store }) => {
    const isProductListed = (product as ProductListing).title !== undefined
    const isStoreListed = (store as StoreListing).name !== undefined
    if (isProductListed && isStoreListed) return undefined
    const productUnlisted = { type: PRODUCT_UNLISTED, data: { productId: e.data.productId } }
    const storeUnlisted = { type: STORE_UNLISTED, data: {} }
    return [...(isProductListed ? [] : [productUnlisted]), ...(isStoreListed ? [] : [storeUnlisted])]
  },
}

/** Since when trade was seen with it. */
export type Unlisted = { readonly since: number }
const NOT_SEEN: Unlisted = { since: 0 }

export const unlistedProducts = projection<Unlisted>({
  name: 'unlisted-products',
  version: 1,
  of: [PRODUCT_UNLISTED, 'product.listed'],
  key: (e) => rowKey(e.merchantId, e.data.productId, String(e.shard)),
  empty: NOT_SEEN,
  fold: (row, e) => unlistedAfter(row, e.type === PRODUCT_UNLISTED, e),
})

export const unlistedStores = projection<Unlisted>({
  name: 'unlisted-stores',
  version: 1,
  of: [STORE_UNLISTED, 'store.listed'],
  key: (e) => rowKey(e.merchantId, e.storeId, String(e.shard)),
  empty: NOT_SEEN,
  fold: (row, e) => unlistedAfter(row, e.type === STORE_UNLISTED, e),
})

/** A listing takes its own product or store off the list. */
function unlistedAfter(row: Unlisted, isUnlisted: boolean, e: Folded): Unlisted | undefined {
  if (row === NOT_SEEN) return isUnlisted ? { since: e.receivedAt } : row
  return isUnlisted ? row : undefined
}
