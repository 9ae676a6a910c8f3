import { maySeeStore } from '#core/access/may-see.ts'
import { alertPlaces } from '#core/inventory/alert-places.ts'
import { type Alert, openAlerts } from '#core/inventory/alerts.ts'
import type { RankedAlert } from '#core/inventory/ranked-alerts.ts'
import type { StateStore, Viewer } from '#core/ports.ts'
import { rowKey } from '#core/row-key.ts'

/** Open alerts by their ids, of those that the viewer may see; the others are absent. */
export async function findOpenAlerts(
  state: StateStore,
  viewer: Viewer,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Alert>> {
  const { merchantId } = viewer
  const places = await state.getMany(ids.map((id) => ({ table: alertPlaces.name, key: rowKey(merchantId, id) })))
  const refs = (places as (RankedAlert | undefined)[]).flatMap((place) =>
    place === undefined ? [] : [{ table: openAlerts.name, key: rowKey(merchantId, place.storeId, place.productId) }],
  )
  const rows = (await state.getMany(refs)) as (Alert | undefined)[]
  const seen = rows.filter((row) => row !== undefined && maySeeStore(viewer, merchantId, row.storeId)) as Alert[]
  return new Map(seen.map((row) => [row.alertId, row]))
}
