/** What an analyst finds in the events is what was put into them. */
import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS } from '#core/metrics/business-time.ts'
import { CATEGORIES } from '#core/simulator/categories.ts'
import { dateOf, localDay, localHour, weekdayOf } from '#core/simulator/local-time.ts'
import { seasonFactors } from '#core/simulator/seasons.ts'
import { STORE_PROFILES } from '#core/simulator/store-profiles.ts'
import { type AnyDocument, ofType, simulated, type Told, truthOf } from '#test/fixtures/simulated-history.ts'

const at = ({ occurredAt }: AnyDocument) => Date.parse(occurredAt)
const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0)
const shares = (numbers: readonly number[]) => numbers.map((each) => each / sum(numbers))
/** Half of what would have to move to make one the other: 0 equal, 1 disjoint. */
const distance = (a: readonly number[], b: readonly number[]) =>
  sum(shares(a).map((each, i) => Math.abs(each - shares(b)[i]!))) / 2

function counted(of: readonly AnyDocument[], size: number, place: (document: AnyDocument) => number): number[] {
  const counts = Array.from({ length: size }, () => 0)
  for (const document of of) counts[place(document)]!++
  return counts
}

/** From a local midnight, 12 weeks without a great feast. */
const quarter = simulated({
  stores: 4,
  products: 48,
  days: 84,
  eventsPerDay: 2_500,
  from: '2026-05-31T18:30:00Z',
  stepMs: DAY_MS,
})
const inShops = (told: Told) => {
  const online = new Set(told.world.stores.filter(({ profile }) => profile === 3).map(({ id }) => id))
  return ofType(told, 'sale.recorded').filter(({ storeId }) => !online.has(storeId))
}

