import { describe, expect, it } from 'vitest'
import { stockItem } from '#core/api/stock.ts'
import { stockItemOf } from './stock-item.ts'
import type { Stock } from './stock-level.ts'

const AT = Date.parse('2026-03-02T10:00:00Z')
const HALF_LIFE_MS = 7 * 24 * 3_600_000
const row = (over: Partial<Stock> = {}): Stock => ({
  onHand: 20,
  tracked: true,
  movedAt: AT,
  countedAt: 0,
  countedDifference: 0,
  recent: [],
  velocity: { units: 10, exposureDays: 1, asOf: AT },
  ...over,
})
const NOTHING_BOOKED = { units: 0, cancelledUnits: 0, refunds: 0, refundedUnits: 0, money: {} }
const item = (over: Partial<Stock> = {}, now = AT) => stockItemOf(row(over), 'jaipur', 'KURTA-M', undefined, 'UTC', now)

describe('stockItemOf', () => {
  it('is the row as people read it', () => {
    const alert = { id: 'e1-LOW_STOCK', kind: 'LOW_STOCK', severity: 'WARNING', openedAt: AT } as const
    const waiting = [{ quantity: 9, received: 2, placedOn: '2026-03-01', lastCameOn: '2026-03-02' }]
    const shown = stockItemOf(
      row({ alert, priceMinor: 99900, currency: 'INR', waiting }),
      'jaipur',
      'KURTA-M',
      { title: 'Cotton kurta', category: 'Kurtas' },
      'UTC',
      AT,
    )
    expect(stockItem.parse(shown)).toEqual(shown)
    expect(shown).toEqual({
      storeId: 'jaipur',
      productId: 'KURTA-M',
      title: 'Cotton kurta',
      category: 'Kurtas',
      onHand: 20,
      available: 20,
      tracked: true,
      inbound: 7,
      unitsPerDay: 10,
      daysOfCover: 2,
      // Poisson with mean 30: P(N >= 20) = 0.9781265..., by summing its terms
      stockOutRisk: expect.closeTo(0.9781265, 6),
      alert: { id: 'e1-LOW_STOCK', kind: 'LOW_STOCK', severity: 'WARNING' },
      priceMinor: 99900,
      currency: 'INR',
      movedAt: '2026-03-02T10:00:00.000Z',
      countedAt: null,
      today: { date: '2026-03-02', ...NOTHING_BOOKED },
      quarter: { start: '2026-03-02T10:00:00.000Z', ...NOTHING_BOOKED },
    })
  })

  it.each([
    [20, 20],
    [0, 0],
    [-3, 0],
  ])('%i on hand: %i can be sold', (onHand, available) => {
    expect(item({ onHand })).toMatchObject({ onHand, available })
  })

  it('lasts for ever where nothing sells', () => {
    expect(item({ velocity: { units: 0, exposureDays: 0, asOf: 0 } })).toMatchObject({
      unitsPerDay: 0,
      daysOfCover: null,
      stockOutRisk: 0,
    })
  })

  it('has slowed down when it did not sell since, though it was there', () => {
    const later = item({}, AT + HALF_LIFE_MS)
    // Both sums halve and half a week of exposure comes: 5 / (0.5 + 7 / (2 ln 2)).
    expect(later.unitsPerDay).toBeCloseTo(5 / (0.5 + 7 / (2 * Math.LN2)), 9)
  })

  it('has not slowed down where nothing was there to be sold', () => {
    expect(item({ onHand: 0 }, AT + HALF_LIFE_MS).unitsPerDay).toBeCloseTo(10, 9)
  })

  it('slows down where nobody counts: it may have been there', () => {
    expect(item({ onHand: -5, tracked: false }, AT + HALF_LIFE_MS).unitsPerDay).toBeLessThan(1)
  })
})
