import type { PriceChanged } from '#core/events/price-changed.ts'
import { type Folded, projection } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'

/** What a product cost where and since when, newest first; a shard keeps its own. */
export type PriceHistory = { readonly moves: readonly PriceMove[] }
export type PriceMove = {
  /** Epoch ms since when it has been the price. */
  readonly at: number
  readonly storeId: string
  readonly priceMinor: number
  readonly currency: string
}
export const PRICE_MOVES = 50

export const priceHistory = projection<PriceHistory>({
  name: 'price-history',
  version: 1,
  of: ['price.changed'],
  key: (e) => rowKey(e.merchantId, e.data.productId, String(e.shard)),
  empty: { moves: [] },
  fold: (row, e) => {
    const move = moveOf(e)
    const place = row.moves.findIndex(({ at }) => at <= e.at)
    const before = place < 0 ? [] : row.moves.slice(place)
    const until = before.find(({ storeId }) => storeId === move.storeId)
    // A source that says the same price again moves nothing.
    if (until?.priceMinor === move.priceMinor && until.currency === move.currency) return row
    const after = place < 0 ? row.moves : row.moves.slice(0, place)
    return after.length >= PRICE_MOVES ? row : { moves: [...after, move, ...before].slice(0, PRICE_MOVES) }
  },
})

function moveOf({ at, storeId, data }: Folded): PriceMove {
  const { priceMinor, currency } = data as PriceChanged
  return { at, storeId, priceMinor, currency }
}
