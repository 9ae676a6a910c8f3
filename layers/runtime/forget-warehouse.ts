/** What the warehouse has of a merchant who was removed. */
import { merchantFolder, publishedObject } from '#core/lake/warehouse-names.ts'
import { WAREHOUSE_TABLES } from '#core/lake/warehouse-tables.ts'
import type { ObjectStore } from '#core/ports.ts'

/** Deletes what is published first: nobody begins to read the parts any more. */
export async function forgetWarehouse(
  objects: Pick<ObjectStore, 'list' | 'delete'>,
  merchantId: string,
): Promise<void> {
  await objects.delete(publishedObject(merchantId))
  for (const { name: table } of WAREHOUSE_TABLES)
    for (const name of await objects.list(merchantFolder(table, merchantId))) await objects.delete(name)
}
