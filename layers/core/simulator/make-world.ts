import { emptyTable } from './alias-table.ts'
import { CATEGORIES } from './categories.ts'
import { openingCustomers } from './customers.ts'
import { emptyQueue } from './event-queue.ts'
import { linesPerArrival, ordersPerArrival, scaleFor } from './expected-events.ts'
import { localDay } from './local-time.ts'
import { makeProducts, makeSuppliers } from './make-products.ts'
import { makeStores } from './make-stores.ts'
import { setPrice } from './prices.ts'
import { happens, type Random } from './random.ts'
import { yearMeans } from './seasons.ts'
import type { SimulatorOptions } from './simulator-options.ts'
import { STORE_PROFILES } from './store-profiles.ts'
import type { Assortment, Product, World } from './world.ts'

/** A chain before its first day. `startMs`: epoch ms of that day's first moment. */
export function makeWorld(options: SimulatorOptions, startMs: number, random: Random): World {
  const stores = makeStores(options.stores, random)
  const suppliers = makeSuppliers(options.products, random)
  const products = makeProducts(options.products, suppliers.length, random)
  const assortments = STORE_PROFILES.map((_, profile) => assortmentOf(products, profile, random))
  const scale =
    options.eventsPerDay === undefined ? 1 : scaleFor({ stores, assortments, products }, options.eventsPerDay)
  const firstPair = new Int32Array(stores.length)
  let pairs = 0
  for (const [i, { profile }] of stores.entries()) {
    firstPair[i] = pairs
    pairs += assortments[profile]!.products.length
  }
  const world: World = {
    options,
    startMs,
    key: `sim-${options.seed}-${storyHash(options, startMs)}`,
    stores,
    products,
    suppliers,
    assortments,
    scale,
    yearMeans: yearMeans(localDay(startMs)),
    firstPair,
    onHand: new Float64Array(pairs),
    onOrder: new Float64Array(pairs),
    wantedToday: new Float64Array(pairs),
    soldToday: new Float64Array(pairs),
    pairsToday: [],
    nowMs: startMs,
    day: localDay(startMs),
    queue: emptyQueue(),
    nextArrivalAt: Number.POSITIVE_INFINITY,
    arrivalsUpTo: new Float64Array(stores.length),
    storeFactors: new Float64Array(stores.length).fill(1),
    todayScale: scale,
    counts: { documents: 0, orders: 0, sessions: 0, purchaseOrders: 0, campaigns: 0 },
    writer: { minute: Number.NaN, text: '' },
    priceRatios: new Float64Array(products.length).fill(1),
    discounts: new Float64Array(products.length),
    uplifts: new Float64Array(products.length).fill(1),
    priceEffects: new Float64Array(products.length).fill(1),
    categoryFactors: new Float64Array(CATEGORIES.length).fill(1),
    customers: openingCustomers(
      stores.map(
        ({ profile, arrivalsPerDay }) =>
          arrivalsPerDay * scale * ordersPerArrival(profile) * STORE_PROFILES[profile]!.knownShare,
      ),
      random,
    ),
    campaigns: [],
    anomalies: [],
    weather: { rain: [], anomalyC: 0 },
  }
  for (let product = 0; product < products.length; product++) setPrice(world, product)
  return world
}

/** All stores of a profile carry the same; small chains carry all they have. */
function assortmentOf(products: readonly Product[], profile: number, random: Random): Assortment {
  const { carries, maxProducts } = STORE_PROFILES[profile]!
  const share = products.length < SMALL_CHAIN ? 1 : Math.min(carries, maxProducts / products.length)
  const slotOf = new Int32Array(products.length).fill(-1)
  const carried: number[] = []
  for (let product = 0; product < products.length; product++) {
    if (!happens(random, share)) continue
    slotOf[product] = carried.length
    carried.push(product)
  }
  const weights = carried.map((product) => {
    const { popularity, category } = products[product]!
    return popularity * CATEGORIES[category]!.affinity[profile]!
  })
  const baseWeight = weights.reduce((sum, weight) => sum + weight, 0)
  const lines = linesPerArrival(profile)
  return {
    products: Int32Array.from(carried),
    slotOf,
    unitsPerArrival: Float64Array.from(carried, (product, slot) => {
      const { moreShare } = CATEGORIES[products[product]!.category]!
      return (lines * weights[slot]!) / baseWeight / (1 - moreShare)
    }),
    baseWeight,
    today: emptyTable(carried.length),
    todayRatio: 1,
    priceMinor: new Float64Array(carried.length),
  }
}
const SMALL_CHAIN = 40

/** FNV-1a, 32 bits (G. Fowler, L. Noll, P. Vo), of what makes the story another one. */
function storyHash({ seed, stores, products, eventsPerDay, mode }: SimulatorOptions, startMs: number): string {
  let hash = 0x811c9dc5
  for (const character of [seed, stores, products, eventsPerDay ?? 'natural', mode, startMs].join(' ')) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  }
  return (hash >>> 0).toString(36)
}
