/** Rows of proposals, and of the reasons for none. */
import { dateOfDay } from '#core/metrics/business-time.ts'
import type { ArithmeticLine, NoReorderReason } from './arithmetic-line.ts'
import type { NoReorder, ReorderProposal } from './reorder-policy.ts'

/** Key: merchant, store, product. At most one of each: the open one, or what was decided last. */
export const REORDERS = 'reorders'
/** Where a proposal is. Key: merchant, its id. */
export const REORDER_PLACES = 'reorder-places'
export type ReorderPlace = { readonly storeId: string; readonly productId: string }
/** Why nothing is proposed. Key: merchant, product, store. */
export const REORDER_REASONS = 'reorder-reasons'
/** What the newest proposals were made of. Key: merchant. */
export const REORDER_MORNINGS = 'reorder-mornings'

export const REORDER_STATES = ['open', 'snoozed', 'accepted', 'dismissed'] as const
export type ReorderState = (typeof REORDER_STATES)[number]

/** What the policy proposes. Days are dates of the merchant's zone; money is in minor units of `currency`. */
export type ReorderFigures = {
  readonly supplierId: string
  readonly quantity: number
  readonly reorderPoint: number
  readonly orderUpTo: number
  readonly orderOn: string
  readonly arrivesOn: string
  readonly coverDays: number
  readonly stockoutChance: number
  readonly currency: string
  readonly unitCostMinor?: number
  readonly costMinor?: number
  readonly substitutes: readonly string[]
  readonly lines: readonly ArithmeticLine[]
}

export type ReorderDecision = {
  /** Whose it was, by the id of their account. */
  readonly by: string
  /** Epoch ms. */
  readonly at: number
  /** The merchant's date. */
  readonly on: string
  readonly reason?: string
  /** Of one that was snoozed: the day on which it is open again. */
  readonly until?: string
  /** Of one that was accepted: what was ordered. */
  readonly quantity?: number
  readonly purchaseOrderId?: string
}

export type ReorderRow = ReorderPlace &
  ReorderFigures & {
    readonly id: string
    /** Counts changes: whoever decides has seen the last one. */
    readonly version: number
    readonly state: ReorderState
    /** When it was first proposed, and by which morning's figures it stands. */
    readonly openedOn: string
    readonly madeOn: string
    readonly decision?: ReorderDecision
  }

export type ReasonRow = ReorderPlace & {
  readonly reason: NoReorderReason
  /** When its stock is expected to fall below the reorder point, where it is enough for now. */
  readonly orderOn?: string
  readonly lines: readonly ArithmeticLine[]
}

export type MorningRow = {
  /** Epoch ms. */
  readonly at: number
  /** The merchant's date. */
  readonly madeOn: string
  /** The first day of the forecasts. */
  readonly forecastsOf: string
  readonly proposals: number
  /** Products of stores for which there is none. */
  readonly reasons: Readonly<Partial<Record<NoReorderReason, number>>>
}

export type Money = { readonly currency: string; readonly unitCostMinor?: number | undefined }

/** The policy leaves out what an order costs where it may not spend in that currency. */
export function figuresOf(proposal: ReorderProposal, { currency, unitCostMinor }: Money): ReorderFigures {
  const { kind: _, storeId: _s, productId: _p, orderOn, arrivesOn, costMinor: _c, ...figures } = proposal
  return {
    ...figures,
    orderOn: dateOfDay(orderOn),
    arrivesOn: dateOfDay(arrivesOn),
    currency,
    ...(unitCostMinor !== undefined && { unitCostMinor, costMinor: unitCostMinor * proposal.quantity }),
  }
}

export function reasonOf({ storeId, productId, reason, orderOn, lines }: NoReorder): ReasonRow {
  return { storeId, productId, reason, lines, ...(orderOn !== undefined && { orderOn: dateOfDay(orderOn) }) }
}
