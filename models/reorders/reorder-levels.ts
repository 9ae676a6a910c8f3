/** Where to order and up to where, from futures of demand and lead time drawn together. */
import type { InboundOrder } from '#core/reorders/reorder-policy.ts'
import type { DayDemand } from './day-demand.ts'
import { type Chances, demandPaths } from './demand-draws.ts'
import { daysLeftAt, type LeadTime, leadDaysAt } from './lead-times.ts'

export interface ReorderCase {
  /** Units that can be sold now, 0 or more. */
  readonly onHand: number
  /** An order that is under way and when it was placed, in days before today. */
  readonly inbound: readonly { readonly outstanding: InboundOrder['outstanding']; readonly ageDays: number }[]
  /** From tomorrow on, as many days as the chances have. */
  readonly ahead: readonly DayDemand[]
  readonly lead: LeadTime
  readonly serviceLevel: number
  /** Days until one can order again. */
  readonly reviewDays: number
  /** Days that an order is to last beyond that. */
  readonly cycleDays: number
  /** Days for which it can be sold once it is here. */
  readonly shelfLifeDays?: number | undefined
}

/** Units, not rounded but for the two levels. */
export interface ReorderLevels {
  /** The position (on hand and on its way) below which waiting for the next review is too long. */
  readonly reorderPoint: number
  readonly orderUpTo: number
  /** Expected until an order of today arrives, and over that time and the review. */
  readonly demandOverLead: number
  readonly demandOverProtection: number
  /** Of the demand until an order of today arrives, what is expected to find nothing: no order replaces it. */
  readonly lostBeforeArrival: number
  /** Chance that the shelf is empty before an order of today arrives, whether one is placed or not. */
  readonly stockoutChance: number
  readonly leadDaysMean: number
  /** Of each future, units wanted over its lead time and the review, ascending. Float64[draws]. */
  readonly protection: Float64Array
  /** Units that are sold by the end of an order's shelf life in nine futures of ten; absent where that is further off than the chances. */
  readonly soldInTime?: number
}

/** Futures in which goods may go off: what is ordered is sold in time in all others. */
const SPOILT_SHARE = 0.1
/** Units: sums of a future's days are not exact. */
const ROUNDING = 1e-6

/** Futures in which demand is looked at up to the end of the chances' days: what takes longer is cut there. */
export function reorderLevels(asked: ReorderCase, chances: Chances): ReorderLevels {
  const { draws, horizon, lead: leadShares } = chances
  const { lead, serviceLevel, reviewDays, cycleDays, shelfLifeDays } = asked
  const longest = lead.days.at(-1)!
  const spoils = shelfLifeDays !== undefined && longest + shelfLifeDays <= horizon ? shelfLifeDays : undefined
  const needed = Math.min(horizon, longest + Math.max(reviewDays + cycleDays, spoils ?? 0))
  const paths = demandPaths(asked.ahead, chances, needed)
  const protection = new Float64Array(draws)
  const cycle = new Float64Array(draws)
  const inTime = new Float64Array(draws)
  let [overLead, overProtection, lost, emptied, leadDays] = [0, 0, 0, 0, 0]
  for (let draw = 0; draw < draws; draw++) {
    const days = Math.min(leadDaysAt(lead, leadShares[draw]!), horizon - reviewDays - cycleDays)
    const path = paths.subarray(draw * horizon, (draw + 1) * horizon)
    protection[draw] = path[days + reviewDays - 1]!
    cycle[draw] = path[days + reviewDays + cycleDays - 1]!
    inTime[draw] = path[days + (spoils ?? 0) - 1]!
    overLead += path[days - 1]!
    overProtection += path[days + reviewDays - 1]!
    leadDays += days
    const missed = lostWithin(asked, path, days, leadShares[draw]!)
    if (missed <= ROUNDING) continue
    lost += missed
    emptied++
  }
  return {
    reorderPoint: Math.ceil(at(protection.sort(), serviceLevel) - ROUNDING),
    orderUpTo: Math.ceil(at(cycle.sort(), serviceLevel) - ROUNDING),
    demandOverLead: overLead / draws,
    demandOverProtection: overProtection / draws,
    lostBeforeArrival: lost / draws,
    stockoutChance: emptied / draws,
    leadDaysMean: leadDays / draws,
    protection,
    ...(spoils !== undefined && { soldInTime: Math.floor(at(inTime.sort(), SPOILT_SHARE) + ROUNDING) }),
  }
}

/**
 * Units that `days` of demand want and do not find. Orders of one supplier are as early or late as each other in a draw: that
 * an order is late says something of the next one.
 */
function lostWithin({ onHand, inbound, lead }: ReorderCase, path: Float64Array, days: number, share: number): number {
  const arrivals = inbound.map(({ outstanding, ageDays }) => ({ on: daysLeftAt(lead, ageDays, share), outstanding }))
  let stock = onHand
  let lost = 0
  for (let day = 0, before = 0; day < days; day++) {
    for (const { on, outstanding } of arrivals) if (on === day) stock += outstanding
    const wanted = path[day]! - before
    before = path[day]!
    const sold = Math.min(Math.max(0, stock), wanted)
    stock -= sold
    lost += wanted - sold
  }
  return lost
}

/** The least of `sorted` that so large a share does not exceed. */
const at = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1))]!
