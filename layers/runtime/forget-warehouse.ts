/** What the warehouse has of a merchant who was removed, and the models that learnt from it. */
import { modelsFolder } from '#core/demand/model-names.ts'
import { draftsFolder, merchantFolder, publishedObject } from '#core/lake/warehouse-names.ts'
import { WAREHOUSE_TABLES } from '#core/lake/warehouse-tables.ts'
import type { ObjectStore } from '#core/ports.ts'

/** Deletes what is published first: nobody begins to read the parts any more. */
export async function forgetWarehouse(
  objects: Pick<ObjectStore, 'list' | 'delete'>,
  merchantId: string,
): Promise<void> {
  await objects.delete(publishedObject(merchantId))
  const tables = WAREHOUSE_TABLES.map(({ name }) => merchantFolder(name, merchantId))
  for (const folder of [...tables, draftsFolder(merchantId), modelsFolder(merchantId)])
    for (const name of await objects.list(folder)) await objects.delete(name)
}
