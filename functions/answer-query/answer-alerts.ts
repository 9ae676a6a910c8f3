import type { AlertsAnswer } from '#core/api/alerts.ts'
import { MAX_AHEAD_MS } from '#core/events/decode-event.ts'
import { type Alert, closedAlerts, KEEP_ALERTS_MS } from '#core/inventory/alerts.ts'
import type { Viewer } from '#core/ports.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import { listWindow } from '#runtime/list-window.ts'
import type { Ports } from '#runtime/ports.ts'
import { cursorIn, cursorOf, limitIn, refuse, storeIn } from '#runtime/query-parameters.ts'
import { readAlertItems } from '#runtime/read-alerts.ts'
import { readVisibleStores } from '#runtime/read-catalogue.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { type Newest, type Placed, readNewest } from '#runtime/read-newest.ts'
import { openAlertsAfter } from './open-alerts-after.ts'

const STATES = ['open', 'resolved'] as const

/** Open alerts, acknowledged ones among them, most severe first, then newest; or those that are over, newest first. */
export async function answerAlerts({ log, state, clock }: Ports, request: HttpRequest): Promise<AlertsAnswer> {
  const viewer = viewerIn(request)
  const { merchantId } = viewer
  const store = storeIn(request)
  const { state: asked = 'open' } = request.query
  if (!STATES.includes(asked as 'open')) throw refuse('state', `must be one of ${STATES.join(', ')}`)
  const nowMs = clock.now()
  const limit = limitIn(request)
  const after = cursorIn(request)
  const fresh = await freshnessAt({ log, state }, nowMs)
  const kept = { fromMs: nowMs - KEEP_ALERTS_MS, toMs: nowMs }
  // A shop's clock may be a little ahead.
  const span = { ...kept, toMs: nowMs + MAX_AHEAD_MS + 1 }
  const rows =
    asked === 'open'
      ? await openAlertsAfter(state, viewer, { store, after, limit: limit + 1 })
      : await closedAlertsAfter(state, viewer, { store, span, after, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  return {
    ...fresh,
    window: asked === 'open' ? null : await listWindow(state, viewer, kept, store),
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
  { store, ...asked }: { readonly store: string | undefined } & Pick<Newest, 'span' | 'after' | 'limit'>,
): Promise<Placed<Alert>[]> {
  const { merchantId } = viewer
  const storeIds = store === undefined ? [...(await readVisibleStores(state, viewer)).keys()] : [store]
  return readNewest<Alert>(state, { table: closedAlerts.name, merchantId, storeIds, ...asked })
}
