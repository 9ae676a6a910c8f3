/** The catalogue and who delivers it. */
import { CATEGORIES, SHADES, STYLES } from './categories.ts'
import { below, between, gaussian, happens, pick, pickWeighted, type Random, uniform } from './random.ts'
import { roundPrice } from './round-price.ts'
import type { Product, Supplier } from './world.ts'

/** Sales by rank fall like rank^-SKEW. */
const SKEW = 0.75
const COMPANIONS = 0.4
const PRODUCTS_PER_SUPPLIER = 24
const MAX_SUPPLIERS = 400
const MINOR_PER_RUPEE = 100

export function makeProducts(count: number, suppliers: number, random: Random): Product[] {
  // Each category has some before one has many.
  const categories = Array.from({ length: count }, (_, i) =>
    i < CATEGORIES.length ? i : pickWeighted(random, CATEGORY_SIZES),
  )
  const sizes = CATEGORIES.map((_, category) => categories.filter((each) => each === category).length)
  const ranks = sizes.map((size) => shuffled(size, random))
  const sums = sizes.map((size) => rankWeights(size))
  const shareThere = CATEGORIES.reduce((sum, { share }, category) => sum + (sizes[category]! > 0 ? share : 0), 0)
  const numbers = CATEGORIES.map(() => 0)
  return categories.map((category, i): Product => {
    const { code, subCategories, brands, costShare, elasticity, share } = CATEGORIES[category]!
    const number = numbers[category]!++
    const rank = ranks[category]![number]!
    const { name, nouns, prices } = pick(random, subCategories)
    const brand = pick(random, brands)
    // Cheap things are more common than dear ones.
    const rupees = prices[0] * (prices[1] / prices[0]) ** uniform(random)
    const basePriceMinor = roundPrice(rupees * MINOR_PER_RUPEE)
    return {
      id: `${code}-${String(number + 1).padStart(5, '0')}`,
      title: `${brand} ${pick(random, STYLES)} ${pick(random, nouns)}, ${pick(random, SHADES)}`,
      category,
      subCategory: name,
      brand,
      supplier: below(random, suppliers),
      basePriceMinor,
      unitCostMinor: Math.round(basePriceMinor * costShare * between(random, 0.9, 1.1)),
      elasticity: Math.round((elasticity[0] + elasticity[1] * gaussian(random)) * 1_000) / 1_000,
      popularity: ((share / shareThere) * (rank + 1) ** -SKEW) / sums[category]!,
      companion: count > 1 && happens(random, COMPANIONS) ? (i + 1 + below(random, count - 1)) % count : -1,
    }
  })
}

/** How many products each category has, by comparison: much clothing, few sports goods. */
const CATEGORY_SIZES = [24, 12, 12, 15, 18, 12, 8, 6]

const rankWeights = (count: number): number => {
  let sum = 0
  for (let rank = 0; rank < count; rank++) sum += (rank + 1) ** -SKEW
  return sum
}

/** 0 to `size - 1` in some order. Source: Fisher-Yates, in R. Durstenfeld's form, CACM 7 (1964). */
function shuffled(size: number, random: Random): number[] {
  const order = Array.from({ length: size }, (_, i) => i)
  for (let i = size - 1; i > 0; i--) {
    const j = below(random, i + 1)
    const kept = order[i]!
    order[i] = order[j]!
    order[j] = kept
  }
  return order
}

export function makeSuppliers(products: number, random: Random): Supplier[] {
  const count = Math.max(4, Math.min(MAX_SUPPLIERS, Math.round(products / PRODUCTS_PER_SUPPLIER)))
  return Array.from({ length: count }, (_, i) => ({
    id: `supplier-${String(i + 1).padStart(3, '0')}`,
    promisedDays: 3 + below(random, 9),
    lateShare: Math.round(between(random, 0.05, 0.3) * 100) / 100,
    meanLateDays: Math.round(between(random, 2, 6) * 10) / 10,
    shortShare: Math.round(between(random, 0.03, 0.15) * 100) / 100,
  }))
}
