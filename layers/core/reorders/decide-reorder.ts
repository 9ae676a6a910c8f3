/** What a person decides of a proposal: it is ordered, put off, or dismissed. */
import type { PurchaseOrderPlaced } from '#core/events/purchase-order-placed.ts'
import { addDays, dayOfDate } from '#core/metrics/business-time.ts'
import { type Outcome, ok, wrong } from '#core/outcome.ts'
import { stateOn } from './after-morning.ts'
import type { ReorderDecision, ReorderRow } from './reorder-row.ts'

export type Deciding = Pick<ReorderDecision, 'by' | 'at' | 'on'>
const MOST_SNOOZED_DAYS = 90

export const isOpen = (row: ReorderRow, today: string): boolean => ['open', 'snoozed'].includes(stateOn(row, today))

/** `quantity`: absent: as proposed. */
export function accepted(row: ReorderRow, deciding: Deciding, quantity = row.quantity): ReorderRow {
  return decided(row, 'accepted', { ...deciding, quantity, purchaseOrderId: `reorder-${row.id}` })
}

export function snoozed(row: ReorderRow, deciding: Deciding, until: string, reason: string): Outcome<ReorderRow> {
  const days = daysBetween(deciding.on, until)
  if (days === undefined) return wrong('until', 'is no day of the calendar')
  if (days < 1) return wrong('until', `is not after today, ${deciding.on}`)
  if (days > MOST_SNOOZED_DAYS) return wrong('until', `is more than ${MOST_SNOOZED_DAYS} days from today`)
  return ok(decided(row, 'snoozed', { ...deciding, until, reason }))
}

export const dismissed = (row: ReorderRow, deciding: Deciding, reason: string): ReorderRow =>
  decided(row, 'dismissed', { ...deciding, reason })

/** The event of one that was accepted. It is as long on its way as was reckoned, from the day on which it is ordered. */
export function orderOf(row: ReorderRow): PurchaseOrderPlaced {
  const { supplierId, productId, unitCostMinor, currency, orderOn, arrivesOn, decision } = row
  const leadDays = dayOfDate(arrivesOn) - dayOfDate(orderOn)
  return {
    purchaseOrderId: decision!.purchaseOrderId!,
    supplierId,
    productId,
    quantity: decision!.quantity!,
    ...(unitCostMinor !== undefined && { unitCostMinor, currency }),
    expectedOn: addDays(decision!.on, leadDays),
  }
}

const decided = (row: ReorderRow, state: ReorderRow['state'], decision: ReorderDecision): ReorderRow => ({
  ...row,
  state,
  version: row.version + 1,
  decision,
})

function daysBetween(from: string, to: string): number | undefined {
  try {
    return dayOfDate(to) - dayOfDate(from)
  } catch {
    return undefined
  }
}
