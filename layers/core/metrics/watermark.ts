import { SIMULATOR } from '#core/events/simulator-source.ts'
import { MINUTE_MS } from '#core/metrics/business-time.ts'
import { type Folded, projection } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'
import { TRADE_TYPES } from '#core/trade/trade-types.ts'

/** A window is final when the watermark has passed its end: this far behind the newest event. */
export const WATERMARK_DELAY_MS = 5 * MINUTE_MS

/** The newest time of a merchant's events in a shard, never ahead of the door's clock (epoch ms; 0: none yet). */
export type Watermark = { readonly newestAt: number }
export const watermark = projection<Watermark>({
  name: 'watermarks',
  version: 1,
  of: TRADE_TYPES,
  key: watermarkKey,
  empty: { newestAt: 0 },
  fold: (row, e) => {
    const at = Math.min(e.at, e.receivedAt)
    return at > row.newestAt ? { newestAt: at } : row
  },
})
export function watermarkKey(e: Folded): string {
  return rowKey(e.merchantId, String(e.shard))
}

/** The shard's last tick, epoch ms; 0: none yet. */
export type Tick = { readonly at: number }
export const tick = projection<Tick>({
  name: 'ticks',
  version: 1,
  of: ['time.passed'],
  key: tickKey,
  empty: { at: 0 },
  fold: (row, e) => (e.at > row.at ? { at: e.at } : row),
})
export function tickKey(e: Folded): string {
  return String(e.shard)
}

/**
 * History that is brought in afterwards is as late as it is old; only the order within it tells what is late. What the
 * simulator sells is taken for history always: it may be, and its events do not say.
 */
export const isBackfill = (source: string): boolean => source.startsWith('import:') || source === SIMULATOR

/**
 * Whether an event comes after its minute was final: time, or a newer event of its merchant in its shard, had moved the
 * watermark past the minute's end.
 */
export function isLate(e: Folded, { newestAt }: Watermark, { at: tickAt }: Tick): boolean {
  const newest = isBackfill(e.source) ? newestAt : Math.max(newestAt, tickAt)
  const endOfMinute = (Math.floor(e.at / MINUTE_MS) + 1) * MINUTE_MS
  return endOfMinute <= newest - WATERMARK_DELAY_MS
}
