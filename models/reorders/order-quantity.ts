/** How many to order, of what is needed and what is possible. */
import type { ArithmeticLine, NoReorderReason } from '#core/reorders/arithmetic-line.ts'
import type { OrderTerms } from '#core/reorders/reorder-policy.ts'
import type { ReorderLevels } from './reorder-levels.ts'

export interface OrderQuantity {
  /** 0 where there is a reason for none. */
  readonly quantity: number
  /** The least that can be ordered, in whole packs. */
  readonly least: number
  readonly pack: number
  readonly reason?: NoReorderReason
  readonly lines: readonly ArithmeticLine[]
}

/** @param onHand units on the shelf, 0 or more. @param inbound units on their way. */
export function orderQuantity(
  levels: ReorderLevels,
  onHand: number,
  inbound: number,
  { packSize = 1, minOrder = 0, capacityUnits }: OrderTerms,
): OrderQuantity {
  const position = onHand + inbound
  const lines: ArithmeticLine[] = [units('inbound', inbound)]
  const least = packSize * Math.max(1, Math.ceil(minOrder / packSize))
  const none = (reason: NoReorderReason): OrderQuantity => ({ quantity: 0, least, pack: packSize, reason, lines })
  if (!(levels.demandOverProtection > 0)) return none('no-demand')
  // What is lost for good is lost whatever is ordered; it counts in whole units, so that rounding never orders less.
  const lost = Math.floor(levels.lostBeforeArrival)
  const needed = levels.orderUpTo - position - lost
  if (lost > 0) lines.push(units('lost-before-arrival', lost))
  if (position >= levels.reorderPoint || needed <= 0) return none('enough')
  lines.push(units('needed', needed))
  if (minOrder > 0) lines.push(units('minimum-order', minOrder))
  if (packSize > 1) lines.push(units('pack-size', packSize))
  let quantity = Math.max(least, packSize * Math.ceil(needed / packSize))
  const atMost = (what: 'room' | 'sold-in-time', most: number): boolean => {
    lines.push(units(what, most))
    quantity = Math.min(quantity, packSize * Math.floor(most / packSize))
    return quantity >= least
  }
  if (capacityUnits !== undefined) {
    const left = Math.max(0, position - levels.demandOverLead)
    if (!atMost('room', Math.max(0, Math.floor(capacityUnits - left)))) return none('no-room')
  }
  if (levels.soldInTime !== undefined)
    if (!atMost('sold-in-time', Math.max(0, levels.soldInTime - position))) return none('would-spoil')
  return { quantity, least, pack: packSize, lines }
}

const units = (what: ArithmeticLine['what'], value: number): ArithmeticLine => ({ what, value, unit: 'units' })
