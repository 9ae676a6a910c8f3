/** Rows that list a product or a store whole count where they say something else than what is listed now. */
import { productItem, storeItem } from '#core/api/listings.ts'
import type { RowImport } from '#core/imports/row-imports.ts'
import { productImport } from '#core/imports/row-imports.ts'
import type { Ports } from '#runtime/ports.ts'
import { readListedStores, readProducts } from '#runtime/read-catalogue.ts'
import { contentOf } from '#runtime/row-identity.ts'
import type { GoodRow, Refuse } from './good-row.ts'

/** Those of the rows that are new; two of one product or store that say different things are refused but for the first. */
export async function newListings(
  { state }: Pick<Ports, 'state'>,
  merchantId: string,
  { listing }: RowImport,
  rows: readonly GoodRow[],
  refuse: Refuse,
): Promise<{ readonly fresh: readonly GoodRow[]; readonly known: number }> {
  if (listing === undefined) return { fresh: rows, known: 0 }
  let alike = 0
  const items = rows.map(({ drafts }) => listing.itemOf(drafts[0]!))
  const ids = items.map(listing.idOf)
  const isProduct = listing === productImport.listing
  const known = isProduct ? await productsNow(state, merchantId, ids) : await storesNow(state, merchantId, ids)
  const listed = new Map<string, { content: string; line?: number }>(
    [...known].map(([id, item]) => [id, { content: contentOf(item) }]),
  )
  const fresh = rows.filter(({ line }, i) => {
    const content = contentOf(items[i]!)
    const before = listed.get(ids[i]!)
    if (before?.content === content) {
      alike++
      return false
    }
    if (before?.line !== undefined) {
      const message = `is in line ${before.line} already, with other values: keep one of the two`
      refuse(line, [{ field: listing.idColumn, message }])
      return false
    }
    listed.set(ids[i]!, { content, line })
    return true
  })
  return { fresh, known: alike }
}

async function productsNow(state: Ports['state'], merchantId: string, ids: readonly string[]) {
  const rows = await readProducts(state, merchantId, ids)
  return [...rows].map(([id, row]) => [id, productItem.parse(row)] as const)
}

async function storesNow(state: Ports['state'], merchantId: string, ids: readonly string[]) {
  const rows = await readListedStores(state, merchantId, ids)
  return [...rows]
    .filter(([, row]) => row.name !== undefined)
    .map(([storeId, row]) => [storeId, storeItem.parse({ storeId, ...row })] as const)
}
