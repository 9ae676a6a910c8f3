import type { AlertsAnswer } from '#core/api/alerts.ts'
import { alertItemOf } from '#core/inventory/alert-item.ts'
import { type Alert, closedAlerts, openAlerts } from '#core/inventory/alerts.ts'
import { under } from '#core/row-key.ts'
import { HttpError, type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { readProducts } from '#runtime/read-catalogue.ts'
import { readLag } from '#runtime/read-lag.ts'
import { cursorIn, cursorOf, limitIn, restOf } from './query-parameters.ts'

const STATES = ['open', 'resolved'] as const

/** Open alerts, acknowledged ones among them, or those that are over. */
export async function answerAlerts({ log, state, clock }: Ports, request: HttpRequest): Promise<AlertsAnswer> {
  const { merchantId } = viewerIn(request)
  const { store, state: asked = 'open' } = request.query
  if (!STATES.includes(asked as 'open')) throw new HttpError(422, `\`state\` must be one of ${STATES.join(', ')}`)
  const nowMs = clock.now()
  const limit = limitIn(request, 100)
  const range = store === undefined ? under(merchantId) : under(merchantId, store)
  const rows = await state.query({
    table: asked === 'open' ? openAlerts.name : closedAlerts.name,
    range: restOf(range, cursorIn(request)),
    limit: limit + 1,
  })
  const shown = rows.slice(0, limit)
  const titles = await readProducts(
    state,
    merchantId,
    shown.map(({ row }) => (row as Alert).productId),
  )
  return {
    asOf: new Date(nowMs).toISOString(),
    lagMs: await readLag(log, state, nowMs),
    items: shown.map(({ row }) => alertItemOf(row as Alert, titles.get((row as Alert).productId)?.title)),
    next: rows.length > limit ? cursorOf(shown.at(-1)!.key) : null,
  }
}
