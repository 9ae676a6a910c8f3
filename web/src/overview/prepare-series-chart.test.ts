import { describe, expect, test } from 'vitest'
import { alertSample, seriesSample } from '../samples/answers.ts'
import { prepareSeriesChart } from './prepare-series-chart.ts'

const chart = (...sample: Parameters<typeof seriesSample>) => prepareSeriesChart(seriesSample(...sample), [], 'en')
const count = { measure: 'orders', currency: null } as const

describe('bars', () => {
  test('money is drawn in units people count by, told with its currency, exported as plain text', () => {
    const { bars, unit, title } = chart([0, 1_234_50, -200])
    expect(title).toBe('Net revenue by minute')
    expect(unit).toBe('INR')
    expect(bars.map(({ value }) => value)).toEqual([0, 1234.5, -2])
    expect(bars.map(({ told }) => told)).toEqual(['0.00 INR', '1,234.50 INR', '−2.00 INR'])
    expect(bars.map(({ plain }) => plain)).toEqual(['0.00', '1234.50', '-2.00'])
    expect(bars.map(({ change }) => change)).toEqual(['', '+1,234.50', '−1,236.50'])
  })

  test('a count has no unit', () => {
    const { bars, unit } = chart([1000, 3], count)
    expect(unit).toBe('')
    expect(bars.map(({ told, plain }) => [told, plain])).toEqual([
      ['1,000', '1000'],
      ['3', '3'],
    ])
  })

  test.each([
    ['filling', 'not over yet'],
    ['provisional', 'may still change'],
    ['final', 'over'],
  ] as const)('a minute that is %s is %s', (status, state) => {
    expect(chart([1, 2], {}, { 0: { status } }).bars[0]?.state).toBe(state)
  })

  test('a missing minute is a gap, never 0', () => {
    const { bars, gaps } = chart([null, null, 100, null, 100])
    expect(bars[0]).toMatchObject({ value: null, told: 'no data', plain: '', share: '', change: '', state: 'missing' })
    expect(bars[4]?.change).toBe('')
    expect(gaps).toEqual([
      [0, 1],
      [3, 3],
    ])
  })

  test('labels are on the wall of the merchant’s zone', () => {
    const window = { from: '', to: '', timeZone: 'Asia/Kolkata' }
    expect(chart([1, 2], { window }).bars.map(({ label }) => label)).toEqual(['19:34', '19:35'])
    expect(chart([1, 2], { window: { ...window, timeZone: 'Pacific/Auckland' } }).day).toBe('4 March 2026')
  })

  test('shares are of the hour, where minutes add up', () => {
    expect(chart([10, 0, 190], count).bars.map(({ share }) => share)).toEqual(['5 %', '0 %', '95 %'])
    expect(chart([0, 0], count).bars.map(({ share }) => share)).toEqual(['', ''])
    const averages = chart([1, 2], { measure: 'averageOrderValue' })
    expect(averages.bars.map(({ share }) => share)).toEqual(['', ''])
    expect(averages.total).toBeNull()
  })

  test('an average of a part of a minor unit is rounded', () => {
    expect(chart([10.5, null], { measure: 'averageOrderValue' }).bars[0]?.told).toBe('0.11 INR')
  })
})

test('the unfinished and the corrected are found', () => {
  expect(chart([1, 2, 3])).toMatchObject({ unfinished: 2, anyCorrected: false })
  expect(chart([1, 2], {}, { 1: { status: 'final', corrected: true } })).toMatchObject({
    unfinished: null,
    anyCorrected: true,
  })
})

test('a correction is marked above its bar, never below zero, and not in a gap', () => {
  const corrected = { corrected: true }
  const { corrections } = chart([500, -200, 0, null, 7], count, {
    0: corrected,
    1: corrected,
    2: corrected,
    3: corrected,
  })
  expect(corrections).toEqual([
    { index: 0, value: 500 },
    { index: 1, value: 0 },
    { index: 2, value: 0 },
  ])
})

test('nothing known is not the same as nothing sold', () => {
  expect(chart([null, null])).toMatchObject({ allZero: false, total: null })
  expect(chart([null, null]).summary).toBe('Net revenue by minute: no data for the last hour.')
  expect(chart([0, null])).toMatchObject({ allZero: true, total: '0.00 INR' })
  expect(chart([1, 2], { series: [] }).gaps).toEqual([[0, 1]])
})

test('a sum that cannot be exact is not shown', () => {
  expect(chart([Number.MAX_SAFE_INTEGER, 1]).total).toBeNull()
})

test('the picture is told in a sentence', () => {
  expect(chart([100, null, 300]).summary).toBe(
    'Net revenue by minute, 14:03 to 14:05. 4.00 INR in all. Most at 14:05: 3.00 INR. 1 of 3 minutes have no data. Press t for the table.',
  )
})

describe('alert openings', () => {
  const openings = (...openedAt: string[]) =>
    prepareSeriesChart(
      seriesSample([1, 2, 3]),
      openedAt.map((at) => alertSample({ openedAt: at, text: at })),
      'en',
    ).openings

  test.each([
    ['before the first minute', '2026-03-03T14:02:59.999Z', []],
    ['at the start of the first', '2026-03-03T14:03:00.000Z', [0]],
    ['at the end of the first', '2026-03-03T14:03:59.999Z', [0]],
    ['in the minute that is not over', '2026-03-03T14:05:30.000Z', [2]],
    ['after the last', '2026-03-03T14:06:00.000Z', []],
  ])('%s', (_, at, indexes) => {
    expect(openings(at).map(({ index }) => index)).toEqual(indexes)
  })

  test.each([
    [6, true],
    [7, false],
  ])('%d minutes with openings have lines: %s', (minutes, openingLines) => {
    const values = Array.from({ length: 10 }, () => 1)
    const lastMs = Date.parse('2026-03-03T14:05:00.000Z')
    const alerts = Array.from({ length: minutes }, (_, minute) =>
      alertSample({ openedAt: new Date(lastMs - minute * 60_000).toISOString() }),
    )
    expect(prepareSeriesChart(seriesSample(values), alerts, 'en').openingLines).toBe(openingLines)
  })

  test('two of one minute stand together, oldest first', () => {
    const [late, early] = ['2026-03-03T14:04:40.000Z', '2026-03-03T14:04:10.000Z']
    expect(openings(late!, early!, '2026-03-03T14:03:00.000Z')).toEqual([
      { index: 0, texts: ['2026-03-03T14:03:00.000Z'] },
      { index: 1, texts: [early, late] },
    ])
  })
})
