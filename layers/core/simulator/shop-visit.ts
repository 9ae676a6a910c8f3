/** Somebody comes to a shop and buys a basket: goods by what is wanted today, some because they go together. */
import { draw } from './alias-table.ts'
import { CATEGORIES } from './categories.ts'
import { comer } from './customers.ts'
import { sell } from './orders.ts'
import { geometric, happens, type Random } from './random.ts'
import { takeAway } from './shrinkage.ts'
import { STORE_PROFILES } from './store-profiles.ts'
import { MORE_LINES } from './trade-rates.ts'
import type { Assortment, Run, World } from './world.ts'

const COMPANION_SHARE = 0.3
const MAX_LINES = 25

export function visitShop(run: Run, store: number): void {
  const { world, random } = run
  const { profile } = world.stores[store]!
  const assortment = world.assortments[profile]!
  const slots: number[] = []
  const quantities: number[] = []
  const lines = Math.min(MAX_LINES, 1 + geometric(random, MORE_LINES))
  for (let i = 0; i < lines; i++) {
    const slot = companionOf(world, assortment, slots.at(-1), random) ?? draw(assortment.today, random)
    const quantity = quantityOf(world, assortment, slot, random)
    const before = slots.indexOf(slot)
    if (before >= 0) quantities[before]! += quantity
    else {
      slots.push(slot)
      quantities.push(quantity)
    }
  }
  const customer = happens(random, STORE_PROFILES[profile]!.knownShare) ? comer(world, store, random) : -1
  sell(run, { store, customer, slots, quantities, channel: 'store' })
  takeAway(run, store)
}

function companionOf(
  world: World,
  assortment: Assortment,
  slot: number | undefined,
  random: Random,
): number | undefined {
  if (slot === undefined) return undefined
  const { companion } = world.products[assortment.products[slot]!]!
  if (companion < 0) return undefined
  const other = assortment.slotOf[companion]!
  if (other < 0 || !happens(random, COMPANION_SHARE * world.priceEffects[companion]!)) return undefined
  return other
}

/** Units of one line. */
export function quantityOf(world: World, { products }: Assortment, slot: number, random: Random): number {
  const { category } = world.products[products[slot]!]!
  return 1 + geometric(random, CATEGORIES[category]!.moreShare)
}
