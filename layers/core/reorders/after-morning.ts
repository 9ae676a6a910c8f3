/** What becomes of a product's proposal when a morning has made its figures anew. */
import { dayOfDate } from '#core/metrics/business-time.ts'
import type { ReorderFigures, ReorderPlace, ReorderRow, ReorderState } from './reorder-row.ts'

/** What was decided stays to be looked at for so long. */
const KEPT_DAYS = 35

/** A snoozed one is open again from its day on, whether a morning has come or not. */
export const stateOn = ({ state, decision }: ReorderRow, today: string): ReorderState =>
  state === 'snoozed' && decision!.until! <= today ? 'open' : state

export type Morning = {
  /** The merchant's date. */
  readonly today: string
  /** Whether the purchase order of an accepted one is known to whoever made the figures. */
  readonly isOrdered: (purchaseOrderId: string) => boolean
  /** An id that follows from the place, the date and the proposal before it. */
  readonly newId: (place: ReorderPlace, before: ReorderRow | undefined) => string
}

/**
 * The row after it: the very same object where nothing changed, undefined where there is none any more.
 * @param figures undefined: nothing is to be ordered.
 */
export function afterMorning(
  before: ReorderRow | undefined,
  place: ReorderPlace,
  figures: ReorderFigures | undefined,
  morning: Morning,
): ReorderRow | undefined {
  const { today, newId } = morning
  if (before !== undefined && staysDecided(before, morning)) return before
  const isOpen = before !== undefined && stateOn(before, today) === 'open'
  if (figures === undefined) {
    const isKept = before !== undefined && !isOpen && dayOfDate(today) - dayOfDate(before.decision!.on) < KEPT_DAYS
    return isKept ? before : undefined
  }
  if (!isOpen)
    return { ...place, ...figures, id: newId(place, before), version: 1, state: 'open', openedOn: today, madeOn: today }
  const { id, openedOn, version } = before
  // Whoever looks at it may decide all the same.
  if (before.state === 'open' && areSame(before, figures))
    return before.madeOn === today ? before : { ...before, madeOn: today }
  return { ...place, ...figures, id, version: version + 1, state: 'open', openedOn, madeOn: today }
}

/** Snoozed until its day; dismissed for the rest of the day; accepted today, and its order is not yet in the figures. */
export function staysDecided(before: ReorderRow, { today, isOrdered }: Pick<Morning, 'today' | 'isOrdered'>): boolean {
  const { decision } = before
  switch (stateOn(before, today)) {
    case 'open':
      return false
    case 'snoozed':
      return true
    case 'dismissed':
      return decision!.on === today
    case 'accepted':
      return decision!.on === today && !isOrdered(decision!.purchaseOrderId!)
  }
}

function areSame(before: ReorderRow, figures: ReorderFigures): boolean {
  return Object.entries(figures).every(
    ([name, value]) => JSON.stringify(before[name as keyof ReorderFigures]) === JSON.stringify(value),
  )
}
