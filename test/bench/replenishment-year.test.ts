import { describe, expect, it } from 'vitest'
import { positionOf, type ShopBook } from './replenishment-book.ts'
import { reorderPolicy } from './replenishment-policy.ts'
import { minMaxRule, movingAverageRule, normalRule, normalRuleByForecast } from './replenishment-rules.ts'
import { makeShop, PAST_DAYS, SETTLING_DAYS, type Shop } from './replenishment-shop.ts'
import { type Policy, runYear } from './replenishment-year.ts'

const shop = makeShop(7, 2, 10)
const UNTIL = PAST_DAYS + 140

/** What a policy asks for each evening up to a day. */
function asked(policy: Policy, of: Shop, until: number): number[][] {
  const evenings: number[][] = []
  runYear(of, (book, day, reviewed) => {
    if (day > until) return reviewed.map(() => 0)
    const units = policy(book, day, reviewed)
    evenings.push([day, ...units])
    return units
  })
  return evenings
}

const POLICIES: readonly (readonly [string, () => Policy])[] = [
  ['moving average', () => movingAverageRule(1.5)],
  ['(s, S)', () => minMaxRule(1.5, 7)],
  ['normal', () => normalRule(2, 0)],
  ['normal by our forecast', () => normalRuleByForecast(2)],
  ['reorders', () => reorderPolicy({ serviceLevel: 'by class' })],
]

describe('no policy sees what is to come', () => {
  /**
   * Everything after that evening is another story: three times the demand; and from the end of a campaign that runs, which is
   * known, other prices and a campaign each day.
   */
  const other: Shop = {
    ...shop,
    series: shop.series.map((one) => {
      const end = one.campaign.findIndex((on, day) => day > UNTIL && on === 0)
      return {
        ...one,
        wanted: one.wanted.map((units, day) => (day > UNTIL ? 3 * units + 1 : units)),
        prices: one.prices.map((price, day) => (day >= end ? 2 * price : price)),
        campaign: one.campaign.map((on, day) => (day > end ? 1 : on)),
      }
    }),
  }
  it.each(POLICIES)('%s', (_, make) => {
    const orders = asked(make(), shop, UNTIL)
    expect(orders).toEqual(asked(make(), other, UNTIL))
    expect(orders.flat().some((units) => units > 0)).toBe(true)
  })
})

describe('a year of a shop', () => {
  it('loses no unit: what is sold and left is what there was and what came', () => {
    let begun: number[] = []
    let book: ShopBook | undefined
    const came = new Map<string, number>()
    const rule = movingAverageRule(1.2)
    runYear(shop, (at, day, reviewed) => {
      book = at
      if (begun.length === 0)
        begun = at.series.map((one) => one.onHand + one.sold.subarray(PAST_DAYS).reduce((sum, units) => sum + units, 0))
      for (const one of at.series)
        for (const { placedOn, delivers } of one.inbound) came.set(`${at.series.indexOf(one)} ${placedOn}`, delivers)
      return day < PAST_DAYS + SETTLING_DAYS ? rule(at, day, reviewed) : reviewed.map(() => 0)
    })
    book!.series.forEach((one, place) => {
      const delivered = [...came].reduce((sum, [key, units]) => sum + (key.startsWith(`${place} `) ? units : 0), 0)
      const sold = one.sold.subarray(PAST_DAYS).reduce((sum, units) => sum + units, 0)
      expect([place, one.onHand + sold, positionOf(one)]).toEqual([place, begun[place]! + delivered, one.onHand])
    })
  })
  it('with nothing ordered is out of stock, with everything hardly ever', () => {
    const nothing = runYear(shop, (_, __, reviewed) => reviewed.map(() => 0))
    const plenty = runYear(shop, movingAverageRule(6))
    expect(nothing).toMatchObject({ orders: 0, stockUnits: 0, lostShare: 1, emptyShare: 1 })
    expect(plenty.stockoutDays).toBeLessThan(0.002)
  })
  it('is the same again', () => expect(runYear(shop, minMaxRule(1.3, 0))).toEqual(runYear(shop, minMaxRule(1.3, 0))))
})
