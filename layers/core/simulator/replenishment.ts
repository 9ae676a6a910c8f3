/**
 * Stores order when what they have and what is on its way would not last until the next delivery: a reorder point and an
 * order-up-to level, (s, S). Suppliers deliver as they do: late, and not all of it.
 */
import { DAY_MS, HOUR_MS } from '#core/metrics/business-time.ts'
import { CATEGORIES } from './categories.ts'
import { emit } from './emit.ts'
import { put } from './event-queue.ts'
import { dateOf, hourOfDay, localDay, localHour } from './local-time.ts'
import { between, exponential, gaussian, happens, type Random, uniform } from './random.ts'
import { CURRENCY, type Delivery, type Run, type Supplier, type World } from './world.ts'

/** One order is for so many days of sales, at least a pack. */
const COVER_DAYS = 12
const SAFETY = 1.25
const LEAD_DEVIATION = 0.12
/** The most that an event may say. */
const MAX_UNITS = 1_000_000_000

/** Each hour of the day looks at its share of the pairs, so that orders and deliveries come all day. */
export function reorder(run: Run): void {
  const { world } = run
  const hour = localHour(world.nowMs)
  for (let store = 0; store < world.stores.length; store++) {
    const slots = world.assortments[world.stores[store]!.profile]!.products.length
    const first = world.firstPair[store]!
    for (let slot = (hour + 24 - (first % 24)) % 24; slot < slots; slot += 24) {
      const pair = first + slot
      const position = world.onHand[pair]! + world.onOrder[pair]!
      const { point, upTo, pack } = levels(world, store, slot)
      if (position >= point) continue
      place(run, store, slot, Math.min(MAX_UNITS, Math.ceil((upTo - position) / pack) * pack))
    }
  }
}

/** Units at which to order, and up to which. The planner knows season and price, and neither campaigns nor the future. */
function levels(world: World, store: number, slot: number): { point: number; upTo: number; pack: number } {
  const { profile, arrivalsPerDay } = world.stores[store]!
  const assortment = world.assortments[profile]!
  const product = assortment.products[slot]!
  const { category, supplier } = world.products[product]!
  const today = world.categoryFactors[category]! * world.priceEffects[product]!
  const perDay = arrivalsPerDay * world.scale * assortment.unitsPerArrival[slot]! * today
  const ahead = perDay * (world.suppliers[supplier]!.promisedDays + 2)
  const point = SAFETY * ahead + 1.3 * Math.sqrt(ahead) + 0.5
  const pack = CATEGORIES[category]!.packSize
  return { point, upTo: Math.ceil(point + perDay * COVER_DAYS), pack }
}

function place(run: Run, store: number, slot: number, ordered: number): void {
  const { world, random } = run
  const product = world.products[world.assortments[world.stores[store]!.profile]!.products[slot]!]!
  const supplier = world.suppliers[product.supplier]!
  const promised = world.nowMs + supplier.promisedDays * DAY_MS
  const day = localDay(world.nowMs + leadDays(random, supplier) * DAY_MS)
  const deliversAt = Math.max(world.nowMs + 6 * HOUR_MS, hourOfDay(day, between(random, 6, 20)))
  order(run, store, slot, ordered, promised, deliversAt, false)
}

/** Days, not whole, until a supplier delivers; it may be late. */
export function leadDays(random: Random, { promisedDays, lateShare, meanLateDays }: Supplier): number {
  const noise = promisedDays * LEAD_DEVIATION * gaussian(random)
  return promisedDays + noise + (happens(random, lateShare) ? exponential(random, meanLateDays) : 0)
}

/** Units that come of an order: not always all. */
export const unitsDelivered = (random: Random, { shortShare }: Supplier, ordered: number): number =>
  happens(random, shortShare) ? Math.max(1, Math.floor(ordered * between(random, 0.4, 0.9))) : ordered

/** What was on its way when the world began: the first deliveries are due soon. */
export function placeOpeningOrder(run: Run, store: number, slot: number): void {
  const { world, random } = run
  const { upTo, pack } = levels(world, store, slot)
  const { supplier } = world.products[world.assortments[world.stores[store]!.profile]!.products[slot]!]!
  const deliversAt = world.nowMs + uniform(random) * world.suppliers[supplier]!.promisedDays * DAY_MS
  const ordered = Math.min(MAX_UNITS, Math.ceil(upTo / 4 / pack) * pack)
  order(run, store, slot, ordered, deliversAt, deliversAt, true)
}

function order(
  run: Run,
  store: number,
  slot: number,
  ordered: number,
  promisedAt: number,
  deliversAt: number,
  opening: boolean,
): void {
  const { world, random, truth } = run
  const { id: storeId, profile } = world.stores[store]!
  const product = world.products[world.assortments[profile]!.products[slot]!]!
  const supplier = world.suppliers[product.supplier]!
  const delivers = unitsDelivered(random, supplier, ordered)
  const purchaseOrderId = `${world.key}-p${(world.counts.purchaseOrders++).toString(36)}`
  world.onOrder[world.firstPair[store]! + slot]! += ordered
  put(world.queue, deliversAt, { kind: 'delivery', store, slot, purchaseOrderId, ordered, delivers })
  emit(run, 'purchase-order.placed', storeId, {
    purchaseOrderId,
    supplierId: supplier.id,
    productId: product.id,
    quantity: ordered,
    unitCostMinor: product.unitCostMinor,
    currency: CURRENCY,
    expectedOn: dateOf(localDay(promisedAt)),
  })
  truth.push({
    kind: 'purchase-order',
    purchaseOrderId,
    supplierId: supplier.id,
    storeId,
    productId: product.id,
    placedAt: Math.floor(world.nowMs),
    deliversAt: Math.floor(deliversAt),
    ordered,
    delivers,
    opening,
  })
}

export function deliver(run: Run, { store, slot, purchaseOrderId, ordered, delivers }: Delivery): void {
  const { world } = run
  const { id: storeId, profile } = world.stores[store]!
  const { id: productId, supplier, unitCostMinor } = world.products[world.assortments[profile]!.products[slot]!]!
  const { id: supplierId } = world.suppliers[supplier]!
  const pair = world.firstPair[store]! + slot
  world.onOrder[pair]! -= ordered
  world.onHand[pair]! += delivers
  emit(run, 'purchase-order.received', storeId, { purchaseOrderId, supplierId, productId, quantity: delivers })
  emit(run, 'stock.received', storeId, {
    productId,
    quantity: delivers,
    unitCostMinor,
    currency: CURRENCY,
    supplierId,
    purchaseOrderId,
  })
}

/** Each store begins somewhere between its two levels. */
export function openingStock(world: World, store: number, slot: number, random: Random): number {
  const { point, upTo } = levels(world, store, slot)
  return Math.min(MAX_UNITS, Math.ceil(between(random, point, upTo)))
}

/** Papers of orders and deliveries on a mean day at this scale. */
export function orderPapersPerDay(world: Pick<World, 'stores' | 'assortments' | 'products'>, scale: number): number {
  let orders = 0
  for (const { profile, arrivalsPerDay } of world.stores) {
    const { products, unitsPerArrival } = world.assortments[profile]!
    for (let slot = 0; slot < products.length; slot++) {
      const perDay = arrivalsPerDay * scale * unitsPerArrival[slot]!
      const { packSize } = CATEGORIES[world.products[products[slot]!]!.category]!
      orders += perDay / Math.max(packSize * Math.ceil((perDay * COVER_DAYS + 1) / packSize), 1)
    }
  }
  return 3 * orders
}
