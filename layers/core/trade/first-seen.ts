import { COUNTED, type Counted } from '#core/metrics/counted.ts'
import type { Derived, Folded } from '#core/projection.ts'

/** The earliest event of a thing that is counted once: an order, a customer. */
export type FirstSeen = { readonly at: number; readonly businessDate: string }

/** Whether the event is the earliest so far; then the thing counts at its time. */
export const isEarlier = (e: Folded, first: FirstSeen | undefined): boolean => first === undefined || e.at < first.at

export const seenAt = (e: Folded): FirstSeen => ({ at: e.at, businessDate: e.businessDate })

/** The thing had been counted at a later time: it is taken from there, so that sums do not depend on the order of events. */
export function uncount(measure: string, first: FirstSeen): Derived {
  const data: Counted = { sums: { [measure]: -1 } }
  return { type: COUNTED, data, at: first.at, businessDate: first.businessDate }
}
