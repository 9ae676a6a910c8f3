import type { AlertsAnswer } from '#core/api/alerts.ts'
import { alertPlace } from '#core/inventory/alert-item.ts'
import { type Alert, closedAlerts, openAlerts } from '#core/inventory/alerts.ts'
import type { Viewer } from '#core/ports.ts'
import { type KeyRange, under } from '#core/row-key.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { readAlertItems } from '#runtime/read-alerts.ts'
import { readVisibleStores } from '#runtime/read-catalogue.ts'
import { readLag } from '#runtime/read-lag.ts'
import { type Placed, readNewest } from '#runtime/read-newest.ts'
import { cursorIn, cursorOf, limitIn, refuse, storeIn } from './query-parameters.ts'

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
      ? await openAlertsAfter(state, viewer, store, after ?? '', limit + 1)
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

const ROWS_AT_ONCE = 1000

/** The first open alerts behind a place. Rows lie by store, so all are read; no more than are asked for are kept. */
async function openAlertsAfter(
  state: Ports['state'],
  viewer: Viewer,
  store: string | undefined,
  after: string,
  limit: number,
): Promise<Placed<Alert>[]> {
  let first: Placed<Alert>[] = []
  for (const { from, to } of openRanges(viewer, store)) {
    let start: string | undefined = from
    while (start !== undefined) {
      const rows = await state.query({ table: openAlerts.name, range: { from: start, to }, limit: ROWS_AT_ONCE })
      const placed = rows.map(({ row }): Placed<Alert> => ({ place: alertPlace(row as Alert), row: row as Alert }))
      const behind = placed.filter(({ place }) => place > after)
      first = [...first, ...behind].sort((a, b) => (a.place < b.place ? -1 : 1)).slice(0, limit)
      start = rows.length < ROWS_AT_ONCE ? undefined : `${rows.at(-1)!.key}\u0000`
    }
  }
  return first
}

function openRanges({ merchantId, stores }: Viewer, store: string | undefined): KeyRange[] {
  if (store !== undefined) return [under(merchantId, store)]
  return stores === undefined ? [under(merchantId)] : stores.map((id) => under(merchantId, id))
}
