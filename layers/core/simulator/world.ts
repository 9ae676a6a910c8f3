/**
 * A chain of stores as plain data: it can be stored between two steps and taken up again (`structuredClone` is the same
 * world). Steps change it in place, so that a step costs what happens in it and not what the world holds.
 */
import type { Draft } from '#core/events/envelope.ts'
import type { AliasTable } from './alias-table.ts'
import type { EventQueue } from './event-queue.ts'
import type { TimeWriter } from './local-time.ts'
import type { Random } from './random.ts'
import type { SimulatorOptions } from './simulator-options.ts'
import type { Truth } from './truth.ts'
import type { Region, Weather } from './weather.ts'

export const CURRENCY = 'INR'

export type Store = {
  readonly id: string
  readonly name: string
  readonly city?: string
  readonly region: Region
  readonly sizeSqft: number
  /** Place in STORE_PROFILES. */
  readonly profile: number
  /** Arrivals on a mean day at the natural rate. */
  readonly arrivalsPerDay: number
}

export type Product = {
  readonly id: string
  readonly title: string
  /** Place in CATEGORIES. */
  readonly category: number
  readonly subCategory: string
  readonly brand: string
  readonly supplier: number
  readonly basePriceMinor: number
  readonly unitCostMinor: number
  readonly elasticity: number
  /** Share of the chain's demand; all add up to 1. */
  readonly popularity: number
  /** Place of a product that goes with it; -1: none. */
  readonly companion: number
}

export type Supplier = {
  readonly id: string
  readonly promisedDays: number
  readonly lateShare: number
  readonly meanLateDays: number
  readonly shortShare: number
}

/** What stores of one profile carry, and what of it is wanted today. */
export type Assortment = {
  /** Place in it -> product. */
  readonly products: Int32Array
  /** Product -> place in it, -1 where it is not carried. */
  readonly slotOf: Int32Array
  /** Units by place that one arrival on a mean day buys. */
  readonly unitsPerArrival: Float64Array
  /** Sum of the weights on a mean day. */
  readonly baseWeight: number
  readonly today: AliasTable
  /** Today's weights over those of a mean day. */
  todayRatio: number
  readonly priceMinor: Float64Array
}

export type Campaign = {
  readonly id: string
  readonly products: readonly number[]
  readonly endsOn: number
  readonly discount: number
  readonly uplift: number
  readonly clickShares: readonly [a: number, b: number]
  /** Since money was last spent on it, by variant. */
  readonly shown: [a: number, b: number]
  readonly clicked: [a: number, b: number]
}

/** Something out of the ordinary that goes on. `until`: epoch ms. */
export type Anomaly =
  | { readonly what: 'demand-spike'; readonly product: number; readonly until: number; readonly size: number }
  | { readonly what: 'store-outage'; readonly store: number; readonly until: number }
  | { readonly what: 'bad-batch'; readonly product: number; readonly until: number; readonly size: number }

export type Session = {
  readonly kind: 'session'
  readonly store: number
  readonly id: string
  /** -1: nobody knows who it is. */
  readonly customer: number
  readonly channel: 'web' | 'app'
  stage: 'view' | 'click' | 'cart' | 'remove' | 'checkout'
  viewsLeft: number
  slot: number
  readonly slots: number[]
  readonly quantities: number[]
}
export type Refund = {
  readonly kind: 'refund' | 'cancellation'
  readonly store: number
  readonly slot: number
  readonly orderId: string
  readonly quantity: number
  readonly paidMinor: number
  readonly customer: number
}
export type Delivery = {
  readonly kind: 'delivery'
  readonly store: number
  readonly slot: number
  readonly purchaseOrderId: string
  readonly ordered: number
  readonly delivers: number
}
/** What is to happen at a time of its own. `hour`: the plan of the next hour is made. */
export type Task = Session | Refund | Delivery | { readonly kind: 'hour' }

/** Customers by number. */
export type Customers = {
  /** How much more often than others each buys, 0 to 1. */
  readonly weights: number[]
  /** Chance that each leaves after a purchase. */
  readonly leaveShares: number[]
  readonly orders: number[]
  /** Place among the active ones of the home store; -1: has left. */
  readonly places: number[]
  /** By store: its active customers. */
  readonly active: number[][]
}

export type World = {
  readonly options: SimulatorOptions
  readonly startMs: number
  /** Begins all ids: another seed, start or size is another story. */
  readonly key: string
  readonly stores: readonly Store[]
  readonly products: readonly Product[]
  readonly suppliers: readonly Supplier[]
  /** By store profile. */
  readonly assortments: readonly Assortment[]
  /** Natural arrivals are multiplied by it, so that the asked rate comes out; today's may differ. */
  readonly scale: number
  /** Mean of season and holidays over the year from the start, by category. */
  readonly yearMeans: readonly number[]

  /** A store's pairs of store and product are `firstPair[store] + slot`. */
  readonly firstPair: Int32Array
  readonly onHand: Float64Array
  readonly onOrder: Float64Array
  readonly wantedToday: Float64Array
  readonly soldToday: Float64Array
  /** Pairs that were wanted today. */
  pairsToday: number[]

  /** Epoch ms up to which everything has happened. */
  nowMs: number
  day: number
  readonly queue: EventQueue<Task>
  /** Epoch ms; Infinity while every store is closed. */
  nextArrivalAt: number
  /** Arrivals a millisecond, summed up over the stores, in this hour. */
  readonly arrivalsUpTo: Float64Array
  readonly storeFactors: Float64Array
  todayScale: number
  readonly counts: { documents: number; orders: number; sessions: number; purchaseOrders: number; campaigns: number }
  readonly writer: TimeWriter

  /** Regular price over base price, by product. */
  readonly priceRatios: Float64Array
  /** Share off in a campaign, and its uplift, by product. */
  readonly discounts: Float64Array
  readonly uplifts: Float64Array
  /** What the price makes of demand, by product. */
  readonly priceEffects: Float64Array
  readonly categoryFactors: Float64Array
  readonly customers: Customers
  campaigns: Campaign[]
  anomalies: Anomaly[]
  readonly weather: Weather
}

/** A document for our own door, `POST /collect`. */
export type SimulatedDocument = Draft & { readonly id: string; readonly occurredAt: string }

/** One step under way. */
export type Run = {
  readonly world: World
  readonly random: Random
  readonly documents: SimulatedDocument[]
  readonly truth: Truth[]
}
