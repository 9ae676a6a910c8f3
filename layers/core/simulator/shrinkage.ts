/** Goods get lost: stolen, broken, out of date. */
import { emit } from './emit.ts'
import { below, happens, pickWeighted } from './random.ts'
import { SHRINKAGE_PER_VISIT } from './trade-rates.ts'
import type { Run } from './world.ts'

const REASONS = ['theft', 'damaged', 'expired'] as const
const REASON_SHARES = [55, 35, 10]

export function takeAway(run: Run, store: number): void {
  const { world, random } = run
  if (!happens(random, SHRINKAGE_PER_VISIT)) return
  const { products } = world.assortments[world.stores[store]!.profile]!
  lose(run, store, below(random, products.length), 1, REASONS[pickWeighted(random, REASON_SHARES)]!)
}

/** As many units as are there. Answers how many. */
export function lose(run: Run, store: number, slot: number, units: number, reason: string): number {
  const { world } = run
  const { id: storeId, profile } = world.stores[store]!
  const pair = world.firstPair[store]! + slot
  const lost = Math.min(units, world.onHand[pair]!)
  if (lost === 0) return 0
  world.onHand[pair]! -= lost
  const { id: productId } = world.products[world.assortments[profile]!.products[slot]!]!
  emit(run, 'stock.adjusted', storeId, { productId, quantity: -lost, reason })
  return lost
}
