import { type Folded, projection } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'
import { BOOKED, type Booked } from './booked.ts'

/** What happened to a product lately, newest first by arrival; a shard keeps its own few. */
export type RecentOfProduct = { readonly events: readonly RecentEvent[] }
export type RecentEvent = {
  readonly id: string
  /** Epoch ms. */
  readonly at: number
  readonly storeId: string
  readonly type: string
  readonly quantity?: number
  readonly amountMinor?: number
  readonly currency?: string
  /** Why it happened: a reason of ours, and the source's own words. */
  readonly reason?: string
  readonly note?: string
}
export const RECENT_EVENTS = 12

export const recentOfProduct = projection<RecentOfProduct>({
  name: 'recent-of-product',
  version: 3,
  of: [BOOKED, 'stock.received', 'stock.adjusted', 'stock.counted', 'price.changed'],
  key: (e) => (e.data.productId === undefined ? undefined : rowKey(e.merchantId, e.data.productId, String(e.shard))),
  empty: { events: [] },
  fold: ({ events }, e) => ({ events: [recentEvent(e), ...events.slice(0, RECENT_EVENTS - 1)] }),
})

function recentEvent(e: Folded): RecentEvent {
  const common = { id: e.id, at: e.at, storeId: e.storeId }
  switch (e.type) {
    case BOOKED: {
      const { kind, quantity, amountMinor, currency, reason, note } = e.data as Booked
      const event: RecentEvent = { ...common, type: kind, quantity, amountMinor, currency }
      if (reason === undefined) return event
      return note === undefined ? { ...event, reason } : { ...event, reason, note }
    }
    case 'stock.counted':
      return withReason({ ...common, type: e.type, quantity: e.data.level }, e)
    case 'price.changed':
      return { ...common, type: e.type, amountMinor: e.data.priceMinor, currency: e.data.currency }
    default:
      return withReason({ ...common, type: e.type, quantity: e.data.quantity }, e)
  }
}

const withReason = (event: RecentEvent, { data: { reason } }: Folded): RecentEvent =>
  reason === undefined ? event : { ...event, reason }
