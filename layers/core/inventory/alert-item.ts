import { alertRank } from '#core/api/alert-rank.ts'
import type { AlertItem } from '#core/api/alerts.ts'
import { descendingTime, rowKey } from '#core/row-key.ts'
import type { Alert } from './alerts.ts'
import { daysOfCover } from './days-of-cover.ts'
import type { Thresholds } from './stock-alert.ts'
import type { Stock } from './stock-level.ts'
import { unitsPerDay } from './velocity.ts'

/** Where an alert stands in a list, as text that sorts: most severe first, then newest; those that are over by their end. */
export const alertPlace = (row: Alert): string =>
  row.resolvedAt === undefined
    ? rowKey(String(alertRank(row)), descendingTime(row.openedAt), row.storeId, row.productId)
    : rowKey(descendingTime(row.resolvedAt), row.storeId, row.alertId)

/** What else is known of an alert's product and store. */
export type AlertSurroundings = {
  readonly title: string | undefined
  readonly category?: string | undefined
  readonly storeName: string | undefined
  readonly stock: Pick<Stock, 'onHand' | 'velocity'> | undefined
  /** Those of its product, as they are decided now. */
  readonly thresholds?: Thresholds | undefined
  /** Name of the person who acknowledged it. */
  readonly who?: string | undefined
}

/** An alert row as people read it. */
export function alertItemOf(row: Alert, around: AlertSurroundings): AlertItem {
  const { title, category, storeName, stock, who, thresholds } = around
  const now =
    row.resolvedAt !== undefined || stock === undefined
      ? null
      : { onHand: stock.onHand, unitsPerDay: unitsPerDay(stock.velocity) }
  return {
    id: row.alertId,
    storeId: row.storeId,
    storeName: storeName ?? null,
    productId: row.productId,
    title: title ?? null,
    category: category ?? null,
    kind: row.kind,
    severity: row.severity,
    state: row.resolvedAt !== undefined ? 'resolved' : row.acknowledgedAt !== undefined ? 'acknowledged' : 'open',
    text: alertText(row, title ?? row.productId, now ?? row.figures),
    openedAt: timeText(row.openedAt),
    changedAt: timeText(row.changedAt),
    acknowledgedAt: row.acknowledgedAt === undefined ? null : timeText(row.acknowledgedAt),
    acknowledgedBy: row.acknowledgedBy ?? null,
    acknowledgedByName: who ?? null,
    resolvedAt: row.resolvedAt === undefined ? null : timeText(row.resolvedAt),
    figures: row.figures,
    now,
    ...coverOf(row, thresholds),
  }
}

function coverOf(row: Alert, thresholds: Thresholds | undefined): Pick<AlertItem, 'belowDays' | 'easesAtDays'> {
  if (row.kind !== 'LOW_STOCK' || thresholds === undefined) return { belowDays: null, easesAtDays: null }
  const belowDays = row.severity === 'CRITICAL' ? thresholds.criticalDays : thresholds.warningDays
  return { belowDays, easesAtDays: belowDays * (1 + thresholds.hysteresis) }
}

const timeText = (ms: number): string => new Date(ms).toISOString()

type Figures = NonNullable<AlertItem['now']>

/** What happened, why, and what to do. */
export function alertText({ kind, resolvedAt }: Alert, name: string, { onHand, unitsPerDay: rate }: Figures): string {
  const pace = rate === 0 ? '' : `, about ${rounded(rate)} sold a day`
  // Over may be worse: another kind of alert closes this one.
  if (resolvedAt !== undefined) return `${name} is no longer ${WORDS[kind]}: ${levelText(onHand)}${pace}.`
  switch (kind) {
    case 'LOW_STOCK':
      return `${name} lasts ${lasting(daysOfCover(onHand, rate) ?? 0)}: ${onHand} left${pace}. Reorder now.`
    case 'OUT_OF_STOCK':
      return `${name} is sold out${pace}. Reorder it, or take it off sale.`
    case 'OVERSOLD':
      return `${name} is oversold by ${-onHand}: more was sold than is known to be there. Count the shelf, or restock ${-onHand}.`
  }
}

const WORDS: Readonly<Record<Alert['kind'], string>> = {
  LOW_STOCK: 'low',
  OUT_OF_STOCK: 'sold out',
  OVERSOLD: 'oversold',
}

function levelText(onHand: number): string {
  if (onHand > 0) return `${onHand} there`
  return onHand === 0 ? 'sold out' : `oversold by ${-onHand}`
}

const lasting = (days: number): string =>
  days < 1 ? about(String(Math.max(1, Math.round(days * 24))), 'hour') : about(rounded(days), 'day')
const about = (count: string, unit: string): string => `about ${count} more ${unit}${count === '1' ? '' : 's'}`
const rounded = (n: number): string => (n >= 10 ? String(Math.round(n)) : n.toFixed(1).replace(/\.0$/, ''))
