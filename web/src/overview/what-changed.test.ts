import { describe, expect, test } from 'vitest'
import { alertSample, measured, metricsSample, moneySample } from '../samples/answers.ts'
import { whatChanged } from './what-changed.ts'

const told = (sample: Parameters<typeof metricsSample>[0], alerts: Parameters<typeof whatChanged>[1] = []) =>
  whatChanged(metricsSample(sample), alerts, 'en').map(({ text }) => text)

describe('what changed in the last hour', () => {
  test('a quiet hour is silent', () => {
    expect(told({})).toEqual([])
    expect(told({ counts: { orders: measured(100, 110) } })).toEqual([])
  })

  test('the largest change comes first, with both figures', () => {
    const money = {
      INR: moneySample({ netRevenue: measured(1_200_00, 1_000_00), refundAmount: measured(500_00, 100_00) }),
    }
    expect(told({ counts: { orders: measured(30, 60) }, money })).toEqual([
      'Refunds are up: 500.00 INR, +400 %, 100.00 INR in the same hour yesterday.',
      'Orders are down: 30, −50 %, 60 in the same hour yesterday.',
      'Net revenue is up: 1,200.00 INR, +20 %, 1,000.00 INR in the same hour yesterday.',
    ])
  })

  test.each([
    [measured(1, 4), []],
    [measured(0, 5), ['Orders are down: 0, −100 %, 5 in the same hour yesterday.']],
    [measured(5, 0), ['Orders are up: 5, none in the same hour yesterday.']],
    [measured(10, null, 5), ['Orders are up: 10, +100 %, 5 in the same hour last week.']],
    [measured(115, 100), ['Orders are up: 115, +15 %, 100 in the same hour yesterday.']],
    [measured(114, 100), []],
    [measured(10, null, null), []],
  ])('orders %j', (orders, texts) => {
    expect(told({ counts: { orders } })).toEqual(texts)
  })

  test.each([
    [measured(5, 0), 'up', null],
    [measured(0, 5), 'down', 'worse'],
    [measured(60, 30), 'up', 'better'],
  ])('orders %j go %s, which is %s', (orders, way, verdict) => {
    expect(whatChanged(metricsSample({ counts: { orders } }), [], 'en')).toMatchObject([{ way, verdict }])
  })

  test('fewer refunds are down, and better', () => {
    const money = { INR: moneySample({ refundAmount: measured(100_00, 500_00) }) }
    const sample = metricsSample({ counts: { orders: measured(30, 30) }, money })
    expect(whatChanged(sample, [], 'en')).toMatchObject([{ way: 'down', verdict: 'better' }])
  })

  test('money of a few orders says nothing', () => {
    const money = { INR: moneySample({ netRevenue: measured(500_00, 100_00) }) }
    expect(told({ counts: { orders: measured(4, 4) }, money })).toEqual([])
  })

  test('what ran out is said, worse where it was fewer', () => {
    expect(told({ counts: { stockOuts: measured(1, 0) } })).toEqual([
      'One product ran out in a store, none in the same hour yesterday.',
    ])
    const [sentence] = whatChanged(metricsSample({ counts: { stockOuts: measured(3, 5) } }), [], 'en')
    expect(sentence).toMatchObject({
      text: '3 products ran out in a store, 5 in the same hour yesterday.',
      verdict: null,
    })
  })

  test('alerts of the hour are counted, the critical one first', () => {
    const alerts = [
      alertSample({ text: 'Low.', openedAt: '2026-03-03T13:05:12.000Z' }),
      alertSample({ text: 'Out.', openedAt: '2026-03-03T14:00:00.000Z', severity: 'CRITICAL' }),
      alertSample({ openedAt: '2026-03-03T13:05:11.999Z' }),
      alertSample({ openedAt: '2026-03-03T14:00:00.000Z', state: 'resolved' }),
    ]
    expect(told({}, alerts)).toEqual(['2 alerts opened, 1 of them critical. The first to look at: Out.'])
  })

  test('a reason that half of the refunds share', () => {
    const refundReasons = [
      { reason: 'wrong_size', count: 3, amounts: { INR: 30000 } },
      { reason: 'defective', count: 3, amounts: { INR: 1 } },
    ]
    expect(told({ counts: { refunds: measured(6, 6) }, refundReasons })).toEqual([
      '3 of 6 refunds say “wrong size”: 300.00 INR.',
    ])
    expect(told({ counts: { refunds: measured(7, 7) }, refundReasons })).toEqual([])
  })
})
