/** Which rows of a warehouse table somebody may take along: decided here, done by the SQL of that name. */
import type { Viewer } from '#core/ports.ts'
import type { WarehouseTable } from '../lake/warehouse-table.ts'

/**
 * whole: as it is. of-stores: rows of their stores. The others are about no store, and say things that were counted over all of
 * them, or that only the whole merchant is shown: these are made anew from what they may see, or left out.
 */
export type ExportWay = 'whole' | 'of-stores' | 'products-of-stores' | 'suppliers-of-stores' | 'customers-of-stores'

const WAYS: Readonly<Record<string, ExportWay>> = {
  dim_date: 'whole',
  dim_product: 'products-of-stores',
  dim_supplier: 'suppliers-of-stores',
  dim_customer: 'customers-of-stores',
}

/** undefined: nobody with some stores alone may have it, since nobody has said what of it is theirs. */
export function exportWay(
  { stores }: Pick<Viewer, 'stores'>,
  { name, columns }: Pick<WarehouseTable, 'name' | 'columns'>,
): ExportWay | undefined {
  if (stores === undefined) return 'whole'
  return columns.some((column) => column.name === 'store_id') ? 'of-stores' : WAYS[name]
}

/** Parts two names in a text: no id holds it. */
const BETWEEN = '\u0001'
/** The stores as one text in which SQL finds each between two marks, `chr(1)`. */
export const storesAsText = (stores: readonly string[]): string => `${BETWEEN}${stores.join(BETWEEN)}${BETWEEN}`
