/** Where rows of proposals lie. */
import type { Write } from '#core/ports.ts'
import { REORDER_PLACES, type ReorderPlace, type ReorderRow } from '#core/reorders/reorder-row.ts'
import { rowKey } from '#core/row-key.ts'

export const reorderKey = (merchantId: string, { storeId, productId }: ReorderPlace): string =>
  rowKey(merchantId, storeId, productId)

export const reasonKey = (merchantId: string, { storeId, productId }: ReorderPlace): string =>
  rowKey(merchantId, productId, storeId)

export const placeWrite = (merchantId: string, { id, storeId, productId }: ReorderRow): Write => ({
  table: REORDER_PLACES,
  key: rowKey(merchantId, id),
  row: { storeId, productId } satisfies ReorderPlace,
})
