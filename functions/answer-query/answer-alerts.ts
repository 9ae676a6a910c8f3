import type { AlertsAnswer } from '#core/api/alerts.ts'
import { alertPlace } from '#core/inventory/alert-item.ts'
import { type Alert, closedAlerts, openAlerts } from '#core/inventory/alerts.ts'
import { type KeyRange, under } from '#core/row-key.ts'
import { HttpError, type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { cursorIn, cursorOf, limitIn, nameIn } from '#runtime/query-parameters.ts'
import { readAlertItems } from '#runtime/read-alerts.ts'
import { readLag } from '#runtime/read-lag.ts'

const STATES = ['open', 'resolved'] as const

/** Open alerts, acknowledged ones among them, most severe first, then newest; or those that are over, newest first. */
export async function answerAlerts({ log, state, clock }: Ports, request: HttpRequest): Promise<AlertsAnswer> {
  const { merchantId } = viewerIn(request)
  const store = nameIn(request, 'store')
  const { state: asked = 'open' } = request.query
  if (!STATES.includes(asked as 'open')) throw new HttpError(422, `\`state\` must be one of ${STATES.join(', ')}`)
  const nowMs = clock.now()
  const limit = limitIn(request, 100)
  const after = cursorIn(request) ?? ''
  const table = asked === 'open' ? openAlerts.name : closedAlerts.name
  const range = store === undefined ? under(merchantId) : under(merchantId, store)
  const rows = await alertsAfter(state, table, range, after, limit + 1)
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

type Placed = { readonly place: string; readonly row: Alert }
const ROWS_AT_ONCE = 1000

/** The first alerts behind a place. Rows lie by store, so all are read; no more than are asked for are kept. */
async function alertsAfter(
  state: Ports['state'],
  table: string,
  { from, to }: KeyRange,
  after: string,
  limit: number,
): Promise<Placed[]> {
  let first: Placed[] = []
  let start = from
  for (;;) {
    const rows = await state.query({ table, range: { from: start, to }, limit: ROWS_AT_ONCE })
    const placed = rows.map(({ row }): Placed => ({ place: alertPlace(row as Alert), row: row as Alert }))
    const behind = placed.filter(({ place }) => place > after)
    first = [...first, ...behind].sort((a, b) => (a.place < b.place ? -1 : 1)).slice(0, limit)
    if (rows.length < ROWS_AT_ONCE) return first
    start = `${rows.at(-1)!.key}\u0000`
  }
}
