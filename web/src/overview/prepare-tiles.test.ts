import { describe, expect, test } from 'vitest'
import { measured, metricsSample, moneySample } from '../samples/answers.ts'
import { currenciesBySize, prepareTiles } from './prepare-tiles.ts'

const tileOf = (measure: string, ...sample: Parameters<typeof metricsSample>) =>
  prepareTiles(metricsSample(...sample), 'days', 'en').find((tile) => tile.measure === measure)!

describe('prepareTiles', () => {
  test('a money tile: figure, unit, change, comparison, week', () => {
    const money = { INR: moneySample({ netRevenue: measured(1_082_00, 1_000_00, 541_00) }) }
    expect(tileOf('netRevenue', { money })).toMatchObject({
      figure: { text: '1,082.00', unit: 'INR', exact: '1,082.00 INR' },
      change: { way: 'up', text: '+8.2 %', verdict: 'better' },
      than: 'than yesterday 14:05',
      weekEarlier: 'Tuesday last week 14:05: 541.00 INR, now +100 %, better.',
      others: [],
    })
  })

  test('the comparison is dated on the wall of the merchant’s zone', () => {
    const window = { from: '2026-03-02T18:30:00Z', to: '2026-03-03T14:05:12Z', timeZone: 'Asia/Kolkata' }
    expect(tileOf('orders', { window, counts: { orders: measured(2, 1) } }).than).toBe('than yesterday 19:35')
  })

  test('more refunds are worse, and their number is beside them', () => {
    const money = { INR: moneySample({ refundAmount: measured(200, 100) }) }
    const tile = tileOf('refundAmount', { money, counts: { refunds: measured(14) } })
    expect(tile).toMatchObject({ change: { way: 'up', verdict: 'worse' }, note: '14 refunds' })
  })

  test.each([
    [measured(5, 5), { way: 'same', text: '0 %', verdict: null }, 'as yesterday 14:05'],
    [measured(5, 0), { way: 'up', text: 'from 0', verdict: null }, 'yesterday 14:05'],
    [measured(5, null), null, 'no figure of yesterday 14:05'],
  ])('the words of the comparison: %o', (orders, change, than) => {
    expect(tileOf('orders', { counts: { orders } })).toMatchObject({ change, than })
  })

  test('what cannot be said is no figure, and says why', () => {
    expect(tileOf('averageOrderValue')).toMatchObject({ figure: null, change: null, than: '', whyNot: /no order yet/ })
    const money = { INR: moneySample({ netRevenue: measured(1) }), EUR: moneySample({ netRevenue: measured(1) }) }
    expect(tileOf('averageOrderValue', { money }).whyNot).toMatch(/several currencies/)
    expect(tileOf('orders', { counts: { orders: measured(null) } }).figure).toBeNull()
  })

  test('conversion is told as per cent', () => {
    expect(tileOf('conversion', { counts: { conversion: measured(0.034, 0.017) } })).toMatchObject({
      figure: { text: '3.4', unit: '%', exact: '3.4 %' },
      change: { text: '+100 %', verdict: 'better' },
    })
  })

  test('the day is compared with last week as well', () => {
    expect(tileOf('orders', { counts: { orders: measured(3, 2, 4) } }).week).toMatchObject({
      change: { text: '−25 %', verdict: 'worse' },
      than: 'than Tuesday',
    })
    expect(tileOf('orders', { counts: { orders: measured(3, 2, null) } }).week).toBeNull()
  })

  test('another span is compared with another answer', () => {
    const now = metricsSample({ counts: { orders: measured(3, 9, 9) } })
    const ordersOf = (against: Parameters<typeof prepareTiles>[1]) =>
      prepareTiles(now, against, 'en').find(({ measure }) => measure === 'orders')
    const answer = metricsSample({ counts: { orders: measured(2) } })
    expect(ordersOf({ answer, than: 'than the period before' })).toMatchObject({
      change: { text: '+50 %' },
      than: 'than the period before',
      week: null,
      weekEarlier: '',
    })
    expect(ordersOf({ answer: undefined, than: 'than before' })).toMatchObject({ change: null, than: '' })
    expect(ordersOf(null)).toMatchObject({ change: null, than: '', week: null })
  })

  test('nothing is a figure: 0', () => {
    expect(tileOf('netRevenue').figure).toEqual({ text: '0.00', unit: 'INR', exact: '0.00 INR' })
  })

  test('the largest currency is the tile, the others are beside it', () => {
    const money = {
      INR: moneySample({ grossRevenue: measured(100_00), netRevenue: measured(90_00) }),
      JPY: moneySample({ grossRevenue: measured(5000), netRevenue: measured(4000) }),
      EUR: moneySample({ grossRevenue: measured(200_00), netRevenue: measured(180_00) }),
    }
    const tile = tileOf('netRevenue', { money })
    expect(tile.figure?.exact).toBe('4,000 JPY')
    expect(tile.others.map(({ exact }) => exact)).toEqual(['180.00 EUR', '90.00 INR'])
    expect(tileOf('orders', { money }).others).toEqual([])
  })

  test.each([
    ['0', measured(0, 7), []],
    ['not known', measured(null), []],
    ['not 0', measured(7), ['0.07 EUR']],
    ['below 0', measured(-7), ['−0.07 EUR']],
  ])('another currency in which the figure is %s', (_, refundAmount, others) => {
    const money = { INR: used(100_00), EUR: moneySample({ grossRevenue: measured(5_00), refundAmount }) }
    expect(tileOf('refundAmount', { money }).others.map(({ exact }) => exact)).toEqual(others)
  })
})

describe('currenciesBySize', () => {
  test.each([
    ['the merchant’s own where nothing was sold', { INR: moneySample(), EUR: moneySample() }, ['INR']],
    ['the merchant’s own first of two as large', { INR: used(100), EUR: used(100) }, ['INR', 'EUR']],
    ['by units people count by, not by minor units', { INR: used(10_00), JPY: used(11) }, ['JPY', 'INR']],
    [
      'one with refunds alone counts',
      { INR: used(5), EUR: moneySample({ refundAmount: measured(7) }) },
      ['INR', 'EUR'],
    ],
    ['yesterday’s alone does not', { INR: used(5), EUR: moneySample({ grossRevenue: measured(0, 7) }) }, ['INR']],
    ['none at all', {}, []],
  ])('%s', (_, money, codes) => {
    expect(currenciesBySize({ money })).toEqual(codes)
  })
})

function used(gross: number) {
  return moneySample({ grossRevenue: measured(gross) })
}
