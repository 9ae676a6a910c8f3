import type { ProductListed } from '#core/events/product-listed.ts'
import type { StoreListed } from '#core/events/store-listed.ts'
import { type Folded, projection } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'
import { type SettingsRow, settingOf } from '#core/settings/settings.ts'
import { TRADE_TYPES } from '#core/trade/trade-types.ts'

/** What the merchant says of a product, in each of its shards. Empty: nothing yet. */
export type ProductListing = Partial<ProductListed>
export type StoreListing = Partial<StoreListed>

export const productListing = projection<ProductListing>({
  name: 'product-listings',
  version: 1,
  of: ['product.listed'],
  key: (e) => productListingKey(e),
  empty: {},
  fold: (_row, e) => e.data as ProductListed,
})

export const storeListing = projection<StoreListing>({
  name: 'store-listings',
  version: 1,
  of: ['store.listed'],
  key: (e) => storeListingKey(e),
  empty: {},
  fold: (_row, e) => e.data as StoreListed,
})

export const productListingKey = (e: Folded): string | undefined =>
  e.data.productId === undefined ? undefined : rowKey(String(e.shard), e.merchantId, e.data.productId)
export const storeListingKey = (e: Folded): string => rowKey(String(e.shard), e.merchantId, e.storeId)

/** The zone whose dates a store's figures are by. */
export const zoneOf = (store: StoreListing, settings: SettingsRow): string =>
  store.timeZone ?? settingOf('timeZone', settings)
export const currencyOf = (store: StoreListing, settings: SettingsRow): string =>
  store.currency ?? settingOf('currency', settings)

/** Every store that anything ever happened in; one that is listed is known to every shard. */
export const knownStores = projection<{ readonly since: number }>({
  name: 'known-stores',
  version: 1,
  of: [...TRADE_TYPES, 'store.listed'],
  key: (e) => rowKey(e.merchantId, e.storeId, String(e.shard)),
  empty: { since: 0 },
  fold: (row, e) => (row.since === 0 ? { since: e.receivedAt } : row),
})

/** Since when trade was seen with a product or store that nobody has listed. */
export type Unlisted = { readonly since: number }
const NOT_SEEN: Unlisted = { since: 0 }
const TRADED = ['sale.recorded', 'stock.received', 'stock.counted', 'stock.adjusted'] as const

export const unlistedProducts = projection<Unlisted>({
  name: 'unlisted-products',
  version: 1,
  of: [...TRADED, 'product.listed'],
  key: (e) => rowKey(e.merchantId, e.data.productId, String(e.shard)),
  empty: NOT_SEEN,
  beside: { listing: { of: productListing, key: productListingKey } },
  fold: (row, e, { listing }) => unlistedAfter(row, e, listing),
})

export const unlistedStores = projection<Unlisted>({
  name: 'unlisted-stores',
  version: 1,
  of: [...TRADED, 'store.listed'],
  key: (e) => rowKey(e.merchantId, e.storeId, String(e.shard)),
  empty: NOT_SEEN,
  beside: { listing: { of: storeListing, key: storeListingKey } },
  fold: (row, e, { listing }) => unlistedAfter(row, e, listing),
})

/** Listings are folded before these rows, so a listing takes its own product or store off the list. */
function unlistedAfter(row: Unlisted, e: Folded, listing: ProductListing & StoreListing): Unlisted | undefined {
  const isListed = listing.title !== undefined || listing.name !== undefined
  if (row === NOT_SEEN) return isListed ? row : { since: e.receivedAt }
  return isListed ? undefined : row
}
