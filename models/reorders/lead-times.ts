/**
 * How long a supplier will take, as a distribution: its usual time by a regression on what is ordered when, times how far its
 * orders were off that before. Times are compared by their logarithms, since a late order is late by weeks and never early by
 * as many.
 */
import type { LeadTimeSeen, LocalDay } from '#core/reorders/reorder-policy.ts'
import { weekdayOf } from './local-day.ts'
import { solveRidge } from './solve-ridge.ts'

/** An order that may be placed. */
export interface OrderAsked {
  readonly supplierId: string
  readonly placedOn: LocalDay
  readonly quantity: number
  /** What the supplier promises; it counts where nothing has come of it yet. */
  readonly promisedDays?: number
}

/** Whole days from order to delivery, ascending, at least 1, and the share of orders that take no longer. */
export interface LeadTime {
  readonly days: readonly number[]
  readonly upTo: readonly number[]
  /** Orders of this supplier that it was learnt from. */
  readonly orders: number
}

export interface LeadTimeModel {
  readonly predict: (order: OrderAsked) => LeadTime
}

/** Orders by which a supplier's own times and errors count as much as those of all suppliers. */
const PRIOR_ORDERS = 8
/** Of weekday, quantity and season, in squared deviations of one order each: few orders teach them nothing. */
const PENALTY = 20
/** What is assumed while no order has ever come: a week, and a deviation of its logarithm of 0.35, at even shares. */
const UNKNOWN_DAYS = 7
const UNKNOWN_RATIOS = [-1.64, -1.04, -0.67, -0.39, -0.13, 0.13, 0.39, 0.67, 1.04, 1.64].map((score) => 0.35 * score)
const YEAR_DAYS = 365.25
/** A long past is kept as so many errors. */
const SHARES = 100

/** `seen`: what had come by the day of the forecast, and nothing later. */
export function learnLeadTimes(seen: readonly LeadTimeSeen[]): LeadTimeModel {
  const suppliers = Map.groupBy(seen, ({ supplierId }) => supplierId)
  const all = seen.length === 0 ? Math.log(UNKNOWN_DAYS) : meanOf(seen.map(logOf))
  const usual = new Map<string, Usual>()
  for (const [supplierId, orders] of suppliers) {
    const logs = orders.map(logOf)
    const own = (sum(logs) + PRIOR_ORDERS * all) / (orders.length + PRIOR_ORDERS)
    usual.set(supplierId, { log: own, features: meanFeatures(orders), orders: orders.length })
  }
  const rows = seen.map((order) => centred(order, usual.get(order.supplierId)!.features))
  const residuals = seen.map((order) => logOf(order) - usual.get(order.supplierId)!.log)
  const weights = solveRidge(rows, residuals, PENALTY)
  const errors = residuals.map((residual, place) => residual - dot(rows[place]!, weights))
  const pooled = seen.length === 0 ? UNKNOWN_RATIOS : evenly(errors)
  const ownErrors = new Map(
    [...Map.groupBy(errors.keys(), (place) => seen[place]!.supplierId)].map(([supplierId, places]) => {
      const own = [...places].map((place) => errors[place]!)
      return [supplierId, own.length > SHARES ? evenly(own) : own]
    }),
  )

  return {
    predict: (order) => {
      const known = usual.get(order.supplierId)
      const promised = order.promisedDays === undefined ? all : Math.log(Math.max(1, order.promisedDays))
      const log = known ? known.log + dot(centred(order, known.features), weights) : promised
      return distribution(log, ownErrors.get(order.supplierId) ?? [], known?.orders ?? 0, pooled)
    },
  }
}

interface Usual {
  readonly log: number
  readonly features: readonly number[]
  readonly orders: number
}

/** Each own error counts 1, those of all suppliers together as many as `PRIOR_ORDERS`. */
function distribution(log: number, own: readonly number[], orders: number, pooled: readonly number[]): LeadTime {
  const weightOf = new Map<number, number>()
  const add = (error: number, weight: number) => {
    const days = Math.max(1, Math.round(Math.exp(log + error)))
    weightOf.set(days, (weightOf.get(days) ?? 0) + weight)
  }
  for (const error of own) add(error, orders / own.length)
  for (const error of pooled) add(error, PRIOR_ORDERS / pooled.length)
  const days = [...weightOf.keys()].sort((a, b) => a - b)
  const total = orders + PRIOR_ORDERS
  let before = 0
  const upTo = days.map((day) => (before += weightOf.get(day)! / total))
  upTo[upTo.length - 1] = 1
  return { days, upTo, orders }
}

/** Days within which a share (0 to 1) of such orders come. HOT. */
export function leadDaysAt({ days, upTo }: LeadTime, share: number): number {
  let place = 0
  while (upTo[place]! < share) place++
  return days[place]!
}

/** The same for an order that has been under way for `age` days and has not come: days from now. */
export function daysLeftAt(lead: LeadTime, age: number, share: number): number {
  let place = lead.days.findIndex((days) => days > age)
  if (place < 0) return 1
  const passed = place === 0 ? 0 : lead.upTo[place - 1]!
  while (lead.upTo[place]! < passed + share * (1 - passed) && place < lead.days.length - 1) place++
  return lead.days[place]! - age
}

const logOf = ({ leadDays }: LeadTimeSeen): number => Math.log(Math.max(1, leadDays))

/** Six weekdays beside Monday, the quantity's logarithm, the year's wave. */
function featuresOf({ placedOn, quantity }: Pick<OrderAsked, 'placedOn' | 'quantity'>): number[] {
  const weekday = weekdayOf(placedOn)
  const angle = (2 * Math.PI * placedOn) / YEAR_DAYS
  return [
    ...[1, 2, 3, 4, 5, 6].map((day) => Number(day === weekday)),
    ...[Math.log(Math.max(1, quantity)), Math.sin(angle), Math.cos(angle)],
  ]
}

function meanFeatures(orders: readonly LeadTimeSeen[]): number[] {
  const rows = orders.map(featuresOf)
  return rows[0]!.map((_, place) => meanOf(rows.map((row) => row[place]!)))
}

/** Less the supplier's own usual ones: what all its orders have in common is its own usual time already. */
const centred = (order: Pick<OrderAsked, 'placedOn' | 'quantity'>, usual: readonly number[]): number[] =>
  featuresOf(order).map((value, place) => value - usual[place]!)

/** Their quantiles at even shares, ascending. */
function evenly(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b)
  return Array.from({ length: SHARES }, (_, k) => sorted[Math.floor(((k + 0.5) / SHARES) * sorted.length)]!)
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const meanOf = (values: readonly number[]): number => sum(values) / values.length
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let total = 0
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!
  return total
}
