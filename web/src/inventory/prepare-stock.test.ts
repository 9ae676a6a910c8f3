import { describe, expect, it } from 'vitest'
import type { StockItem } from '#core/api/stock.ts'
import { byCover, eachOnce, prepareStock, riskOf, totalsOf } from './prepare-stock.ts'
import { withMovedStock } from './with-moved-stock.ts'

const item = (more: Partial<StockItem> = {}): StockItem => ({
  storeId: 's',
  productId: 'P',
  title: null,
  category: null,
  onHand: 14,
  available: 14,
  tracked: true,
  inbound: 0,
  unitsPerDay: 6,
  daysOfCover: 14 / 6,
  stockOutRisk: 0.9,
  alert: null,
  priceMinor: null,
  currency: null,
  movedAt: null,
  countedAt: null,
  today: null,
  quarter: null,
  ...more,
})
const alert = (kind: string, severity = 'CRITICAL') => ({ id: 'a', kind, severity })

describe('the risk', () => {
  it.each([
    [{ alert: alert('OVERSOLD'), tracked: false }, 'oversold'],
    [{ alert: alert('OUT_OF_STOCK'), tracked: true }, 'out'],
    [{ alert: alert('LOW_STOCK'), tracked: true }, 'critical'],
    [{ alert: alert('LOW_STOCK', 'WARNING'), tracked: true }, 'low'],
    [{ alert: null, tracked: true }, 'enough'],
    [{ alert: null, tracked: false }, 'uncounted'],
  ])('of %j is %s', (given, risk) => expect(riskOf(given)).toBe(risk))
})

it('rows of several answers are there once, where they come first', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((storeId) => item({ storeId }))
  expect(eachOnce([c!, a!, a!, b!, c!])).toEqual([c, a, b])
})

describe('a row', () => {
  it('has names where there are some, and the newest of its times', () => {
    const [named, unnamed] = prepareStock(
      [
        item({ title: 'Kurta', movedAt: '2026-03-02T10:00:00Z', countedAt: '2026-03-02T11:00:00Z' }),
        item({ storeId: 't' }),
      ],
      new Map([['s', 'High Street']]),
    )
    expect(named).toMatchObject({ product: 'Kurta', store: 'High Street', movedAt: Date.parse('2026-03-02T11:00:00Z') })
    expect(unnamed).toMatchObject({ product: 'P', store: 't', movedAt: null, soldToday: null })
    expect(named!.key).not.toBe(unnamed!.key)
  })
})

describe('a product in all stores', () => {
  const rows = prepareStock(
    [
      item({ storeId: 'much', onHand: 90, daysOfCover: 15 }),
      item({ storeId: 'still', onHand: 3, daysOfCover: null, unitsPerDay: 0 }),
      item({ storeId: 'owes', onHand: -4, daysOfCover: 0, alert: alert('OVERSOLD') }),
      item({ storeId: 'little', onHand: 2, daysOfCover: 1, alert: alert('LOW_STOCK') }),
    ],
    new Map(),
  )
  it('comes least cover first', () => {
    expect(byCover(rows).map(({ storeId }) => storeId)).toEqual(['owes', 'little', 'much', 'still'])
  })
  it('is added up without what is owed', () => {
    expect(totalsOf(rows)).toEqual({ onHand: 95, owed: 4, unitsPerDay: 18 })
  })
})

describe('after a frame', () => {
  const answer = { asOf: '2026-03-02T10:00:00Z', items: [item({ storeId: 'a' }), item({ storeId: 'b' })] }
  const moved = [item({ storeId: 'b', onHand: 13 }), item({ storeId: 'c', onHand: 1 })]

  it('rows that are there are newer, in their places', () => {
    const after = withMovedStock(answer, moved, '2026-03-02T10:00:01Z')
    expect(after.items.map(({ storeId, onHand }) => [storeId, onHand])).toEqual([
      ['a', 14],
      ['b', 13],
    ])
    expect(after.items[0]).toBe(answer.items[0])
  })
  it('an answer that is newer, or holds none of them, is the same', () => {
    expect(withMovedStock(answer, moved, '2026-03-02T09:59:59Z')).toBe(answer)
    expect(withMovedStock(answer, moved.slice(1), '2026-03-02T10:00:01Z')).toBe(answer)
  })
})