describe('from the events come back', () => {
  it('the hours of the day, to 3 %', () => {
    const store = quarter.world.stores[0]!
    const sales = ofType(quarter, 'sale.recorded').filter(({ storeId }) => storeId === store.id)
    const hours = counted(sales, 24, (sale) => localHour(at(sale)))
    expect(distance(hours, STORE_PROFILES[store.profile]!.hours)).toBeLessThan(0.03)
    expect(hours[3]).toBe(0)
    const views = counted(ofType(quarter, 'product.viewed'), 24, (view) => localHour(at(view)))
    expect(distance(views, STORE_PROFILES[3]!.hours)).toBeLessThan(0.03)
    expect(views[3]).toBeGreaterThan(0)
  })

  it('the days of the week, to 5 %', () => {
    const store = quarter.world.stores[0]!
    const sales = ofType(quarter, 'sale.recorded').filter(({ storeId }) => storeId === store.id)
    const days = counted(sales, 7, (sale) => weekdayOf(localDay(at(sale))))
    expect(distance(days, STORE_PROFILES[store.profile]!.week)).toBeLessThan(0.05)
  })

  it('what is refunded of each category in shops, to a fifth or four deviations', () => {
    const sold = inShops(quarter).filter((sale) => at(sale) < quarter.world.nowMs - 31 * DAY_MS)
    const orders = new Set(sold.map(({ data }) => data.orderId))
    const refunded = ofType(quarter, 'sale.refunded').filter(({ data }) => orders.has(data.orderId))
    const ill = new Set(
      truthOf(quarter, 'anomaly').flatMap(({ what, productId }) => (what === 'bad-batch' ? [productId] : [])),
    )
    let measured = 0
    for (const [i, { code, refundShare }] of CATEGORIES.entries()) {
      const ofCategory = ({ data }: AnyDocument) => data.productId.startsWith(code) && !ill.has(data.productId)
      const [lines, back] = [sold.filter(ofCategory).length, refunded.filter(ofCategory).length]
      // All that a small category has may be of the bad batch.
      if (lines < 100) continue
      measured++
      const deviation = Math.sqrt((refundShare * (1 - refundShare)) / lines)
      expect([i, Math.abs(back / lines - refundShare) < Math.max(refundShare / 5, 4 * deviation)]).toEqual([i, true])
    }
    expect(measured).toBeGreaterThan(5)
  })

  it('the year by fortnights, of the chain and of what feasts move most, with a correlation above 0.85 and 0.75', () => {
    const year = simulated({ stores: 2, products: 160, days: 364, eventsPerDay: 600, stepMs: 7 * DAY_MS })
    const begin = localDay(year.world.startMs)
    const sales = ofType(year, 'sale.recorded')
    const fortnightOf = (sale: AnyDocument) => Math.floor((localDay(at(sale)) - begin) / 14)
    const bounds: [codes: string[], least: number][] = [
      [CATEGORIES.map(({ code }) => code), 0.85],
      [['APP'], 0.75],
      [['HOM'], 0.75],
    ]
    for (const [codes, bound] of bounds) {
      const units = Array.from({ length: 26 }, () => 0)
      for (const sale of sales) {
        const isOf = codes.some((code) => sale.data.productId.startsWith(code))
        if (isOf && fortnightOf(sale) < 26) units[fortnightOf(sale)]! += sale.data.quantity
      }
      const curve = units.map(() => 0)
      for (let day = 0; day < 364; day++) {
        for (const [i, factor] of seasonFactors(begin + day).entries()) {
          if (codes.includes(CATEGORIES[i]!.code)) curve[Math.floor(day / 14)]! += factor * CATEGORIES[i]!.share
        }
      }
      expect(correlation(units, curve)).toBeGreaterThan(bound)
    }
  })

  it('how often each variant of a campaign is followed, to three deviations', () => {
    const [shown, clicked] = [ofType(quarter, 'campaign.shown'), ofType(quarter, 'campaign.clicked')]
    for (const variant of ['A', 'B']) {
      const isOf = ({ data }: AnyDocument) => data.variant === variant
      const shares = new Map(truthOf(quarter, 'campaign').map((line) => [line.campaignId, line.clickShares[variant]!]))
      const chances = shown.filter(isOf).map(({ data }) => shares.get(data.campaignId)!)
      const deviation = Math.sqrt(sum(chances.map((chance) => chance * (1 - chance))))
      expect(chances.length).toBeGreaterThan(1_000)
      expect(Math.abs(clicked.filter(isOf).length - sum(chances))).toBeLessThan(3 * deviation)
    }
  })

  it('that rain keeps a fifth away from shops, to a tenth', () => {
    const { stores } = quarter.world
    const regions = new Map(stores.slice(0, 3).map(({ id, region }) => [id, region]))
    const rainy = new Set(
      truthOf(quarter, 'weather').flatMap(({ date, region, rain }) => (rain ? [date + region] : [])),
    )
    const orders = { wet: 0, dry: 0 }
    // What a store would have sold on such a weekday.
    const days = { wet: 0, dry: 0 }
    for (let day = localDay(quarter.world.startMs); day < localDay(quarter.world.nowMs); day++) {
      for (const { profile, region, arrivalsPerDay } of stores.slice(0, 3)) {
        const kind = rainy.has(dateOf(day) + region) ? 'wet' : 'dry'
        days[kind] += arrivalsPerDay * STORE_PROFILES[profile]!.week[weekdayOf(day)]!
      }
    }
    for (const sale of ofType(quarter, 'sale.recorded')) {
      const region = regions.get(sale.storeId)
      if (region === undefined || sale.data.line !== 1) continue
      orders[rainy.has(dateOf(localDay(at(sale))) + region) ? 'wet' : 'dry']++
    }
    const ratio = orders.wet / days.wet / (orders.dry / days.dry)
    expect(ratio).toBeGreaterThan(0.68)
    expect(ratio).toBeLessThan(0.88)
  })

  it('the price elasticity of demand, to 0.25, and which categories answer most to prices', () => {
    // Three shops: nothing is sold online.
    const shops = { stores: 3, products: 96, days: 84, eventsPerDay: 4_500, stepMs: DAY_MS }
    const told = simulated({ ...shops, from: '2026-05-31T18:30:00Z' })
    const all = elasticityIn(told, '')
    expect(Math.abs(all.found - all.truth)).toBeLessThan(0.25)
    const [electronics, grocery] = [elasticityIn(told, 'ELE'), elasticityIn(told, 'GRO')]
    expect(electronics.truth).toBeLessThan(grocery.truth)
    expect(electronics.found).toBeLessThan(grocery.found)
  })
})

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [sum(a) / a.length, sum(b) / b.length]
  const product = sum(a.map((each, i) => (each - meanA) * (b[i]! - meanB)))
  return product / Math.sqrt(sum(a.map((each) => (each - meanA) ** 2)) * sum(b.map((each) => (each - meanB) ** 2)))
}

