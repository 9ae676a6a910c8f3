import { COUNTED, type Counted } from '#core/metrics/counted.ts'
import { type Derived, projection } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'
import { BOOKED } from './booked.ts'
import { type FirstSeen, isEarlier, seenAt, uncount } from './first-seen.ts'

/** A person, by token, at one store: when the first trade with them was. */
export type KnownCustomer = { readonly first: FirstSeen | undefined }

export const customers = projection<KnownCustomer>({
  name: 'customers',
  version: 1,
  of: [BOOKED],
  key: (e) => (e.data.customer === undefined ? undefined : rowKey(e.merchantId, e.storeId, e.data.customer)),
  empty: { first: undefined },
  fold: (row, e) => (isEarlier(e, row.first) ? { first: seenAt(e) } : row),
  derives: ({ first }, _after, e) => {
    if (!isEarlier(e, first)) return undefined
    const counted: Derived = { type: COUNTED, data: { sums: { newCustomers: 1 } } satisfies Counted }
    return first === undefined ? [counted] : [counted, uncount('newCustomers', first)]
  },
})
