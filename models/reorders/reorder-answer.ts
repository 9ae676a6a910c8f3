/** What is asked of each product in each store, by which rules, and what is answered. */
import type { ArithmeticLine, NoReorderReason } from './arithmetic.ts'
import type { DayForecast } from './day-demand.ts'
import type { LeadTimeModel } from './lead-times.ts'
import type { LocalDay } from './local-day.ts'
import type { OrderTerms } from './order-quantity.ts'
import type { InboundOrder } from './orders-seen.ts'
import type { ProductClass, ServiceLevels } from './product-classes.ts'

/** What is known of one product in one store; what is absent is not known. */
export interface ReorderQuestion extends OrderTerms {
  readonly productId: string
  readonly storeId: string
  readonly category?: string | undefined
  readonly subCategory?: string | undefined
  readonly productClass: ProductClass
  readonly supplierId?: string | undefined
  readonly promisedDays?: number | undefined
  /** Units; below 0 (an oversell) counts as 0. */
  readonly onHand?: number | undefined
  readonly inbound: readonly Pick<InboundOrder, 'outstanding' | 'placedOn'>[]
  /** Of demand, not of sales; from tomorrow on. */
  readonly forecast?: readonly DayForecast[] | undefined
  readonly shelfLifeDays?: number | undefined
  /** Minor units of the one currency of the run. */
  readonly unitCostMinor?: number | undefined
  readonly unitPriceMinor?: number | undefined
}

export interface ReorderRules {
  readonly today: LocalDay
  readonly serviceLevels: ServiceLevels
  readonly reviewDays: number
  readonly cycleDays: number
  /** See `dayDependence`. */
  readonly dependence: number
  readonly leadTimes: LeadTimeModel
  readonly seed: number
  readonly budgetMinor?: number | undefined
  readonly roomByStore?: ReadonlyMap<string, number> | undefined
}

interface Place {
  readonly productId: string
  readonly storeId: string
  readonly lines: readonly ArithmeticLine[]
}

export interface ReorderProposal extends Place {
  readonly kind: 'proposal'
  readonly supplierId: string
  readonly quantity: number
  readonly reorderPoint: number
  readonly orderUpTo: number
  readonly orderOn: LocalDay
  /** On average. */
  readonly arrivesOn: LocalDay
  /** Days that the shelf, the way and this order are expected to last; at most 90. */
  readonly coverDays: number
  /** That the shelf is empty before this order arrives. */
  readonly stockoutChance: number
  readonly costMinor?: number
  readonly substitutes: readonly string[]
}

export interface NoReorder extends Place {
  readonly kind: 'none'
  readonly reason: NoReorderReason
  /** When its stock is expected to fall below the reorder point, where it is enough for now. */
  readonly orderOn?: LocalDay
}

export type ReorderAnswer = ReorderProposal | NoReorder
