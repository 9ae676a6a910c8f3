/** What the rest of the program asks of the reorder policy, which knows neither rows nor SQL. `models/reorders` implements it. */
import type { ArithmeticLine, NoReorderReason, ProductClass, ServiceLevels } from './arithmetic-line.ts'

/** A date as a number: days since 1970-01-01. */
export type LocalDay = number

/** Units a day. `quantiles`: those of 10, 20 ... 90 %, ascending. */
export interface DayForecast {
  readonly mean: number
  readonly quantiles: ArrayLike<number>
}

export interface OrderTerms {
  readonly packSize?: number | undefined
  readonly minOrder?: number | undefined
  /** Units of the product that the store has room for. */
  readonly capacityUnits?: number | undefined
}

/** An order that has come, at least in part: days are business dates of the store. */
export interface LeadTimeSeen {
  readonly supplierId: string
  readonly placedOn: LocalDay
  readonly quantity: number
  /** To its first delivery, 0 or more. */
  readonly leadDays: number
}

export interface InboundOrder {
  readonly placedOn: LocalDay
  /** Still to come, units. */
  readonly outstanding: number
}

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
  /** Units that are expected to be wanted of it before the first day of the forecast. */
  readonly wantedToday?: number | undefined
  readonly inbound: readonly InboundOrder[]
  /** Of demand, not of sales; from tomorrow on. */
  readonly forecast?: readonly DayForecast[] | undefined
  readonly shelfLifeDays?: number | undefined
  /** Minor units of the one currency of the run. */
  readonly unitCostMinor?: number | undefined
  readonly unitPriceMinor?: number | undefined
  /** Its proposal was put off, dismissed or ordered, and stands: it is classed among the others, and none of a budget goes to it. */
  readonly isDecided?: true | undefined
}

/** What of a question is not asked about, since it needs no arithmetic. */
export function reasonNotToAsk({
  onHand,
  supplierId,
  forecast,
}: Pick<ReorderQuestion, 'onHand' | 'supplierId' | 'forecast'>): NoReorderReason | undefined {
  if (onHand === undefined) return 'stock-unknown'
  if (supplierId === undefined) return 'no-supplier'
  return forecast === undefined || forecast.length === 0 ? 'no-forecast' : undefined
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

/** What a product of a store sold of late, by which it is classed among those of its currency. */
export interface LateSales {
  readonly currency: string
  readonly revenueMinor: number
  /** The same weeks for all. */
  readonly weeklyUnits: readonly number[]
}

/** Of a past forecast of a week: actual less mean, units by day, NaN where nothing is known; `scale`: usual units a day, above 0. */
export interface ForecastErrors {
  readonly errors: readonly number[]
  readonly scale: number
}

/** All that proposals of one morning are made of. Plain data, so that any thread can make them. */
export interface ReorderTask {
  readonly today: LocalDay
  readonly questions: readonly (Omit<ReorderQuestion, 'productClass'> & { readonly sales: LateSales })[]
  readonly leadTimes: readonly LeadTimeSeen[]
  readonly errors: readonly ForecastErrors[]
  readonly serviceLevels: ServiceLevels
  readonly reviewDays: number
  readonly cycleDays: number
  readonly budgetMinor?: number | undefined
}

export interface ReorderPolicy {
  /** In the order of the questions. The same task has the same answers. */
  propose(task: ReorderTask): Promise<readonly ReorderAnswer[]>
}
