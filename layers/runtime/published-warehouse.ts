/** Reads and replaces the object that says what a merchant's warehouse is, and asks questions of what it names. */
import { foldersOf, nothingPublished, type Published, publish } from '#core/lake/published.ts'
import { publishedObject } from '#core/lake/warehouse-names.ts'
import { warehouseTable } from '#core/lake/warehouse-tables.ts'
import type { ObjectStore, RunColumn, Warehouse, WarehouseRow } from '#core/ports.ts'

export async function readPublished(objects: Pick<ObjectStore, 'get'>, merchantId: string): Promise<Published> {
  const bytes = await objects.get(publishedObject(merchantId))
  return bytes === undefined ? nothingPublished(merchantId) : (JSON.parse(new TextDecoder().decode(bytes)) as Published)
}

/**
 * The draft is the merchant's warehouse from here on, at once; what nobody reads any more is deleted.
 * One run of a merchant at a time: the later of two loses what the other has published.
 */
export async function publishWarehouse(
  objects: Omit<ObjectStore, 'get'>,
  before: Published,
  draft: Published,
  now: number,
): Promise<Published> {
  const { next, over } = publish(before, draft, now)
  await objects.put(publishedObject(next.merchantId), new TextEncoder().encode(JSON.stringify(next)))
  for (const folder of over) for (const name of await objects.list(folder)) await objects.delete(name)
  return next
}

export type Question = {
  /** One SELECT over tables of the warehouse. */
  readonly sql: string
  readonly tables: readonly string[]
  readonly run?: readonly RunColumn[]
}

/** Answers from what is published as it begins; what is published meanwhile it does not see. @throws WarehouseQueryError */
export async function askWarehouse(
  { objects, warehouse }: { readonly objects: Pick<ObjectStore, 'get'>; readonly warehouse: Pick<Warehouse, 'ask'> },
  merchantId: string,
  { sql, tables, run = [] }: Question,
  most: { readonly rows: number; readonly ms: number },
): Promise<readonly WarehouseRow[]> {
  const published = await readPublished(objects, merchantId)
  const inputs = tables.map((table) => ({
    table,
    columns: warehouseTable(table).columns,
    folders: foldersOf(published, table),
  }))
  return warehouse.ask({ sql, run, inputs }, most)
}
