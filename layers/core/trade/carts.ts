import type { CartChanged } from '#core/events/cart-changed.ts'
import { DAY_MS, MINUTE_MS } from '#core/metrics/business-time.ts'
import { COUNTED, type Counted } from '#core/metrics/counted.ts'
import { type Derived, projection } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'
import { type FirstSeen, isEarlier, seenAt, uncount } from './first-seen.ts'

/** A cart that is not an order this long after it was opened counts as abandoned. */
export const ABANDONED_AFTER_MS = 30 * MINUTE_MS
const KEEP_MS = 30 * DAY_MS

/** A cart counts at the time it was opened, and so does its purchase: abandoned = opened - bought, once time is up. */
export type Cart = {
  readonly opened: FirstSeen | undefined
  readonly bought: boolean
  readonly products: Readonly<Record<string, number>>
  readonly touchedAt: number
}

export const carts = projection<Cart>({
  name: 'carts',
  version: 1,
  of: ['cart.changed', 'checkout.completed'],
  key: (e) => (e.data.cartId === undefined ? undefined : rowKey(e.merchantId, e.storeId, e.data.cartId)),
  empty: { opened: undefined, bought: false, products: {}, touchedAt: 0 },
  fold: (row, e) => ({
    opened: isEarlier(e, row.opened) ? seenAt(e) : row.opened,
    bought: row.bought || e.type === 'checkout.completed',
    products: e.type === 'cart.changed' ? withProduct(row.products, e.data) : row.products,
    touchedAt: Math.max(row.touchedAt, e.receivedAt),
  }),
  derives: (before, after, e) => {
    const facts: Derived[] = []
    const moves = isEarlier(e, before.opened)
    const measures = [
      ...(moves ? ['carts'] : []),
      ...(after!.bought && (moves || !before.bought) ? ['cartsBought'] : []),
    ]
    for (const measure of measures) facts.push(countAt(measure, after!.opened!))
    if (moves && before.opened !== undefined) {
      facts.push(uncount('carts', before.opened))
      if (before.bought) facts.push(uncount('cartsBought', before.opened))
    }
    return facts
  },
  expiresAt: (row) => row.touchedAt + KEEP_MS,
})

function countAt(measure: string, { at, businessDate }: FirstSeen): Derived {
  return { type: COUNTED, data: { sums: { [measure]: 1 } } satisfies Counted, at, businessDate }
}

function withProduct(products: Cart['products'], { productId, quantity }: CartChanged): Cart['products'] {
  const { [productId]: _, ...others } = products
  return quantity === 0 ? others : { ...others, [productId]: quantity }
}
