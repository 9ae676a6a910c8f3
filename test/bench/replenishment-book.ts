/** What a shop under one policy knows: each series' sales, when its shelf was empty, its stock and its orders. No truth. */

import type { LeadTimeSeen } from '#core/reorders/reorder-policy.ts'
import { withoutStockouts } from '../../models/demand/uncensored-panel.ts'
import { DAYS, PAST_DAYS, type Shop, type ShopSeries } from './replenishment-shop.ts'

export interface Order {
  readonly placedOn: number
  readonly arrivesOn: number
  readonly ordered: number
  readonly delivers: number
}

export interface SeriesBook {
  readonly series: ShopSeries
  /** Units sold by day, Float64[DAYS], and the share of the day on which the shelf was empty. Zeros from today on. */
  readonly sold: Float64Array
  readonly empty: Float64Array
  onHand: number
  inbound: Order[]
}

export interface ShopBook {
  readonly shop: Shop
  readonly series: readonly SeriesBook[]
  /** Days of the shop: 0 is the first of the past. */
  readonly leadTimes: LeadTimeSeen[]
}

/** The past was without stock-outs, for every policy alike. Each series begins with a month of stock. */
export function openBook(shop: Shop): ShopBook {
  const series = shop.series.map((one): SeriesBook => {
    const sold = new Float64Array(DAYS)
    sold.set(one.wanted.subarray(0, PAST_DAYS))
    const month = sold.subarray(PAST_DAYS - 28, PAST_DAYS).reduce((sum, units) => sum + units, 0)
    return { series: one, sold, empty: new Float64Array(DAYS), onHand: Math.max(one.packSize, month), inbound: [] }
  })
  return { shop, series, leadTimes: [] }
}

/** Units on the shelf and on their way. */
export const positionOf = ({ onHand, inbound }: SeriesBook): number =>
  onHand + inbound.reduce((sum, { ordered }) => sum + ordered, 0)

/**
 * Demand as far as it is known on the evening of `day`: `days` days up to it, corrected for empty shelves, NaN where the shelf
 * was empty all day.
 */
export function demandSeen({ series, sold, empty }: SeriesBook, day: number, days: number): Float64Array {
  // The correction goes by the 28 days before.
  const from = Math.max(0, day + 1 - days - 28)
  const units = sold.subarray(from, day + 1)
  const { product, store } = series
  const one = { id: '', product, store, categories: [], units, stockout: empty.subarray(from, day + 1) }
  return withoutStockouts({ firstDay: 0, days: units.length, series: [one] }).series[0]!.units.subarray(-days)
}
