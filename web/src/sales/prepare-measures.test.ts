import { describe, expect, it } from 'vitest'
import type { MetricsAnswer } from '#core/api/metrics.ts'
import { currencyOf, prepareMeasures } from './prepare-measures.ts'

const figure = (value: number | null) => ({ value, dayEarlier: null, weekEarlier: null })
const answer = (
  money: Readonly<Record<string, readonly [net: number, gross: number]>>,
  units = 3,
  orders: number | null = 2,
) =>
  ({
    money: Object.fromEntries(
      Object.entries(money).map(([code, [net, gross]]) => [
        code,
        { netRevenue: figure(net), grossRevenue: figure(gross) },
      ]),
    ),
    counts: { units: figure(units), orders: figure(orders) },
  }) as unknown as MetricsAnswer
const told = (now: MetricsAnswer, earlier?: MetricsAnswer) =>
  prepareMeasures(now, earlier).map(({ measure, figure: of, change }) => [
    measure,
    of?.exact ?? null,
    change?.text ?? null,
  ])

it.each([
  [{ INR: [0, 0] }, 'INR'],
  [{ INR: [0, 0], EUR: [0, 0] }, 'INR'],
  [{ INR: [9, 1], EUR: [1, 2] }, 'EUR'],
] as const)('of %j the currency is %s', (money, currency) => {
  expect(currencyOf(answer(money))).toBe(currency)
})

describe('the figures', () => {
  it('stand beside those of the earlier span', () => {
    expect(told(answer({ INR: [110, 200] }), answer({ INR: [100, 100] }, 3, 4))).toEqual([
      ['net', '1.10 INR', '+10 %'],
      ['gross', '2.00 INR', '+100 %'],
      ['units', '3', '0 %'],
      ['orders', '2', '−50 %'],
    ])
  })

  it('have no change where nothing is compared', () => {
    expect(told(answer({ INR: [1, 1] })).map(([, , change]) => change)).toEqual([null, null, null, null])
  })

  it('say nothing of what is not kept', () => {
    expect(told(answer({ INR: [1, 1] }, 3, null), answer({ INR: [1, 1] }))[3]).toEqual(['orders', null, null])
  })
})
