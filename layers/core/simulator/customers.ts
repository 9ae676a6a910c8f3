/** Customers who come back, each at a pace of its own, and leave for good after some purchase: BG/NBD's story. */
import type { Random } from './random.ts'
import { below, happens, uniform } from './random.ts'
import type { Customers, Run, World } from './world.ts'

/** A known order is somebody's first with this chance; it balances those who leave. */
const NEW_SHARE = 0.065
const LEAST_LEAVE_SHARE = 0.02
const LEAVE_SPREAD = 0.12
/** At the opening each store knows as many as buy there in so many days at one order each. */
const OPENING_DAYS = 25
const MAX_OPENING = 200_000
const TRIES = 12

/** `ordersPerDay`: known orders of each store on a mean day. */
export function openingCustomers(ordersPerDay: readonly number[], random: Random): Customers {
  const customers: Customers = {
    weights: [],
    leaveShares: [],
    orders: [],
    places: [],
    active: ordersPerDay.map(() => []),
  }
  const all = ordersPerDay.reduce((sum, orders) => sum + orders, 0) * OPENING_DAYS
  const share = Math.min(1, MAX_OPENING / all)
  for (const [store, orders] of ordersPerDay.entries()) {
    const count = Math.ceil(orders * OPENING_DAYS * share)
    for (let i = 0; i < count; i++) join(customers, store, random)
  }
  return customers
}

function join(customers: Customers, store: number, random: Random): number {
  const number = customers.weights.length
  const active = customers.active[store]!
  customers.weights.push(0.05 + 0.95 * uniform(random) ** 2)
  customers.leaveShares.push(LEAST_LEAVE_SHARE + LEAVE_SPREAD * uniform(random) ** 2)
  customers.orders.push(0)
  customers.places.push(active.length)
  active.push(number)
  return number
}

/** Somebody known who comes to this store now: a new customer or an active one. */
export function comer({ customers }: World, store: number, random: Random): number {
  const active = customers.active[store]!
  if (active.length === 0 || happens(random, NEW_SHARE)) return join(customers, store, random)
  let found = active[below(random, active.length)]!
  for (let i = 0; i < TRIES && !happens(random, customers.weights[found]!); i++) {
    found = active[below(random, active.length)]!
  }
  return found
}

export const hasLeft = ({ customers }: World, customer: number): boolean => customers.places[customer] === -1

/** After an order: one more, and perhaps the last one. */
export function ordered({ world, random, truth }: Run, store: number, customer: number): void {
  const { customers, nowMs } = world
  const orders = ++customers.orders[customer]!
  if (!happens(random, customers.leaveShares[customer]!)) return
  const active = customers.active[store]!
  const last = active.pop()!
  const place = customers.places[customer]!
  if (last !== customer) {
    active[place] = last
    customers.places[last] = place
  }
  customers.places[customer] = -1
  truth.push({ kind: 'customer-left', customer: customerId(customer), leftAt: Math.floor(nowMs), orders })
}

/** As a till or a storefront knows them. */
export const customerId = (customer: number): string => `customer-${String(customer + 1).padStart(6, '0')}`
