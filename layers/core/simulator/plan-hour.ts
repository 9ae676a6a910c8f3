/** What a new hour brings: who trades how much until the next one, and the work that is done each hour. */
import { HOUR_MS } from '#core/metrics/business-time.ts'
import { isShut } from './anomalies.ts'
import { spendOnCampaigns } from './campaigns.ts'
import { emit } from './emit.ts'
import { put } from './event-queue.ts'
import { localDay, localHour, nextHour } from './local-time.ts'
import { planDay } from './plan-day.ts'
import { below, between, exponential, happens, pick } from './random.ts'
import { reorder } from './replenishment.ts'
import { roundPrice } from './round-price.ts'
import { STORE_PROFILES } from './store-profiles.ts'
import { SEEN_EVERY_DAYS } from './trade-rates.ts'
import { CURRENCY, type Run } from './world.ts'

/** Live, this share of the trade keeps no hours, so that the demo is never dead at night. */
const LIVE_FLOOR = 0.7
const COMPETITORS = ['bazaar-kart', 'dukaan-direct', 'metro-saver']

export function planHour(run: Run): void {
  const { world } = run
  if (localDay(world.nowMs) !== world.day) planDay(run)
  reorder(run)
  observeCompetitors(run)
  spendOnCampaigns(run)
  setArrivals(run)
  put(world.queue, nextHour(world.nowMs), { kind: 'hour' })
}

/** Arrivals of this hour; the next one is drawn anew, since waiting times have no memory. */
export function setArrivals(run: Run): void {
  const { world } = run
  const hour = localHour(world.nowMs)
  const floor = world.options.mode === 'live' ? LIVE_FLOOR : 0
  let sum = 0
  for (const [i, store] of world.stores.entries()) {
    const curve = floor + (1 - floor) * STORE_PROFILES[store.profile]!.hours[hour]!
    const perDay = store.arrivalsPerDay * world.storeFactors[i]! * world.todayScale * curve
    if (!isShut(run, i)) sum += perDay / (24 * HOUR_MS)
    world.arrivalsUpTo[i] = sum
  }
  drawArrival(run)
}

export function drawArrival({ world, random }: Run): void {
  const rate = world.arrivalsUpTo.at(-1)!
  world.nextArrivalAt = rate === 0 ? Number.POSITIVE_INFINITY : world.nowMs + exponential(random, 1 / rate)
}

function observeCompetitors(run: Run): void {
  const { world, random } = run
  const count = world.products.length / (SEEN_EVERY_DAYS * 24)
  for (let i = 0; i < Math.floor(count) + (happens(random, count % 1) ? 1 : 0); i++) {
    const { id: productId, basePriceMinor } = world.products[below(random, world.products.length)]!
    const priceMinor = roundPrice(basePriceMinor * between(random, 0.85, 1.15))
    const seen = { productId, competitor: pick(random, COMPETITORS), priceMinor, currency: CURRENCY }
    emit(run, 'competitor-price.observed', world.stores[0]!.id, seen)
  }
}
