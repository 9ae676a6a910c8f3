/** A year of a shop under one policy, day by day: deliveries in the morning, sales, then the orders of the evening. */

import { randomFrom, uniform } from '#core/simulator/random.ts'
import { leadDays, unitsDelivered } from '#core/simulator/replenishment.ts'
import { openBook, type SeriesBook, type ShopBook } from './replenishment-book.ts'
import { DAYS, PAST_DAYS, SCORED_DAYS, SETTLING_DAYS, type Shop } from './replenishment-shop.ts'

/** Days until a store may order of the same supplier again. */
export const REVIEW_DAYS = 7

/** What is learnt is learnt anew so often, from the first evening on. */
export const LEARN_EVERY_DAYS = 28

/** Units to order of each of these series on the evening of `day`; 0 or less: none; rounded up to whole packs. */
export type Policy = (book: ShopBook, day: number, reviewed: readonly SeriesBook[]) => readonly number[]

export interface YearFigures {
  /** Of a series at a day's end, units; and in the chain's money at cost. */
  readonly stockUnits: number
  readonly stockValueMinor: number
  /** Share of days of a series on which somebody found an empty shelf. */
  readonly stockoutDays: number
  /** Share of the time for which shelves were empty. */
  readonly emptyShare: number
  /** Share of the units wanted that were not there. */
  readonly lostShare: number
  readonly orders: number
}

export function runYear(shop: Shop, policy: Policy): YearFigures {
  const book = openBook(shop)
  const sums = { units: 0, value: 0, outDays: 0, empty: 0, lost: 0, wanted: 0, orders: 0 }
  for (let day = PAST_DAYS; day < DAYS; day++) {
    const isScored = day >= PAST_DAYS + SETTLING_DAYS
    for (const [place, one] of book.series.entries()) {
      receive(book, one, day)
      const wanted = one.series.wanted[day]!
      const lost = sell(one, day, wanted, seedOf(shop.seed, place, day))
      if (!isScored) continue
      sums.units += one.onHand
      sums.value += one.onHand * one.series.unitCostMinor
      sums.outDays += Number(lost > 0)
      sums.empty += one.empty[day]!
      sums.lost += lost
      sums.wanted += wanted
    }
    const weekday = (((shop.firstDay + day + 3) % 7) + 7) % 7
    const places = [...book.series.keys()].filter((place) => shop.series[place]!.orderWeekday === weekday)
    const units = policy(
      book,
      day,
      places.map((place) => book.series[place]!),
    )
    places.forEach((place, k) => {
      if (!(units[k]! > 0)) return
      order(book.series[place]!, day, units[k]!, seedOf(shop.seed + 1, place, day))
      if (isScored) sums.orders++
    })
  }
  const days = SCORED_DAYS * shop.series.length
  return {
    stockUnits: sums.units / days,
    stockValueMinor: sums.value / SCORED_DAYS,
    stockoutDays: sums.outDays / days,
    emptyShare: sums.empty / days,
    lostShare: sums.lost / sums.wanted,
    orders: sums.orders,
  }
}

function receive({ leadTimes }: ShopBook, one: SeriesBook, day: number): void {
  const { supplier } = one.series
  for (const { placedOn, arrivesOn, ordered, delivers } of one.inbound) {
    if (arrivesOn !== day) continue
    one.onHand += delivers
    leadTimes.push({ supplierId: supplier.id, placedOn, quantity: ordered, leadDays: day - placedOn })
  }
  one.inbound = one.inbound.filter(({ arrivesOn }) => arrivesOn > day)
}

/** Customers come at any time of the day alike: the shelf is empty from the last unit's sale on. */
function sell(one: SeriesBook, day: number, wanted: number, seed: number): number {
  const sold = Math.min(one.onHand, wanted)
  one.empty[day] = one.onHand > wanted ? 0 : 1 - (sold === 0 ? 0 : orderStatistic(sold, wanted, seed))
  if (one.onHand === 0) one.empty[day] = 1
  one.sold[day] = sold
  one.onHand -= sold
  return wanted - sold
}

/** Of `count` even chances the `k`th from below. */
function orderStatistic(k: number, count: number, seed: number): number {
  const random = randomFrom(seed)
  return Float64Array.from({ length: count }, () => uniform(random)).sort()[k - 1]!
}

/** Whole packs. An order is as late, and as short, under every policy that orders the same on the same day. */
function order(one: SeriesBook, day: number, units: number, seed: number): void {
  const { supplier, packSize } = one.series
  const random = randomFrom(seed)
  const ordered = Math.ceil(units / packSize) * packSize
  const arrivesOn = day + Math.max(1, Math.round(leadDays(random, supplier)))
  one.inbound.push({ placedOn: day, arrivesOn, ordered, delivers: unitsDelivered(random, supplier, ordered) })
}

/** Chance of its own for each series and day, whatever happened before. */
const seedOf = (seed: number, place: number, day: number): number =>
  (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(place + 1, 0x85ebca6b) ^ Math.imul(day + 1, 0xc2b2ae35)) >>> 0
