import type { AlertAcknowledged } from '#core/events/alert-acknowledged.ts'
import { DAY_MS } from '#core/metrics/business-time.ts'
import { isBackfill } from '#core/metrics/watermark.ts'
import { type Derived, type Folded, projection, type Told } from '#core/projection.ts'
import { descendingTime, rowKey } from '#core/row-key.ts'
import type { AlertKind, Severity } from './stock-alert.ts'

/** Derived from stock: an alert opens, changes its severity, or is over. */
export const ALERT_OPENED = 'alert.opened'
export const ALERT_CHANGED = 'alert.changed'
export const ALERT_RESOLVED = 'alert.resolved'

export type AlertFigures = {
  /** Units on hand after and before the event, and units sold a day. */
  readonly onHand: number
  readonly before: number
  readonly unitsPerDay: number
}
export type AlertFact = {
  readonly alertId: string
  readonly productId: string
  readonly kind: AlertKind
  readonly severity: Severity
  /** Epoch ms of the event that opened it. */
  readonly openedAt: number
  readonly figures: AlertFigures
  /** Id of the event that opened, changed or resolved it. */
  readonly becauseOf: string
}

export type Alert = AlertFact & {
  readonly storeId: string
  readonly changedAt: number
  readonly acknowledgedAt?: number
  readonly acknowledgedBy?: string
  readonly resolvedAt?: number
}
const NO_ALERT = {} as Alert

const openAlertKey = (e: Folded): string => rowKey(e.merchantId, e.storeId, e.data.productId)

/** Alerts that are open now: at most one for each product and store. */
export const openAlerts = projection<Alert>({
  name: 'open-alerts',
  version: 1,
  of: [ALERT_OPENED, ALERT_CHANGED, ALERT_RESOLVED, 'alert.acknowledged'],
  key: openAlertKey,
  empty: NO_ALERT,
  fold: (row, e) => {
    if (e.type === 'alert.acknowledged') return acknowledged(row, e)
    if (e.type === ALERT_RESOLVED) return row.alertId === e.data.alertId ? undefined : row
    const fact = e.data as AlertFact
    return { ...(row.alertId === fact.alertId ? row : {}), ...fact, storeId: e.storeId, changedAt: e.at }
  },
  derives: (before, after, e) => {
    const moves = movesOf(before, after)
    if (e.type !== ALERT_RESOLVED || before.alertId !== e.data.alertId) return moves
    const closed = { ...before, ...(e.data as AlertFact), changedAt: e.at, resolvedAt: e.at }
    return [...moves, { type: ALERT_CLOSED, data: closed }]
  },
  tells: (before, after, e) => (after === before ? undefined : tellings(before, after, e)),
})

/** Derived: an alert has a place in the list of open ones, or has it no more. */
export const ALERT_RANKED = 'alert.ranked'
export type AlertRanked = { readonly alert: Alert; readonly isGone: boolean }

/** Its place follows from which alert it is, how severe and since when. */
function movesOf(before: Alert, after: Alert | undefined): Derived[] {
  if (before.alertId === after?.alertId && before.severity === after?.severity) return []
  const move = (alert: Alert, isGone: boolean): Derived => ({
    type: ALERT_RANKED,
    data: { alert, isGone } satisfies AlertRanked,
  })
  return [
    ...(before.alertId === undefined ? [] : [move(before, true)]),
    ...(after?.alertId === undefined ? [] : [move(after, false)]),
  ]
}

function acknowledged(row: Alert, e: Folded): Alert {
  const { alertId, acknowledgedBy } = e.data as AlertAcknowledged
  if (row.alertId !== alertId || row.acknowledgedAt !== undefined) return row
  return { ...row, acknowledgedAt: e.at, acknowledgedBy, changedAt: e.at }
}

function tellings(before: Alert, after: Alert | undefined, e: Folded): Told[] {
  const shown = after ?? { ...before, ...e.data, changedAt: e.at, resolvedAt: e.at }
  const told: Told[] = [{ channel: 'live', topic: 'alert', subject: shown.alertId, data: shown }]
  // People outside hear once of each alert, when it opens or gets worse; of what history would have said, never.
  const worse = e.type === ALERT_OPENED || (e.type === ALERT_CHANGED && shown.severity === 'CRITICAL')
  if (worse && !isBackfill(e.source))
    told.push({ channel: 'notice', topic: 'alert', subject: shown.alertId, data: shown })
  return told
}

const ALERT_CLOSED = 'alert.closed'
export const KEEP_ALERTS_MS = 400 * DAY_MS

/** Alerts that are over, newest first. */
export const closedAlerts = projection<Alert>({
  name: 'closed-alerts',
  version: 1,
  of: [ALERT_CLOSED],
  key: (e) => rowKey(e.merchantId, e.storeId, descendingTime(e.at), e.data.alertId),
  empty: NO_ALERT,
  fold: (_row, e) => e.data as Alert,
  expiresAt: (row) => row.changedAt + KEEP_ALERTS_MS,
})
