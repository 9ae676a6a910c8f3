import type { AlertsAnswer } from '#core/api/alerts.ts'
import { alertPlace } from '#core/inventory/alert-item.ts'
import { type Alert, closedAlerts, openAlerts } from '#core/inventory/alerts.ts'
import { type RankedAlert, rankedAlerts } from '#core/inventory/ranked-alerts.ts'
import type { Viewer } from '#core/ports.ts'
import { compareKeys, rowKey, under } from '#core/row-key.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { cursorIn, cursorOf, limitIn, refuse, restOf, storeIn } from '#runtime/query-parameters.ts'
import { readAlertItems } from '#runtime/read-alerts.ts'
import { readVisibleStores } from '#runtime/read-catalogue.ts'
import { readLag } from '#runtime/read-lag.ts'
import { type Placed, readNewest } from '#runtime/read-newest.ts'

const STATES = ['open', 'resolved'] as const

/** Open alerts, acknowledged ones among them, most severe first, then newest; or those that are over, newest first. */
export async function answerAlerts({ log, state, clock }: Ports, request: HttpRequest): Promise<AlertsAnswer> {
  const viewer = viewerIn(request)
  const { merchantId } = viewer
  const store = storeIn(request)
  const { state: asked = 'open' } = request.query
  if (!STATES.includes(asked as 'open')) throw refuse('state', `must be one of ${STATES.join(', ')}`)
  const nowMs = clock.now()
  const limit = limitIn(request, 100)
  const after = cursorIn(request)
  const rows =
    asked === 'open'
      ? await openAlertsAfter(state, viewer, store, after, limit + 1)
      : await closedAlertsAfter(state, viewer, store, after, limit + 1)
  const shown = rows.slice(0, limit)
  return {
    asOf: new Date(nowMs).toISOString(),
    lagMs: await readLag(log, state, nowMs),
    items: await readAlertItems(
      state,
      merchantId,
      shown.map(({ row }) => row),
    ),
    next: rows.length > limit ? cursorOf(shown.at(-1)!.place) : null,
  }
}

async function closedAlertsAfter(
  state: Ports['state'],
  viewer: Viewer,
  store: string | undefined,
  after: string | undefined,
  limit: number,
): Promise<Placed<Alert>[]> {
  const { merchantId } = viewer
  const storeIds = store === undefined ? [...(await readVisibleStores(state, viewer)).keys()] : [store]
  return readNewest<Alert>(state, { table: closedAlerts.name, merchantId, storeIds, after, limit })
}

/** The first open alerts behind a place: of all stores as they are ranked, of some from their own rows. */
async function openAlertsAfter(
  state: Ports['state'],
  { merchantId, stores }: Viewer,
  store: string | undefined,
  after: string | undefined,
  limit: number,
): Promise<Placed<Alert>[]> {
  const some = store === undefined ? stores : [store]
  const rows =
    some === undefined ? await ranked(state, merchantId, after, limit) : await ofStores(state, merchantId, some)
  return rows
    .map((row): Placed<Alert> => ({ place: alertPlace(row), row }))
    .filter(({ place }) => after === undefined || compareKeys(place, after) > 0)
    .sort((a, b) => compareKeys(a.place, b.place))
    .slice(0, limit)
}

async function ranked(
  state: Ports['state'],
  merchantId: string,
  after: string | undefined,
  limit: number,
): Promise<Alert[]> {
  const range = restOf(under(merchantId), after === undefined ? undefined : rowKey(merchantId, after))
  const places = await state.query({ table: rankedAlerts.name, range, limit })
  const rows = await state.getMany(
    places.map(({ row }) => {
      const { storeId, productId } = row as RankedAlert
      return { table: openAlerts.name, key: rowKey(merchantId, storeId, productId) }
    }),
  )
  return rows.filter((row) => row !== undefined) as Alert[]
}

async function ofStores(state: Ports['state'], merchantId: string, storeIds: readonly string[]): Promise<Alert[]> {
  const pages = await Promise.all(
    [...new Set(storeIds)].map((id) => state.query({ table: openAlerts.name, range: under(merchantId, id) })),
  )
  return pages.flat().map(({ row }) => row as Alert)
}
