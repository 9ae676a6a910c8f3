/** What a new local day brings: weather, campaigns, prices, and from them what is wanted. */
import { fillTable } from './alias-table.ts'
import { plantAnomalies } from './anomalies.ts'
import { planCampaigns } from './campaigns.ts'
import { CATEGORIES } from './categories.ts'
import { eventsPerArrival, papersPerDay } from './expected-events.ts'
import { holidayEffect } from './holidays.ts'
import { dateOf, localDay, weekdayOf } from './local-time.ts'
import { reprice } from './prices.ts'
import { gaussian } from './random.ts'
import { seasonFactors } from './seasons.ts'
import { STORE_PROFILES } from './store-profiles.ts'
import { nextWeather, REGIONS, rainFactor, temperatureC } from './weather.ts'
import type { Run, World } from './world.ts'

const STORE_DEVIATION = 0.05
/** Category's heat is for so many degrees more than usual. */
const HEAT_STEP_C = 5

export function planDay(run: Run): void {
  const { world } = run
  tellDemand(run)
  world.day = localDay(world.nowMs)
  const month = Number(dateOf(world.day).slice(5, 7)) - 1
  nextWeather(world.weather, month, run.random)
  for (const [i, region] of REGIONS.entries()) {
    const temperature = temperatureC(world.weather, region, month)
    const date = dateOf(world.day)
    run.truth.push({ kind: 'weather', date, region, rain: world.weather.rain[i]!, temperatureC: temperature })
  }
  plantAnomalies(run)
  planCampaigns(run)
  reprice(run)
  planDemand(world)
  planStores(run, month)
}

/** Units that were wanted and sold since this was last told, into the truth. */
export function tellDemand({ world, truth }: Run): void {
  const date = dateOf(world.day)
  world.pairsToday.sort((a, b) => a - b)
  let store = 0
  for (const pair of world.pairsToday) {
    while (store + 1 < world.stores.length && world.firstPair[store + 1]! <= pair) store++
    const { id: storeId, profile } = world.stores[store]!
    const product = world.assortments[profile]!.products[pair - world.firstPair[store]!]!
    const [wanted, sold] = [world.wantedToday[pair]!, world.soldToday[pair]!]
    truth.push({ kind: 'demand', date, storeId, productId: world.products[product]!.id, wanted, sold })
    world.wantedToday[pair] = 0
    world.soldToday[pair] = 0
  }
  world.pairsToday = []
}

/** Weights of products by profile: popularity, season, weather, campaign, price. Online the price acts on the cart. */
function planDemand(world: World): void {
  const seasons = seasonFactors(world.day)
  for (const [i, { heat }] of CATEGORIES.entries()) {
    world.categoryFactors[i] =
      (seasons[i]! / world.yearMeans[i]!) * Math.exp((heat * world.weather.anomalyC) / HEAT_STEP_C)
  }
  const spikes = new Map(
    world.anomalies.flatMap((anomaly) => (anomaly.what === 'demand-spike' ? [[anomaly.product, anomaly.size]] : [])),
  )
  for (const [profile, assortment] of world.assortments.entries()) {
    const { products, today, baseWeight } = assortment
    const isShop = STORE_PROFILES[profile]!.sells === 'shop'
    const weights = new Float64Array(products.length)
    let sum = 0
    for (let slot = 0; slot < products.length; slot++) {
      const product = products[slot]!
      const { popularity, category } = world.products[product]!
      const weight =
        popularity *
        CATEGORIES[category]!.affinity[profile]! *
        world.categoryFactors[category]! *
        world.uplifts[product]! *
        (isShop ? world.priceEffects[product]! : 1) *
        (spikes.get(product) ?? 1)
      weights[slot] = weight
      sum += weight
    }
    fillTable(today, weights)
    assortment.todayRatio = sum / baseWeight
  }
}

function planStores({ world, random }: Run, month: number): void {
  const { footfall } = holidayEffect(world.day)
  const weekday = weekdayOf(world.day)
  let events = 0
  for (const [i, store] of world.stores.entries()) {
    const profile = STORE_PROFILES[store.profile]!
    const isShop = profile.sells === 'shop'
    const weather = isShop ? footfall * rainFactor(world.weather, store.region, month) : 1
    const noise = Math.exp(STORE_DEVIATION * gaussian(random))
    const factor = profile.week[weekday]! * weather * noise * world.assortments[store.profile]!.todayRatio
    world.storeFactors[i] = factor
    events += store.arrivalsPerDay * factor * eventsPerArrival(store.profile, world.products.length)
  }
  const { mode, eventsPerDay } = world.options
  // A demo shows the asked rate on every day; a history has good and bad days.
  world.todayScale =
    mode === 'live' && eventsPerDay !== undefined
      ? Math.max(world.scale / 10, (eventsPerDay - papersPerDay(world, world.scale)) / events)
      : world.scale
}
