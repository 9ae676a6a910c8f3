import type { ProductsAnswer, StoresAnswer } from '#core/api/listings.ts'
import { productListing, storeListing } from '#core/catalogue/listings.ts'
import { isFound, wordsOf } from '#core/catalogue/product-search.ts'
import type { ProductListed } from '#core/events/product-listed.ts'
import type { StoreListed } from '#core/events/store-listed.ts'
import { compareKeys, isInRange, type KeyRange, partsOf, rowKey, under } from '#core/row-key.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { cursorIn, cursorOf, limitIn, nameIn, restOf } from '#runtime/query-parameters.ts'
import { freshnessAt } from '#runtime/read-lag.ts'

/** The catalogue's products by id, as their last listings say; what nobody has listed is in `/quality`. */
export async function answerProducts(ports: Ports, request: HttpRequest): Promise<ProductsAnswer> {
  const query = nameIn(request, 'query')
  if (query !== undefined) return searchedProducts(ports, request, wordsOf(query))
  const { rows, ...page } = await pageOf(ports, request, productListing.name, undefined)
  return { ...page, items: rows.map(({ row }) => row as ProductListed) }
}

/** Listings that one request looks at: who searches many goes on with `next`. */
const LISTINGS_LOOKED_AT = 5_000

/** Products in which each of the words stands, by id. */
async function searchedProducts(
  { log, state, clock }: Ports,
  request: HttpRequest,
  words: readonly string[],
): Promise<ProductsAnswer> {
  const { merchantId } = viewerIn(request)
  const limit = limitIn(request)
  const fresh = await freshnessAt({ log, state }, clock.now())
  const range = restOf(under('0', merchantId), cursorIn(request))
  const looked = await state.query({ table: productListing.name, range, limit: LISTINGS_LOOKED_AT })
  const found = looked.filter(({ row }) => isFound(row as ProductListed, words))
  const shown = found.slice(0, limit)
  const isMore = found.length > limit || looked.length === LISTINGS_LOOKED_AT
  return {
    ...fresh,
    items: shown.map(({ row }) => row as ProductListed),
    next: isMore ? cursorOf((found.length > limit ? shown : looked).at(-1)!.key) : null,
  }
}

/** Those of the merchant's stores that the viewer may see, by id, as their last listings say. */
export async function answerStores(ports: Ports, request: HttpRequest): Promise<StoresAnswer> {
  const { rows, ...page } = await pageOf(ports, request, storeListing.name, viewerIn(request).stores)
  return { ...page, items: rows.map(({ key, row }) => ({ storeId: partsOf(key)[2]!, ...(row as StoreListed) })) }
}

/** Listings as shard 0 knows them: every shard knows the same. `only`: of these ids; undefined: all. */
async function pageOf(
  { log, state, clock }: Ports,
  request: HttpRequest,
  table: string,
  only: readonly string[] | undefined,
) {
  const { merchantId } = viewerIn(request)
  const limit = limitIn(request)
  const fresh = await freshnessAt({ log, state }, clock.now())
  const range = restOf(under('0', merchantId), cursorIn(request))
  const found =
    only === undefined
      ? await state.query({ table, range, limit: limit + 1 })
      : await rowsIn(
          state,
          table,
          only.map((id) => rowKey('0', merchantId, id)),
          range,
        )
  const rows = found.slice(0, limit)
  return {
    ...fresh,
    rows,
    next: found.length > limit ? cursorOf(rows.at(-1)!.key) : null,
  }
}

async function rowsIn(state: Ports['state'], table: string, keys: readonly string[], range: KeyRange) {
  const wanted = [...new Set(keys)].filter((key) => isInRange(key, range)).sort(compareKeys)
  const rows = await state.getMany(wanted.map((key) => ({ table, key })))
  return wanted.flatMap((key, i) => (rows[i] === undefined ? [] : [{ key, row: rows[i] }]))
}
