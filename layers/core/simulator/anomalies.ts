/** Things out of the ordinary, planted so that it can be told whether somebody finds them. */
import { DAY_MS, HOUR_MS } from '#core/metrics/business-time.ts'
import { hourOfDay } from './local-time.ts'
import { below, between, happens, pick } from './random.ts'
import { lose } from './shrinkage.ts'
import type { Run } from './world.ts'

/** On each day, one for so many stores. */
const STORES_PER_ANOMALY = 150
const KINDS = ['demand-spike', 'store-outage', 'bad-batch', 'theft'] as const
const LEAST_THEFT = 5

/** What goes wrong from this day on. */
export function plantAnomalies(run: Run): void {
  const { world, random } = run
  world.anomalies = world.anomalies.filter(({ until }) => until > world.nowMs)
  const count = world.stores.length / STORES_PER_ANOMALY
  for (let i = 0; i < Math.floor(count) + (happens(random, count % 1) ? 1 : 0); i++) plant(run)
}

function plant(run: Run): void {
  const { world, random, truth } = run
  const product = below(random, world.products.length)
  const store = below(random, world.stores.length)
  const { id: productId } = world.products[product]!
  const { id: storeId, profile } = world.stores[store]!
  const from = world.nowMs
  const what = pick(random, KINDS)
  switch (what) {
    case 'demand-spike': {
      const to = hourOfDay(world.day + 1, 0)
      const size = Math.round(between(random, 5, 9))
      world.anomalies.push({ what, product, until: to, size })
      truth.push({ kind: 'anomaly', what, productId, from, to, size })
      return
    }
    case 'store-outage': {
      const hour = 12 + below(random, 5)
      const to = hourOfDay(world.day, hour + 3 + below(random, 3))
      world.anomalies.push({ what, store, until: to })
      truth.push({ kind: 'anomaly', what, storeId, from: to - OUTAGE_MS, to, size: 0 })
      return
    }
    case 'bad-batch': {
      const to = from + (5 + below(random, 6)) * DAY_MS
      const size = Math.round(between(random, 4, 8))
      world.anomalies.push({ what, product, until: to, size })
      truth.push({ kind: 'anomaly', what, productId, from, to, size })
      return
    }
    case 'theft': {
      const { products } = world.assortments[profile]!
      const slot = below(random, products.length)
      const there = world.onHand[world.firstPair[store]! + slot]!
      const size = lose(run, store, slot, Math.max(LEAST_THEFT, Math.round(there * between(random, 0.3, 0.6))), 'theft')
      const stolen = world.products[products[slot]!]!.id
      if (size > 0) truth.push({ kind: 'anomaly', what, storeId, productId: stolen, from, to: from, size })
    }
  }
}

/** A store that cannot sell is shut for so long before it is back. */
const OUTAGE_MS = 4 * HOUR_MS

export const isShut = ({ world }: Run, store: number): boolean =>
  world.anomalies.some(
    (anomaly) =>
      anomaly.what === 'store-outage' &&
      anomaly.store === store &&
      world.nowMs >= anomaly.until - OUTAGE_MS &&
      world.nowMs < anomaly.until,
  )
