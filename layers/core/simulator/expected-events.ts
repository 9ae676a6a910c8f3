/** How many events trade makes, so that a rate that is asked for comes out. */
import { CATEGORIES } from './categories.ts'
import { orderPapersPerDay } from './replenishment.ts'
import { STORE_PROFILES } from './store-profiles.ts'
import {
  CAMPAIGN_DAYS,
  CANCELLED_SHARE,
  CART_SHARE,
  CHECKOUT_SHARE,
  CLICK_SHARE,
  campaignSize,
  campaignStarts,
  MORE_LINES,
  MORE_VIEWS,
  ONLINE_REFUNDS,
  REMOVED_SHARE,
  REPRICED_EVERY_DAYS,
  SEEN_EVERY_DAYS,
  SHOWN_SHARE,
  SHRINKAGE_PER_VISIT,
} from './trade-rates.ts'
import type { World } from './world.ts'

const MEAN_LINES = 1 / (1 - MORE_LINES)
const MEAN_VIEWS = 1 / (1 - MORE_VIEWS)
const CART_OF_VIEW = CLICK_SHARE * CART_SHARE
/** A session ends without anything in its cart: the generating function of its views. */
const EMPTY_SHARE = ((1 - CART_OF_VIEW) * (1 - MORE_VIEWS)) / (1 - MORE_VIEWS * (1 - CART_OF_VIEW))
const REFUND_SHARE = CATEGORIES.reduce((sum, { share, refundShare }) => sum + share * refundShare, 0)

/** Lines that one arrival at a store of this profile buys, at reference prices. */
export const linesPerArrival = (profile: number): number =>
  STORE_PROFILES[profile]!.sells === 'shop'
    ? MEAN_LINES
    : MEAN_VIEWS * CART_OF_VIEW * (1 - REMOVED_SHARE) * CHECKOUT_SHARE

/** Orders of one arrival. */
export const ordersPerArrival = (profile: number): number =>
  STORE_PROFILES[profile]!.sells === 'shop' ? 1 : (1 - EMPTY_SHARE) * (1 - REMOVED_SHARE) * CHECKOUT_SHARE

/** Events that one arrival makes, with what comes back later. `products`: of the chain. */
export function eventsPerArrival(profile: number, products: number): number {
  const lines = linesPerArrival(profile)
  if (STORE_PROFILES[profile]!.sells === 'shop') return lines * (1 + REFUND_SHARE) + SHRINKAGE_PER_VISIT
  const running = campaignStarts(products) * ((CAMPAIGN_DAYS[0] + CAMPAIGN_DAYS[1]) / 2)
  const browsing = MEAN_VIEWS * (1 + CLICK_SHARE + CART_OF_VIEW * (1 + REMOVED_SHARE))
  const sales = ordersPerArrival(profile) + lines * (1 + CANCELLED_SHARE + ONLINE_REFUNDS * REFUND_SHARE)
  return browsing + sales + SHOWN_SHARE * (1 - Math.exp(-running))
}

type Chain = Pick<World, 'stores' | 'assortments' | 'products'>

/** Events of a mean day that follow from no arrival: orders, deliveries, prices, competitors. */
export function papersPerDay(chain: Chain, scale: number): number {
  const products = chain.products.length
  let pairs = 0
  for (const { profile } of chain.stores) pairs += chain.assortments[profile]!.products.length
  const regular = pairs / REPRICED_EVERY_DAYS
  const campaigns = (2 * campaignStarts(products) * campaignSize(products) * pairs) / products
  return orderPapersPerDay(chain, scale) + regular + campaigns + products / SEEN_EVERY_DAYS
}

/** Events of a mean day at the stores' natural rate. */
export const naturalEventsPerDay = (chain: Chain): number => tradePerDay(chain) + papersPerDay(chain, 1)

function tradePerDay({ stores, products }: Chain): number {
  let events = 0
  for (const { profile, arrivalsPerDay } of stores)
    events += arrivalsPerDay * eventsPerArrival(profile, products.length)
  return events
}

/** By how much natural arrivals are multiplied for so many events on a mean day. */
export function scaleFor(chain: Chain, eventsPerDay: number): number {
  const natural = tradePerDay(chain)
  let scale = eventsPerDay / natural
  // Orders depend on the scale in turn; a few rounds settle it.
  for (let i = 0; i < 8; i++) {
    scale = Math.max(LEAST_SHARE * eventsPerDay, eventsPerDay - papersPerDay(chain, scale)) / natural
  }
  return scale
}
/** Of a rate that prices and deliveries alone would fill, this much is trade all the same. */
const LEAST_SHARE = 0.25
