/** Open alerts in the order in which people read them: most severe first, then newest. */
import { alertRank } from '#core/api/alert-rank.ts'
import { alertPlace } from '#core/inventory/alert-item.ts'
import { type Alert, openAlerts } from '#core/inventory/alerts.ts'
import { type RankedAlert, rankedAlerts } from '#core/inventory/ranked-alerts.ts'
import type { StateStore, Viewer } from '#core/ports.ts'
import { compareKeys, rowKey, under } from '#core/row-key.ts'
import { restOf } from '#runtime/query-parameters.ts'
import type { Placed } from '#runtime/read-newest.ts'

type Which = {
  readonly store: string | undefined
  /** The place behind which they begin. */
  readonly after: string | undefined
  readonly limit: number
  /** Of this rank alone (`alertRank`). */
  readonly rank?: number | undefined
}

/** The first open alerts behind a place: of all stores as they are ranked, of some from their own rows. */
export async function openAlertsAfter(
  state: StateStore,
  { merchantId, stores }: Viewer,
  { store, after, limit, rank }: Which,
): Promise<Placed<Alert>[]> {
  const some = store === undefined ? stores : [store]
  const rows =
    some === undefined
      ? await ranked(state, merchantId, { after, limit, rank })
      : await ofStores(state, merchantId, some, rank)
  return rows
    .map((row): Placed<Alert> => ({ place: alertPlace(row), row }))
    .filter(({ place }) => after === undefined || compareKeys(place, after) > 0)
    .sort((a, b) => compareKeys(a.place, b.place))
    .slice(0, limit)
}

async function ranked(
  state: StateStore,
  merchantId: string,
  { after, limit, rank }: Omit<Which, 'store'>,
): Promise<Alert[]> {
  const all = rank === undefined ? under(merchantId) : under(merchantId, String(rank))
  const range = restOf(all, after === undefined ? undefined : rowKey(merchantId, after))
  const places = await state.query({ table: rankedAlerts.name, range, limit })
  const rows = await state.getMany(
    places.map(({ row }) => {
      const { storeId, productId } = row as RankedAlert
      return { table: openAlerts.name, key: rowKey(merchantId, storeId, productId) }
    }),
  )
  return rows.filter((row) => row !== undefined) as Alert[]
}

async function ofStores(
  state: StateStore,
  merchantId: string,
  storeIds: readonly string[],
  rank: number | undefined,
): Promise<Alert[]> {
  const pages = await Promise.all(
    [...new Set(storeIds)].map((id) => state.query({ table: openAlerts.name, range: under(merchantId, id) })),
  )
  return pages
    .flat()
    .map(({ row }) => row as Alert)
    .filter((row) => rank === undefined || alertRank(row) === rank)
}