/**
 * The slope of log units on log regular price within products, in shops and outside of campaigns. Units of a price are
 * held against those of all products on the days it was asked, so that seasons cancel out; products weigh by their units.
 */
function elasticityIn(told: Told, code: string): { found: number; truth: number } {
  const truths = new Map(truthOf(told, 'product').map((line) => [line.productId, line]))
  const campaigns = truthOf(told, 'campaign')
  const spikes = truthOf(told, 'anomaly').filter(({ what }) => what === 'demand-spike')
  const inCampaign = (productId: string, time: number) =>
    campaigns.some(
      ({ productIds, from, to }) => productIds.includes(productId) && time >= from - HOUR_MS && time < to,
    ) || spikes.some(({ productId: spiked, from, to }) => spiked === productId && time >= from && time < to)
  const ids = [...truths.keys()].filter((id) => id.startsWith(code))
  const begin = localDay(told.world.startMs)
  const days = localDay(told.world.nowMs) - begin
  const units = new Map(ids.map((id) => [id, new Float64Array(days)]))
  const all = new Float64Array(days)
  const sales = inShops(told).filter((sale) => localDay(at(sale)) - begin < days)
  for (const sale of sales) {
    const day = localDay(at(sale)) - begin
    const of = units.get(sale.data.productId)
    if (of !== undefined) of[day]! += sale.data.quantity
    all[day]! += sale.data.quantity
  }
  // The price of the chain's first store, at the end of each day.
  const prices = new Map<string, Float64Array>()
  for (const id of ids) prices.set(id, new Float64Array(days).fill(truths.get(id)!.referencePriceMinor))
  for (const { storeId, data, occurredAt } of ofType(told, 'price.changed')) {
    if (storeId !== told.world.stores[0]!.id || !prices.has(data.productId)) continue
    prices.get(data.productId)!.fill(data.priceMinor, Math.max(0, localDay(Date.parse(occurredAt)) - begin))
  }
  let above = 0
  let below = 0
  let truth = 0
  let weights = 0
  for (const id of ids) {
    const levels = new Map<number, { units: number; all: number }>()
    for (let day = 0; day < days; day++) {
      if (inCampaign(id, told.world.startMs + day * DAY_MS)) continue
      const price = prices.get(id)![day]!
      const level = levels.get(price) ?? { units: 0, all: 0 }
      level.units += units.get(id)![day]!
      level.all += all[day]!
      levels.set(price, level)
    }
    const known = [...levels].filter(([, level]) => level.units >= 10)
    if (known.length < 2) continue
    const weight = sum(known.map(([, level]) => level.units))
    const x = known.map(([price]) => Math.log(price))
    const y = known.map(([, level]) => Math.log(level.units / level.all))
    const meanX = sum(known.map(([, level], i) => level.units * x[i]!)) / weight
    const meanY = sum(known.map(([, level], i) => level.units * y[i]!)) / weight
    const spread = sum(known.map(([, level], i) => level.units * (x[i]! - meanX) ** 2))
    above += sum(known.map(([, level], i) => level.units * (x[i]! - meanX) * (y[i]! - meanY)))
    below += spread
    truth += spread * truths.get(id)!.elasticity
    weights += spread
  }
  return { found: above / below, truth: truth / weights }
}
