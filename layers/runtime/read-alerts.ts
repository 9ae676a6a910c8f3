/** Alert rows as people read them: with names, and with what is on the shelf now. */
import { USERS, userKey, userOf } from '#core/access/user.ts'
import type { AlertItem } from '#core/api/alerts.ts'
import { alertItemOf } from '#core/inventory/alert-item.ts'
import type { Alert } from '#core/inventory/alerts.ts'
import { type Stock, stockKey, stockLevel } from '#core/inventory/stock-level.ts'
import { thresholdsOf } from '#core/inventory/thresholds.ts'
import type { StateStore } from '#core/ports.ts'
import { readListedStores, readProductSettings, readProducts, readSettings } from './read-catalogue.ts'

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
  const settings = await readSettings(state, merchantId)
  const ofProducts = await readProductSettings(
    state,
    merchantId,
    rows.map(({ productId }) => productId),
  )
  const names = await readNames(state, merchantId, rows)
  return rows.map((row, i) =>
    alertItemOf(row, {
      title: products.get(row.productId)?.title,
      category: products.get(row.productId)?.category,
      thresholds: thresholdsOf(settings, products.get(row.productId)?.category, ofProducts.get(row.productId)),
      who: row.acknowledgedBy === undefined ? undefined : names.get(row.acknowledgedBy),
      storeName: stores.get(row.storeId)?.name,
      stock: stock[i] as Stock | undefined,
    }),
  )
}

/** Of the people who acknowledged them, by their ids. */
async function readNames(state: StateStore, merchantId: string, rows: readonly Alert[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap(({ acknowledgedBy }) => (acknowledgedBy === undefined ? [] : [acknowledgedBy])))]
  const people = await state.getMany(ids.map((id) => ({ table: USERS, key: userKey(merchantId, id) })))
  return new Map(
    ids.flatMap((id, i): [string, string][] => {
      const name = userOf(people[i], merchantId, id)?.name
      return name === undefined || name === '' ? [] : [[id, name]]
    }),
  )
}
