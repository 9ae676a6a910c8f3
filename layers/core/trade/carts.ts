import { DAY_MS, MINUTE_MS } from '#core/metrics/business-time.ts'
import { COUNTED, type Counted } from '#core/metrics/counted.ts'
import type { CountName } from '#core/metrics/measure-names.ts'
import { type Derived, projection } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'
import { type FirstSeen, isEarlier, seenAt } from './first-seen.ts'

/** A cart that is not an order this long after it was opened counts as abandoned. */
export const ABANDONED_AFTER_MS = 30 * MINUTE_MS
const KEEP_MS = 30 * DAY_MS

/** A cart counts at the time it was opened, and so does its purchase: abandoned = followed - bought, once time is up. */
export type Cart = {
  readonly opened: FirstSeen | undefined
  readonly bought: boolean
  readonly touchedAt: number
}

export const carts = projection<Cart>({
  name: 'carts',
  version: 2,
  of: ['cart.changed', 'checkout.completed'],
  key: (e) => (e.data.cartId === undefined ? undefined : rowKey(e.merchantId, e.storeId, e.data.cartId)),
  empty: { opened: undefined, bought: false, touchedAt: 0 },
  fold: (row, e) => ({
    opened: isEarlier(e, row.opened) ? seenAt(e) : row.opened,
    bought: row.bought || e.type === 'checkout.completed',
    touchedAt: Math.max(row.touchedAt, e.receivedAt),
  }),
  derives: ({ opened, bought }, after, e) => {
    if (isEarlier(e, opened)) {
      const opens = countAt(after!.opened!, 1, after!.bought ? OPENED_AND_BOUGHT : OPENED)
      return opened === undefined ? [opens] : [opens, countAt(opened, -1, bought ? OPENED_AND_BOUGHT : OPENED)]
    }
    return after!.bought && !bought ? [countAt(after!.opened!, 1, BOUGHT)] : undefined
  },
  expiresAt: (row) => row.touchedAt + KEEP_MS,
})

/** A cart with an id can be followed: only such a one can be seen to be bought or left. */
const OPENED = ['carts', 'followedCarts'] as const
const BOUGHT = ['cartsBought'] as const
const OPENED_AND_BOUGHT = [...OPENED, ...BOUGHT] as const

function countAt({ at, businessDate }: FirstSeen, by: 1 | -1, measures: readonly CountName[]): Derived {
  const sums = Object.fromEntries(measures.map((measure) => [measure, by]))
  return { type: COUNTED, data: { sums } satisfies Counted, at, businessDate }
}
