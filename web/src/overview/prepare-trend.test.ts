import { describe, expect, test } from 'vitest'
import { alertSample, seriesSample } from '../samples/answers.ts'
import { bucketsFor, byFive, prepareCumulative, prepareTrend, prepareVolume } from './prepare-trend.ts'

describe('the width of bars', () => {
  test.each([
    [1, true, true, 'minute'],
    [1, true, false, 'minute'],
    [1, false, true, 'hour'],
    [2, false, true, 'hour'],
    [8, false, true, 'hour'],
    [9, false, true, 'day'],
    [100, false, true, 'day'],
    [101, false, true, 'month'],
  ])('%d days, today %s, adding up %s: %s as usual', (days, isToday, adds, usual) => {
    expect(bucketsFor(days, isToday, adds)[0]).toBe(usual)
    if (!adds) expect(bucketsFor(days, isToday, adds)).not.toContain('five')
  })
})

describe('five minutes', () => {
  test('are the sum of what is known, and as unsure as the most unsure of them', () => {
    // 13:58 to 14:05.
    const { buckets, series } = byFive(seriesSample([1, 1, 2, null, 3, 4, 5, 6], {}, { 2: { corrected: true } }))
    expect(buckets).toEqual([
      {
        start: '2026-03-03T14:00:00.000Z',
        end: '2026-03-03T14:05:00.000Z',
        status: 'provisional',
        corrected: true,
      },
      { start: '2026-03-03T14:05:00.000Z', end: '2026-03-03T14:10:00.000Z', status: 'filling', corrected: false },
    ])
    expect(series[0]?.values).toEqual([14, 6])
  })

  test('of which nothing is known are a gap', () => {
    expect(byFive(seriesSample([null, null, null, null, null, 1])).series[0]?.values).toEqual([null, 1])
  })
})

test('a trend says its time, its alerts and the time before', () => {
  const alerts = [alertSample({ kind: 'STOCK_OUT' as never, openedAt: '2026-03-03T14:04:30.000Z' })]
  const earlier = { answer: seriesSample([5, 6]), name: 'yesterday' }
  const spec = prepareTrend(seriesSample([1, 2]), { bucket: 'quarter', span: 'today', alerts, earlier })
  expect(spec).toMatchObject({ title: 'Net revenue by quarter of an hour', span: 'today', adds: true })
  expect(spec.annotations).toMatchObject([{ kind: 'stock-out' }])
  expect(spec.series.map(({ name }) => name)).toEqual(['Net revenue', 'yesterday'])
  const share = prepareTrend(seriesSample([0.1], { measure: 'conversion', currency: null }), {
    bucket: 'minute',
    span: 'today',
    alerts: [],
    earlier: null,
  })
  expect(share).toMatchObject({ unit: { kind: 'share' }, span: 'last hour' })
})

test('the day so far goes on as last week did', () => {
  const quarters = (day: number, values: (number | null)[]) =>
    seriesSample(values, {
      bucket: 'quarter',
      buckets: values.map((_, at) => ({
        start: new Date(Date.UTC(2026, 2, day, 0, at * 15)).toISOString(),
        end: new Date(Date.UTC(2026, 2, day, 0, at * 15 + 15)).toISOString(),
        status: 'final' as const,
        corrected: false,
      })),
    })
  const spec = prepareCumulative(quarters(10, [1, 2]), quarters(3, [4, null, 5, 6]))
  expect(spec.series.map(({ name, values }) => [name, values])).toEqual([
    ['so far', [1, 3, null, null]],
    ['same day last week', [4, null, 9, 15]],
  ])
  expect(spec.buckets.map(({ label, state }) => [label, state])).toEqual([
    ['00:00', 'final'],
    ['00:15', 'final'],
    ['00:30', 'final'],
    ['00:45', 'final'],
  ])
  expect(prepareCumulative(quarters(10, [1]), quarters(3, [null])).series).toHaveLength(1)
})

test('orders and refunds stand on each other', () => {
  const count = { currency: null }
  const spec = prepareVolume(seriesSample([3, 4], count), seriesSample([1, null], count), 'today')
  expect(spec.stack).toBe(true)
  expect(spec.series.map(({ name, values }) => [name, values])).toEqual([
    ['Orders', [3, 4]],
    ['Refunds', [1, null]],
  ])
})
