import type { StockItem } from '#core/api/stock.ts'
import type { ProductListing } from '#core/catalogue/listings.ts'
import { businessDateOf } from '#core/metrics/business-time.ts'
import { currentItemOf } from './current-sums.ts'
import { daysOfCover, stockOutRisk } from './days-of-cover.ts'
import { inboundOf } from './purchase-orders.ts'
import type { Stock } from './stock-level.ts'
import { advanceVelocity, FLAT_RHYTHM, unitsPerDay } from './velocity.ts'

/** The horizon of `stockOutRisk`, in days. */
export const RISK_HORIZON_DAYS = 3

/** A stock row as people read it now, by the days of the store's zone: what has not sold since its last event has slowed down. */
export function stockItemOf(
  row: Stock,
  storeId: string,
  productId: string,
  listing: ProductListing | undefined,
  zone: string,
  nowMs: number,
): StockItem {
  const isThere = row.onHand > 0 || !row.tracked
  const rate = unitsPerDay(advanceVelocity(row.velocity, nowMs, isThere, FLAT_RHYTHM))
  const { alert } = row
  return {
    storeId,
    productId,
    title: listing?.title ?? null,
    category: listing?.category ?? null,
    onHand: row.onHand,
    available: Math.max(0, row.onHand),
    tracked: row.tracked,
    inbound: inboundOf(row.waiting ?? [], businessDateOf(nowMs, zone)),
    unitsPerDay: rate,
    daysOfCover: daysOfCover(row.onHand, rate),
    stockOutRisk: stockOutRisk(row.onHand, rate, RISK_HORIZON_DAYS),
    alert: alert === undefined ? null : { id: alert.id, kind: alert.kind, severity: alert.severity },
    priceMinor: row.priceMinor ?? null,
    currency: row.currency ?? null,
    movedAt: timeText(row.movedAt),
    countedAt: timeText(row.countedAt),
    ...currentItemOf(row, zone, nowMs),
  }
}

const timeText = (ms: number): string | null => (ms === 0 ? null : new Date(ms).toISOString())
