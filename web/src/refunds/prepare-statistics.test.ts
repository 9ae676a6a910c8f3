import { describe, expect, it } from 'vitest'
import type { MetricsAnswer } from '#core/api/metrics.ts'
import { prepareStatistics, refundCurrency, shareOf, soldIn } from './prepare-statistics.ts'

const figure = (value: number | null) => ({ value, dayEarlier: null, weekEarlier: null })
const amounts = (of: Readonly<Record<string, number | null>>) =>
  Object.fromEntries(
    ['grossRevenue', 'discounts', 'cancelledAmount', 'refundAmount'].map((name) => [
      name,
      figure(name in of ? of[name]! : 0),
    ]),
  )
const answer = (money: object, more: object = {}) =>
  ({ money, counts: { refunds: figure(4) }, refundReasons: [], ...more }) as unknown as MetricsAnswer

describe('the currency', () => {
  it.each([
    [{ INR: {} }, 'INR'],
    [{ INR: { grossRevenue: 9 }, EUR: { refundAmount: 1 } }, 'EUR'],
    [{ INR: {}, EUR: { grossRevenue: 1 } }, 'EUR'],
    [{ INR: { refundAmount: 2 }, EUR: { refundAmount: 2 } }, 'INR'],
  ])('of %j is %s', (money, currency) => {
    const full = Object.fromEntries(Object.entries(money).map(([code, of]) => [code, amounts(of)]))
    expect(refundCurrency(answer(full))).toBe(currency)
  })
})

it.each([
  [{ grossRevenue: 100, discounts: 10, cancelledAmount: 5, refundAmount: 50 }, 85],
  [{ grossRevenue: null }, null],
  [{ grossRevenue: 100, cancelledAmount: null }, null],
])('of %j so much was sold: %s', (of, sold) => {
  expect(soldIn(answer({ INR: amounts(of) }), 'INR')).toBe(sold)
  expect(soldIn(answer({ INR: amounts(of) }), 'EUR')).toBeNull()
})

it.each([
  [1, 4, 0.25],
  [1, 0, null],
  [1, -4, null],
  [null, 4, null],
  [0, 4, 0],
])('the share of %s in %s is %s', (part, whole, share) => {
  expect(shareOf(part, whole)).toBe(share)
})

it('has a row for each reason, the most refunds first, beside the times that are known', () => {
  const refundReasons = [
    { reason: 'other', count: 1, amounts: { EUR: 3 } },
    { reason: 'defective', count: 3, amounts: { INR: 20 } },
  ]
  const metrics = answer({ INR: amounts({ grossRevenue: 100 }) }, { refundReasons })
  const byReason = [{ reason: 'defective', refunds: 3, linked: 2, medianMs: 5, p90Ms: 9 }]
  expect(prepareStatistics(metrics, { byReason }, 'INR')).toEqual([
    {
      ...{ reason: 'defective', refunds: 3, shareOfRefunds: 0.75, amount: 20, shareOfSales: 0.2 },
      ...{ linked: 2, medianMs: 5, p90Ms: 9 },
    },
    {
      ...{ reason: 'other', refunds: 1, shareOfRefunds: 0.25, amount: 0, shareOfSales: 0 },
      ...{ linked: 0, medianMs: null, p90Ms: null },
    },
  ])
})
