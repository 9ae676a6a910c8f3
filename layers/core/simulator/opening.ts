/** The listing phase: what a merchant says before the first sale. */
import { CATEGORIES } from './categories.ts'
import { emit } from './emit.ts'
import { put } from './event-queue.ts'
import { nextHour, TIME_ZONE } from './local-time.ts'
import { findSessions } from './online-session.ts'
import { planDay } from './plan-day.ts'
import { setArrivals } from './plan-hour.ts'
import { announceIn } from './prices.ts'
import { happens, type Random } from './random.ts'
import { openingStock, placeOpeningOrder } from './replenishment.ts'
import type { Step } from './step.ts'
import { STORE_PROFILES } from './store-profiles.ts'
import { CURRENCY, type Run, type World } from './world.ts'

/** Share of pairs that a live world has a delivery on its way for. */
const ON_ITS_WAY = 0.25

/**
 * Documents in the order in which they must be taken: stores, products, then store by store its opening stock and
 * prices; last the first day's own. The world is ready for steps when the last one was asked for.
 */
export function* openWorld(world: World, random: Random): Generator<Step> {
  const run: Run = { world, random, documents: [], truth: [] }
  const told = (): Step => ({ documents: run.documents.splice(0), truth: run.truth.splice(0) })
  listStores(run)
  listProducts(run)
  tellTruth(run)
  yield told()
  for (let store = 0; store < world.stores.length; store++) {
    stock(run, store)
    yield told()
  }
  planDay(run)
  setArrivals(run)
  if (world.options.mode === 'live') findAllSessions(run)
  put(world.queue, nextHour(world.nowMs), { kind: 'hour' })
  yield told()
}

function findAllSessions(run: Run): void {
  const { stores, arrivalsUpTo } = run.world
  for (const [store, { profile }] of stores.entries()) {
    const arrivalsPerMs = arrivalsUpTo[store]! - (arrivalsUpTo[store - 1] ?? 0)
    if (STORE_PROFILES[profile]!.sells === 'online') findSessions(run, store, arrivalsPerMs)
  }
}

function listStores(run: Run): void {
  for (const { id, name, city, region, sizeSqft, profile } of run.world.stores) {
    const { openingHours } = STORE_PROFILES[profile]!
    const place = { ...(city !== undefined && { city }), region }
    emit(run, 'store.listed', id, { name, ...place, sizeSqft, timeZone: TIME_ZONE, currency: CURRENCY, openingHours })
  }
}

function listProducts(run: Run): void {
  const { world } = run
  for (const product of world.products) {
    const { name, packSize, shelfLifeDays } = CATEGORIES[product.category]!
    emit(run, 'product.listed', world.stores[0]!.id, {
      productId: product.id,
      title: product.title,
      category: name,
      subCategory: product.subCategory,
      brand: product.brand,
      supplierId: world.suppliers[product.supplier]!.id,
      basePriceMinor: product.basePriceMinor,
      unitCostMinor: product.unitCostMinor,
      currency: CURRENCY,
      ...(shelfLifeDays !== undefined && { shelfLifeDays }),
      packSize,
      minOrder: packSize,
    })
  }
}

function tellTruth({ world, truth }: Run): void {
  for (const { id, category, elasticity, basePriceMinor, popularity, companion } of world.products) {
    truth.push({
      kind: 'product',
      productId: id,
      category: CATEGORIES[category]!.name,
      elasticity,
      referencePriceMinor: basePriceMinor,
      popularity,
      ...(companion >= 0 && { companionId: world.products[companion]!.id }),
    })
  }
  for (const { id: supplierId, promisedDays, lateShare, shortShare } of world.suppliers) {
    truth.push({ kind: 'supplier', supplierId, promisedDays, lateShare, shortShare })
  }
}

/** A history receives its first stock; a demo that is started again counts it, so that nothing is there twice. */
function stock(run: Run, store: number): void {
  const { world, random } = run
  const { id: storeId, profile } = world.stores[store]!
  const { products } = world.assortments[profile]!
  const isLive = world.options.mode === 'live'
  const isCheaper = STORE_PROFILES[profile]!.priceFactor !== 1
  for (let slot = 0; slot < products.length; slot++) {
    const { id: productId, unitCostMinor, supplier } = world.products[products[slot]!]!
    const quantity = openingStock(world, store, slot, random)
    world.onHand[world.firstPair[store]! + slot] = quantity
    const { id: supplierId } = world.suppliers[supplier]!
    if (isLive) emit(run, 'stock.counted', storeId, { productId, level: quantity, reason: 'opening' })
    else emit(run, 'stock.received', storeId, { productId, quantity, unitCostMinor, currency: CURRENCY, supplierId })
    if (isLive || isCheaper) announceIn(run, store, products[slot]!)
    if (isLive && happens(random, ON_ITS_WAY)) placeOpeningOrder(run, store, slot)
  }
}
