/** Alert rows as people read them: with names, and with what is on the shelf now. */
import type { AlertItem } from '#core/api/alerts.ts'
import { alertItemOf } from '#core/inventory/alert-item.ts'
import type { Alert } from '#core/inventory/alerts.ts'
import { type Stock, stockKey, stockLevel } from '#core/inventory/stock-level.ts'
import type { StateStore } from '#core/ports.ts'
import { readListedStores, readProducts } from './read-catalogue.ts'

export async function readAlertItems(
  state: StateStore,
  merchantId: string,
  rows: readonly Alert[],
): Promise<AlertItem[]> {
  if (rows.length === 0) return []
  const products = await readProducts(
    state,
    merchantId,
    rows.map(({ productId }) => productId),
  )
  const stores = await readListedStores(
    state,
    merchantId,
    rows.map(({ storeId }) => storeId),
  )
  const stock = await state.getMany(
    rows.map(({ storeId, productId }) => ({ table: stockLevel.name, key: stockKey(merchantId, storeId, productId) })),
  )
  return rows.map((row, i) =>
    alertItemOf(row, {
      title: products.get(row.productId)?.title,
      storeName: stores.get(row.storeId)?.name,
      stock: stock[i] as Stock | undefined,
    }),
  )
}
