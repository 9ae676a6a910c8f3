/** Rows of proposals as whoever asks may see them. */
import { maySeeStore } from '#core/access/may-see.ts'
import type { ReorderItem, ReordersAnswer } from '#core/api/reorders.ts'
import { businessDateOf } from '#core/metrics/business-time.ts'
import type { StateStore, Viewer } from '#core/ports.ts'
import { stateOn } from '#core/reorders/after-morning.ts'
import {
  type MorningRow,
  REORDER_MORNINGS,
  REORDER_PLACES,
  REORDERS,
  type ReorderPlace,
  type ReorderRow,
} from '#core/reorders/reorder-row.ts'
import { rowKey } from '#core/row-key.ts'
import { settingOf } from '#core/settings/settings.ts'
import { readListedStores, readProducts, readSettings } from './read-catalogue.ts'
import { reorderKey } from './reorder-rows.ts'
import { rowsUnder } from './rows-under.ts'

/** Of one store, or of all that the viewer may see: 5,000 at most are open at once. */
export async function readReorders(
  state: StateStore,
  { merchantId, stores }: Viewer,
  store: string | undefined,
): Promise<ReorderRow[]> {
  const found: ReorderRow[] = []
  const asked = store === undefined ? (stores ?? [undefined]) : [store]
  for (const one of asked) {
    const parts = one === undefined ? [merchantId] : [merchantId, one]
    for await (const page of rowsUnder<ReorderRow>(state, REORDERS, ...parts)) found.push(...page.map(({ row }) => row))
  }
  return found
}

/** Undefined: there is none of that id that the viewer may see. */
export async function findReorder(state: StateStore, viewer: Viewer, id: string): Promise<ReorderRow | undefined> {
  const { merchantId } = viewer
  const place = (await state.get(REORDER_PLACES, rowKey(merchantId, id))) as ReorderPlace | undefined
  if (place === undefined || !maySeeStore(viewer, merchantId, place.storeId)) return undefined
  return (await state.get(REORDERS, reorderKey(merchantId, place))) as ReorderRow | undefined
}

export async function readMorning(state: StateStore, merchantId: string): Promise<ReordersAnswer['morning']> {
  const row = (await state.get(REORDER_MORNINGS, merchantId)) as MorningRow | undefined
  if (row === undefined) return null
  return { at: new Date(row.at).toISOString(), madeOn: row.madeOn, forecastsOf: row.forecastsOf }
}

/** The merchant's date. */
export async function todayOf(state: StateStore, merchantId: string, nowMs: number): Promise<string> {
  return businessDateOf(nowMs, settingOf('timeZone', await readSettings(state, merchantId)))
}

/** What is ordered where somebody has ordered it, else what is proposed. */
export const unitsOf = ({ quantity, decision }: ReorderRow): number => decision?.quantity ?? quantity

/** Of these units, in minor units; null: nobody has said what one costs. */
export const costOf = (row: ReorderRow): number | null =>
  row.unitCostMinor === undefined ? null : unitsOf(row) * row.unitCostMinor

/** With the names that stores and products have now. */
export async function reorderItems(
  state: StateStore,
  merchantId: string,
  rows: readonly ReorderRow[],
  today: string,
): Promise<ReorderItem[]> {
  const storeIds = rows.map(({ storeId }) => storeId)
  const productIds = rows.map(({ productId }) => productId)
  const [stores, products] = [
    await readListedStores(state, merchantId, storeIds),
    await readProducts(state, merchantId, productIds),
  ]
  return rows.map((row) => {
    const { lines: _l, substitutes: _s, decision, unitCostMinor = null, costMinor: _c, ...about } = row
    return {
      ...about,
      unitCostMinor,
      costMinor: costOf(row),
      state: stateOn(row, today),
      storeName: stores.get(row.storeId)?.name ?? null,
      title: products.get(row.productId)?.title ?? null,
      decision:
        decision === undefined
          ? null
          : {
              by: decision.by,
              at: new Date(decision.at).toISOString(),
              reason: decision.reason ?? null,
              until: decision.until ?? null,
              quantity: decision.quantity ?? null,
              purchaseOrderId: decision.purchaseOrderId ?? null,
            },
    }
  })
}
