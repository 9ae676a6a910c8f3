/**
 * The shop of the replenishment bench: what customers want of each product in each store by day, as `layers/core/simulator`
 * makes it up (season, feasts, weekday, weather, campaigns, prices, spikes), and suppliers as it has them. The policies order
 * in place of the simulator's stores; what they do not have is not sold, and nobody takes something else.
 */
import { DAY_MS } from '#core/metrics/business-time.ts'
import { CATEGORIES } from '#core/simulator/categories.ts'
import { history } from '#core/simulator/history.ts'
import { localDay } from '#core/simulator/local-time.ts'
import { makeWorld } from '#core/simulator/make-world.ts'
import { randomFrom } from '#core/simulator/random.ts'
import { simulatorOptions } from '#core/simulator/simulator-options.ts'
import type { Supplier } from '#core/simulator/world.ts'

export const PAST_DAYS = 365
/** Under the policy, and not scored: the stock it began with is gone by then. */
export const SETTLING_DAYS = 56
export const SCORED_DAYS = 365
export const DAYS = PAST_DAYS + SETTLING_DAYS + SCORED_DAYS

const FIRST_MS = Date.UTC(2024, 0, 1)

/** A product in a store that carries it. */
export interface ShopSeries {
  readonly product: string
  readonly store: string
  readonly category: string
  readonly supplier: Supplier
  /** Stores order of a supplier on one weekday, Monday is 0. */
  readonly orderWeekday: number
  readonly packSize: number
  readonly unitCostMinor: number
  readonly priceMinor: number
  /** What a unit costs customers on the evening of each day, minor units, Float64[DAYS]. */
  readonly prices: Float64Array
  /** 1 on days of a campaign for the product; the policies know it from its first evening on, with its end. */
  readonly campaign: Uint8Array
  /** Units by day, Float64[DAYS]; what no policy sees. */
  readonly wanted: Float64Array
}

export interface Shop {
  readonly seed: number
  /** Days since 1970-01-01. */
  readonly firstDay: number
  readonly series: readonly ShopSeries[]
}

export function makeShop(seed: number, stores: number, products: number): Shop {
  const options = simulatorOptions.parse({ seed, stores, products })
  // A local day more at either end: the simulator's first and last are partial.
  const toMs = FIRST_MS + (DAYS + 2) * DAY_MS
  const firstDay = localDay(FIRST_MS) + 1
  const world = makeWorld(options, FIRST_MS, randomFrom(seed))
  const series = new Map<string, ShopSeries>()
  world.stores.forEach((store, storePlace) => {
    for (const place of world.assortments[store.profile]!.products) {
      const product = world.products[place]!
      series.set(`${store.id} ${product.id}`, {
        product: product.id,
        store: store.id,
        category: CATEGORIES[product.category]!.code,
        supplier: world.suppliers[product.supplier]!,
        orderWeekday: (storePlace + product.supplier) % 7,
        packSize: CATEGORIES[product.category]!.packSize,
        unitCostMinor: product.unitCostMinor,
        priceMinor: product.basePriceMinor,
        prices: new Float64Array(DAYS).fill(product.basePriceMinor),
        campaign: new Uint8Array(DAYS),
        wanted: new Float64Array(DAYS),
      })
    }
  })
  const dayAt = (ms: number) => localDay(ms) - firstDay
  const byProduct = Map.groupBy(series.values(), ({ product }) => product)
  for (const { truth, documents } of history(options, FIRST_MS, toMs)) {
    for (const { type, storeId, occurredAt, data } of documents) {
      if (type !== 'price.changed') continue
      const { productId, priceMinor } = data as { productId: string; priceMinor: number }
      series.get(`${storeId} ${productId}`)!.prices.fill(priceMinor, Math.max(0, dayAt(Date.parse(occurredAt))))
    }
    for (const line of truth) {
      if (line.kind === 'campaign')
        for (const one of line.productIds.flatMap((id) => byProduct.get(id) ?? []))
          one.campaign.fill(1, Math.max(0, dayAt(line.from)), Math.max(0, dayAt(line.to)))
      if (line.kind !== 'demand') continue
      const day = Date.parse(line.date) / DAY_MS - firstDay
      if (day >= 0 && day < DAYS) series.get(`${line.storeId} ${line.productId}`)!.wanted[day] = line.wanted
    }
  }
  return { seed, firstDay, series: [...series.values()] }
}
