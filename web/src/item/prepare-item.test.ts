import { describe, expect, it } from 'vitest'
import type { ItemAnswer } from '#core/api/item.ts'
import { measured, metricsSample, moneySample } from '../samples/answers.ts'
import { prepareEvents } from './prepare-events.ts'
import { currencyOf, factsOf, preparePrices, prepareWindows, refundsOf } from './prepare-item.ts'

const { window, counts } = metricsSample()
type Window = NonNullable<ItemAnswer['windows']['today']>
const windowOf = (changes: Partial<Window> = {}): Window => ({ window, counts, money: {}, ...changes })
const item = (changes: Partial<ItemAnswer> = {}): ItemAnswer => ({
  asOf: '2026-03-03T14:05:12.000Z',
  lagMs: 0,
  productId: 'P',
  listing: null,
  stores: 0,
  onHand: 0,
  stock: [],
  today: {},
  money: {},
  windows: { lastMinutes: windowOf(), today: windowOf(), sevenDays: windowOf() },
  alerts: [],
  prices: [],
  recent: [],
  ...changes,
})

describe('the listing', () => {
  it('says what somebody said, and the margin that follows', () => {
    const listing = {
      title: 'Kurta',
      category: 'Kurtas',
      basePriceMinor: 10_000,
      unitCostMinor: 4_000,
      currency: 'INR',
      packSize: 4,
      aliases: ['A', 'B'],
    }
    expect(factsOf({ productId: 'P', listing }, 'en-GB')).toEqual([
      { name: 'productId', value: 'P' },
      { name: 'category', value: 'Kurtas' },
      { name: 'basePriceMinor', value: '100.00 INR' },
      { name: 'unitCostMinor', value: '40.00 INR' },
      { name: 'margin', value: '60%' },
      { name: 'packSize', value: '4' },
      { name: 'aliases', value: 'A, B' },
    ])
    expect(factsOf({ productId: 'P', listing: null })).toEqual([{ name: 'productId', value: 'P' }])
  })
})

describe('the currency', () => {
  const of = (gross: number) => moneySample({ grossRevenue: measured(gross) })
  it.each<[Partial<ItemAnswer>, string | null]>([
    [{ windows: { ...item().windows, sevenDays: windowOf({ money: { INR: of(5), EUR: of(7) } }) } }, 'EUR'],
    [{ windows: { lastMinutes: null, today: windowOf({ money: { INR: of(5) } }), sevenDays: null } }, 'INR'],
    [{ listing: { currency: 'GBP' } }, 'GBP'],
    [{}, null],
  ])('of %j is %j', (changes, currency) => expect(currencyOf(item(changes))).toBe(currency))
})

describe('the windows', () => {
  it('are compared with the day before, the week with the week before', () => {
    const units = { ...counts, units: measured(12, 10, 8), refunds: measured(2, 1, 1) }
    const money = { INR: moneySample({ goodsRevenue: measured(120_000, 100_000, 60_000) }) }
    const given = windowOf({ counts: units, money })
    const prepared = prepareWindows(
      item({ windows: { lastMinutes: null, today: given, sevenDays: given } }),
      'INR',
      'en',
    )
    expect(prepared[0]).toEqual({ name: 'lastMinutes', figures: null })
    const [today, week] = prepared.slice(1).map(({ figures }) => figures!)
    expect(today!.slice(0, 3).map(({ figure, change }) => [figure?.text, change?.text, change?.verdict])).toEqual([
      ['1,200.00', '+20 %', 'better'],
      ['12', '+20 %', 'better'],
      ['2', '+100 %', 'worse'],
    ])
    expect(week![1]!.change?.text).toBe('+50 %')
  })

  it('know nothing sold from nothing known', () => {
    const figures = prepareWindows(item(), 'INR', 'en')[1]!.figures!
    expect(figures.find(({ measure }) => measure === 'revenue')?.figure?.text).toBe('0.00')
    expect(prepareWindows(item(), null, 'en')[1]!.figures![0]!.figure).toBeNull()
  })
})

describe('refunds', () => {
  it('are a share of what was sold before them', () => {
    const money = { INR: moneySample({ goodsRevenue: measured(7_500), refundAmount: measured(2_500) }) }
    const week = windowOf({ counts: { ...counts, refunds: measured(3) }, money })
    const windows = { ...item().windows, sevenDays: week }
    expect(refundsOf({ windows }, 'INR')).toEqual({ count: 3, amountMinor: 2_500, share: 0.25 })
    expect(refundsOf(item(), 'INR')).toEqual({ count: 0, amountMinor: 0, share: null })
    expect(refundsOf({ windows: { ...windows, sevenDays: null } }, 'INR')).toBeNull()
  })
})

it('prices stand beside what was asked in the same store before', () => {
  const at = (minute: number) => `2026-03-03T14:0${minute}:00Z`
  const lines = preparePrices([
    { at: at(3), storeId: 's', priceMinor: 120, currency: 'INR' },
    { at: at(2), storeId: 't', priceMinor: 90, currency: 'INR' },
    { at: at(1), storeId: 's', priceMinor: 100, currency: 'INR' },
  ])
  expect(lines.map(({ beforeMinor, afterMinor }) => [beforeMinor, afterMinor])).toEqual([
    [100, 120],
    [null, 90],
    [null, 100],
  ])
  expect(new Set(lines.map(({ key }) => key)).size).toBe(3)
})

it('events say how many, how much and why; what has no word is left out', () => {
  const event = { id: 'e', storeId: 's', occurredAt: '2026-03-03T14:00:00Z', currency: 'INR' }
  const none = { quantity: null, amountMinor: null, reason: null, note: null }
  const lines = prepareEvents(
    [
      { ...event, ...none, type: 'sale', quantity: 2, amountMinor: 150_000 },
      { ...event, ...none, type: 'stock.adjusted', quantity: -3, reason: 'own-use: window' },
      { ...event, ...none, type: 'stock.received', quantity: 3 },
      { ...event, ...none, type: 'refund', quantity: 1, amountMinor: 100, reason: 'other', note: 'too blue' },
      { ...event, ...none, type: 'something.else' },
    ],
    'en-GB',
  )
  expect(lines.map(({ units, amount, why }) => [units, amount, why])).toEqual([
    ['2', '1,500.00 INR', ''],
    ['−3', '', 'own use: window'],
    ['+3', '', ''],
    ['1', '1.00 INR', 'too blue'],
  ])
})
