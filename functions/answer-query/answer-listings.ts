import type { ProductsAnswer, StoresAnswer } from '#core/api/listings.ts'
import { productListing, storeListing } from '#core/catalogue/listings.ts'
import type { ProductListed } from '#core/events/product-listed.ts'
import type { StoreListed } from '#core/events/store-listed.ts'
import { partsOf, under } from '#core/row-key.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { cursorIn, cursorOf, limitIn, restOf } from '#runtime/query-parameters.ts'
import { readLag } from '#runtime/read-lag.ts'

/** The catalogue's products by id, as their last listings say; what nobody has listed is in `/quality`. */
export async function answerProducts(ports: Ports, request: HttpRequest): Promise<ProductsAnswer> {
  const { rows, ...page } = await pageOf(ports, request, productListing.name)
  return { ...page, items: rows.map(({ row }) => row as ProductListed) }
}

/** The merchant's stores by id, as their last listings say. */
export async function answerStores(ports: Ports, request: HttpRequest): Promise<StoresAnswer> {
  const { rows, ...page } = await pageOf(ports, request, storeListing.name)
  return { ...page, items: rows.map(({ key, row }) => ({ storeId: partsOf(key)[2]!, ...(row as StoreListed) })) }
}

/** Listings as shard 0 knows them: every shard knows the same. */
async function pageOf({ log, state, clock }: Ports, request: HttpRequest, table: string) {
  const { merchantId } = viewerIn(request)
  const limit = limitIn(request, 100)
  const nowMs = clock.now()
  const range = restOf(under('0', merchantId), cursorIn(request))
  const found = await state.query({ table, range, limit: limit + 1 })
  const rows = found.slice(0, limit)
  return {
    asOf: new Date(nowMs).toISOString(),
    lagMs: await readLag(log, state, nowMs),
    rows,
    next: found.length > limit ? cursorOf(rows.at(-1)!.key) : null,
  }
}
