/** Prices move: by regular changes now and then, and by campaigns. Demand answers by each product's elasticity. */
import { emit } from './emit.ts'
import { gaussian, happens } from './random.ts'
import { roundPrice } from './round-price.ts'
import { STORE_PROFILES } from './store-profiles.ts'
import { REPRICED_EVERY_DAYS } from './trade-rates.ts'
import { CURRENCY, type Run, type World } from './world.ts'

const DEVIATION = 0.1
const MAX_CHANGE = 0.25

/** New regular prices of this day. */
export function reprice(run: Run): void {
  const { world, random } = run
  for (let product = 0; product < world.products.length; product++) {
    if (world.discounts[product]! > 0 || !happens(random, 1 / REPRICED_EVERY_DAYS)) continue
    const change = Math.max(-MAX_CHANGE, Math.min(MAX_CHANGE, DEVIATION * gaussian(random)))
    world.priceRatios[product] = Math.exp(change)
    announcePrice(run, product)
  }
}

/** The product's price follows its ratio and discount from now on; every store that carries it says so. */
export function announcePrice(run: Run, product: number): void {
  const { world } = run
  setPrice(world, product)
  for (let store = 0; store < world.stores.length; store++) announceIn(run, store, product)
}

export function announceIn(run: Run, store: number, product: number): void {
  const { id: storeId, profile } = run.world.stores[store]!
  const { slotOf, priceMinor } = run.world.assortments[profile]!
  const slot = slotOf[product]!
  if (slot < 0) return
  const { id: productId } = run.world.products[product]!
  emit(run, 'price.changed', storeId, { productId, priceMinor: priceMinor[slot]!, currency: CURRENCY })
}

export function setPrice(world: World, product: number): void {
  const { basePriceMinor, elasticity } = world.products[product]!
  const asked = roundPrice(basePriceMinor * world.priceRatios[product]! * (1 - world.discounts[product]!))
  world.priceEffects[product] = (asked / basePriceMinor) ** elasticity
  for (const [profile, { slotOf, priceMinor }] of world.assortments.entries()) {
    const slot = slotOf[product]!
    if (slot >= 0) priceMinor[slot] = priceIn(asked, profile)
  }
}

const priceIn = (priceMinor: number, profile: number): number => {
  const { priceFactor } = STORE_PROFILES[profile]!
  return priceFactor === 1 ? priceMinor : roundPrice(priceMinor * priceFactor)
}
