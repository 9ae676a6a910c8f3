/** How long suppliers took lately, from a merchant's purchase orders. */
import { NO_ORDERS, type PurchaseOrders, purchaseOrders } from '#core/inventory/purchase-orders.ts'
import { stockKey } from '#core/inventory/stock-level.ts'
import { dayOfDate } from '#core/metrics/business-time.ts'
import type { StateStore } from '#core/ports.ts'
import type { LeadTimeSeen } from '#core/reorders/reorder-policy.ts'
import type { ReorderPlace } from '#core/reorders/reorder-row.ts'
import { rowsUnder } from './rows-under.ts'

/** Of a supplier the newest so many: a lead time of years ago says little. */
const MOST_OF_SUPPLIER = 200

/** Memory: 200 orders of each supplier, however many rows there are. */
export async function readOrderTimes(state: StateStore, merchantId: string): Promise<readonly LeadTimeSeen[]> {
  const suppliers = new Map<string, LeadTimeSeen[]>()
  for await (const page of rowsUnder<PurchaseOrders>(state, purchaseOrders.name, merchantId))
    for (const { row } of page)
      for (const { supplierId, quantity, placedOn, firstCameOn } of row.orders) {
        if (firstCameOn === undefined) continue
        const placed = dayOfDate(placedOn)
        const seen = suppliers.get(supplierId) ?? []
        seen.push({ supplierId, quantity, placedOn: placed, leadDays: Math.max(0, dayOfDate(firstCameOn) - placed) })
        suppliers.set(supplierId, seen.length < 2 * MOST_OF_SUPPLIER ? seen : newest(seen))
      }
  return [...suppliers.values()].flatMap(newest)
}

const newest = (seen: readonly LeadTimeSeen[]): LeadTimeSeen[] =>
  seen.toSorted((a, b) => b.placedOn - a.placedOn).slice(0, MOST_OF_SUPPLIER)

/** In the order of the places. */
export async function readPurchaseOrders(
  state: StateStore,
  merchantId: string,
  places: readonly ReorderPlace[],
): Promise<PurchaseOrders[]> {
  const refs = places.map(({ storeId, productId }) => ({
    table: purchaseOrders.name,
    key: stockKey(merchantId, storeId, productId),
  }))
  return (await state.getMany(refs)).map((row) => (row ?? NO_ORDERS) as PurchaseOrders)
}
