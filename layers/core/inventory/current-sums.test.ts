import { describe, expect, it } from 'vitest'
import { stockItem } from '#core/api/stock.ts'
import { fold, type Happening } from '#test/fakes/engine-in-test.ts'
import { currentItemOf } from './current-sums.ts'
import type { Stock } from './stock-level.ts'

const KOLKATA = 'Asia/Kolkata'
const ms = (text: string) => Date.parse(text)
let orders = 0
const sale = (at: string, quantity = 1, more: object = {}): Happening => ({
  type: 'sale.recorded',
  at,
  receivedAt: '2026-03-03T00:00:00Z',
  data: { orderId: `O${++orders}`, productId: 'P', quantity, unitPriceMinor: 100, currency: 'INR', ...more },
})
const refund = (at: string): Happening => ({
  type: 'sale.refunded',
  at,
  data: { refundId: `R${at}`, productId: 'P', quantity: 1, amountMinor: 60, currency: 'INR', reason: 'defective' },
})
const rowAfter = async (...happenings: Happening[]): Promise<Stock> =>
  (await fold(happenings, { zones: { s: KOLKATA } })).onlyRow('stock')
const shownAt = async (now: string, ...happenings: Happening[]) =>
  currentItemOf(await rowAfter(...happenings), KOLKATA, ms(now))

describe('what is current of a product in a store', () => {
  it('is what was sold, called off and given back in the quarter and the day', async () => {
    const called: Happening = {
      type: 'sale.cancelled',
      at: '2026-03-02T10:20:00Z',
      data: { orderId: 'C', productId: 'P', quantity: 1, unitPriceMinor: 100, currency: 'INR' },
    }
    const events = [
      sale('2026-03-02T10:00:00Z', 2),
      sale('2026-03-02T10:15:00Z', 3, { discountMinor: 30 }),
      sale('2026-03-02T10:16:00Z', 1, { currency: 'USD' }),
      called,
      refund('2026-03-02T10:21:00Z'),
    ]
    const shown = await shownAt('2026-03-02T10:29:59Z', ...events)
    const inr = { discounts: 30, cancelledAmount: 100, refundAmount: 60 }
    const usd = { grossRevenue: 100, discounts: 0, cancelledAmount: 0, refundAmount: 0, goodsRevenue: 100 }
    expect(shown).toEqual({
      today: {
        date: '2026-03-02',
        units: 6,
        cancelledUnits: 1,
        refunds: 1,
        refundedUnits: 1,
        money: { INR: { ...inr, grossRevenue: 500, goodsRevenue: 310 }, USD: usd },
      },
      quarter: {
        start: '2026-03-02T10:15:00.000Z',
        units: 4,
        cancelledUnits: 1,
        refunds: 1,
        refundedUnits: 1,
        money: { INR: { ...inr, grossRevenue: 300, goodsRevenue: 110 }, USD: usd },
      },
    })
    const { today, quarter } = stockItem.shape
    expect([today.parse(shown.today), quarter.parse(shown.quarter)]).toEqual([shown.today, shown.quarter])
  })

  it.each([
    ['in its quarter', '2026-03-02T18:14:59Z', 1, 1],
    ['when the quarter is over', '2026-03-02T18:15:00Z', 1, 0],
    ['until the store’s midnight', '2026-03-02T18:29:59.999Z', 1, 0],
    ['not from then on', '2026-03-02T18:30:00Z', 0, 0],
  ])('is shown %s', async (_, now, day, quarter) => {
    const shown = await shownAt(now, sale('2026-03-02T18:00:00Z'))
    expect([shown.today?.units, shown.quarter?.units]).toEqual([day, quarter])
  })

  it('is the same in whatever order events come', async () => {
    const times = ['2026-03-02T18:16:00Z', '2026-03-02T18:31:00Z', '2026-03-02T18:32:00Z', '2026-03-02T18:46:00Z']
    const events = times.map((at, i) => sale(at, 10 ** i))
    for (const order of [events, events.toReversed(), [events[2]!, events[0]!, events[3]!, events[1]!]]) {
      const { today, quarter } = await rowAfter(...order)
      expect(today).toMatchObject({ of: '2026-03-03', sums: { units: 1110 } })
      expect(quarter).toMatchObject({ of: ms('2026-03-02T18:45:00Z'), sums: { units: 1000 } })
    }
  })

  it('is unknown, not zero, when a sale of a time that has not come took its place', async () => {
    const shown = await shownAt('2026-03-02T18:29:00Z', sale('2026-03-02T18:28:00Z'), sale('2026-03-02T18:30:00Z'))
    expect(shown).toEqual({ today: null, quarter: null })
  })

  it('counts a refund of goods that are not for sale again, and tells screens so', async () => {
    const engine = await fold([sale('2026-03-02T10:00:00Z')], { zones: { s: KOLKATA } })
    const before = engine.live.filter(({ topic }) => topic === 'stock').length
    await engine.take(refund('2026-03-02T10:01:00Z'))
    expect(await engine.onlyRow('stock')).toMatchObject({ onHand: -1, today: { sums: { units: 1, refunds: 1 } } })
    expect(engine.live.filter(({ topic }) => topic === 'stock').length).toBe(before + 1)
  })
})
