import { alertRank } from '#core/api/alert-rank.ts'
import type { AlertItem, AlertsAnswer } from '#core/api/alerts.ts'
import { counted, formatNumber } from '../format/format-number.ts'

export type AlertCounts = {
  /** '3 critical', '2 warnings', '1 acknowledged'; '' where there is none. */
  readonly critical: string
  readonly warnings: string
  readonly acknowledged: string
  /** Open and not acknowledged; '50+' where the engine has more than it sent. */
  readonly waiting: string
  /** When the one opened that has waited longest, epoch ms; null: none waits. */
  readonly waitingSinceMs: number | null
}

export type AlertList = AlertCounts & {
  /** What needs a person first: not acknowledged, worst, newest. */
  readonly shown: readonly AlertItem[]
  /** How many more there are here. */
  readonly more: number
}

/** `most`: how many are shown. */
export function prepareAlerts(answer: AlertsAnswer, most: number, locale?: string): AlertList {
  const sorted = answer.items.filter(({ state }) => state !== 'resolved').sort(byUrgency)
  return {
    ...countAlerts(answer, locale),
    shown: sorted.slice(0, most),
    more: Math.max(0, sorted.length - most),
  }
}

export function countAlerts({ items, next }: AlertsAnswer, locale?: string): AlertCounts {
  const waiting = items.filter(({ state }) => state === 'open')
  const critical = waiting.filter(({ severity }) => severity === 'CRITICAL').length
  const acknowledged = items.filter(({ state }) => state === 'acknowledged').length
  const said = (count: number, one: string, many: string) => (count === 0 ? '' : counted(count, one, many, locale))
  const since = waiting.reduce<string | null>((a, { openedAt }) => (a !== null && a < openedAt ? a : openedAt), null)
  return {
    critical: said(critical, 'critical', 'critical'),
    warnings: said(waiting.length - critical, 'warning', 'warnings'),
    acknowledged: said(acknowledged, 'acknowledged', 'acknowledged'),
    waiting: `${formatNumber(waiting.length, {}, locale)}${next === null ? '' : '+'}`,
    waitingSinceMs: since === null ? null : Date.parse(since),
  }
}

/** '3 critical, 2 warnings, 1 acknowledged'. */
export const countsOf = ({ critical, warnings, acknowledged }: AlertCounts): string =>
  [critical, warnings, acknowledged].filter((part) => part !== '').join(', ')

/** As much of an alert as may be hidden with all its words still to be read. */
const WORDLESS_PX = 10

/** How many alerts, by their lower edges, go on below the edge of what is seen. */
export const countBelow = (lowerEdges: readonly number[], edge: number): number =>
  lowerEdges.filter((lower) => lower > edge + WORDLESS_PX).length

const byUrgency = (a: AlertItem, b: AlertItem): number =>
  Number(a.state !== 'open') - Number(b.state !== 'open') ||
  alertRank(a) - alertRank(b) ||
  // Both in UTC and as long: their order is the order of time.
  (a.openedAt < b.openedAt ? 1 : a.openedAt > b.openedAt ? -1 : a.id < b.id ? -1 : 1)
