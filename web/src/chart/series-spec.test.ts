import { describe, expect, test } from 'vitest'
import { seriesSample } from '../samples/answers.ts'
import { csvOf, summaryOf, tableOf } from './chart-table.ts'
import { hintLines } from './hint.ts'
import { axisLabels, correctionsOf, gapsOf, haveLines, isAllZero, marksOf, totalOf, unfinishedOf } from './read-time.ts'
import { cumulative, type SeriesWords, timeSpecOf } from './series-spec.ts'
import { tellValue } from './tell-value.ts'

const about = { title: 'Net revenue by minute', span: 'last hour', name: 'Net revenue', adds: true }
const spec = (sample: Parameters<typeof seriesSample>, changes: Partial<SeriesWords> = {}) =>
  timeSpecOf(seriesSample(...sample), { ...about, ...changes })
const count = { measure: 'orders', currency: null } as const
const cellsOf = (one: ReturnType<typeof spec>, column: string) => {
  const { columns, rows } = tableOf(one, 'en')
  const at = columns.findIndex(({ name }) => name === column)
  return rows.map(({ cells }) => cells[at]).reverse()
}

describe('figures', () => {
  test('money is told with its currency, in units people count by', () => {
    const chart = spec([[0, 1_234_50, -200]])
    expect(chart.unit).toEqual({ kind: 'money', currency: 'INR' })
    expect(tableOf(chart, 'en').columns[1]).toMatchObject({ name: 'Net revenue', unit: 'INR' })
    expect(cellsOf(chart, 'Net revenue')).toEqual(['0.00', '1,234.50', '−2.00'])
    expect(cellsOf(chart, 'Change')).toEqual(['', '+1,234.50', '−1,236.50'])
    expect(hintLines(chart, 1, 'en')[1]?.text).toBe('1,234.50 INR')
  })

  test('a count has no unit', () => {
    const chart = spec([[1000, 3], count])
    expect(chart.unit).toEqual({ kind: 'count' })
    expect(cellsOf(chart, 'Net revenue')).toEqual(['1,000', '3'])
  })

  test.each([
    ['filling', 'not over yet'],
    ['provisional', 'may still change'],
    ['final', 'over'],
  ] as const)('a minute that is %s is %s', (status, state) => {
    expect(cellsOf(spec([[1, 2], {}, { 0: { status } }]), 'State')[0]).toBe(state)
  })

  test('a missing minute is a gap, never 0', () => {
    const chart = spec([[null, null, 100, null, 100]])
    expect(cellsOf(chart, 'Net revenue').slice(0, 3)).toEqual([null, null, '1.00'])
    expect(cellsOf(chart, 'Change')[4]).toBe('')
    expect(gapsOf(chart)).toEqual([
      [0, 1],
      [3, 3],
    ])
    expect(hintLines(chart, 0, 'en').map(({ text }) => text)).toEqual(['14:01', 'no data'])
  })

  test('shares are of the whole time, where minutes add up', () => {
    expect(cellsOf(spec([[10, 0, 190], count]), 'Share')).toEqual(['5 %', '0 %', '95 %'])
    expect(cellsOf(spec([[0, 0], count]), 'Share')).toEqual(['', ''])
    const averages = spec([[1, 2]], { adds: false })
    expect(cellsOf(averages, 'Share')).toEqual(['', ''])
    expect(totalOf(averages)).toBeNull()
  })

  test('an average of a part of a minor unit is rounded', () => {
    expect(cellsOf(spec([[10.5, null]]), 'Net revenue')[0]).toBe('0.11')
  })

  test('a sum that cannot be exact is not shown', () => {
    expect(totalOf(spec([[Number.MAX_SAFE_INTEGER, 1]]))).toBeNull()
  })
})

describe('labels', () => {
  test('are on the wall of the zone', () => {
    const window = { from: '', to: '', timeZone: 'Asia/Kolkata' }
    expect(spec([[1, 2], { window }]).buckets.map(({ label }) => label)).toEqual(['19:34', '19:35'])
  })

  test('as many round clocks as have room, and what is not over at the end', () => {
    const chart = spec([Array.from({ length: 30 }, () => 1)])
    // 13:36 to 14:05.
    expect([...axisLabels(chart, 10, 'so far')]).toEqual([
      [4, '13:40'],
      [14, '13:50'],
      [29, 'so far'],
    ])
    expect([...axisLabels(chart, 100, 'so far')]).toHaveLength(30)
  })

  test('midnight says the day where there are several', () => {
    const hour = (at: number) => ({
      start: new Date(Date.UTC(2026, 2, 2, at)).toISOString(),
      end: new Date(Date.UTC(2026, 2, 2, at + 1)).toISOString(),
      status: 'final' as const,
      corrected: false,
    })
    const buckets = Array.from({ length: 48 }, (_, at) => hour(at))
    const chart = spec([[1], { bucket: 'hour', buckets }])
    expect([...axisLabels(chart, 10, 'so far')].filter(([index]) => index % 24 === 0)).toEqual([
      [0, '2 Mar'],
      [24, '3 Mar'],
    ])
  })

  test('days are counted from the last one', () => {
    const day = (at: number) => ({
      start: new Date(Date.UTC(2026, 2, at)).toISOString(),
      end: new Date(Date.UTC(2026, 2, at + 1)).toISOString(),
      status: 'final' as const,
      corrected: false,
    })
    const chart = spec([[1], { bucket: 'day', buckets: [1, 2, 3].map(day) }])
    expect([...axisLabels(chart, 30, 'so far').values()]).toEqual(['1 Mar', '3 Mar'])
    expect(chart.buckets[0]).toMatchObject({ minuteOfDay: null })
  })
})

test('the unfinished and the corrected are found', () => {
  expect(unfinishedOf(spec([[1, 2, 3]]))).toBe(2)
  expect(unfinishedOf(spec([[1, 2], {}, { 1: { status: 'final' } }]))).toBeNull()
})

test('a correction is marked above its bar, never below zero, and not in a gap', () => {
  const corrected = { corrected: true }
  const chart = spec([[500, -200, 0, null, 7], count, { 0: corrected, 1: corrected, 2: corrected, 3: corrected }])
  expect(correctionsOf(chart)).toEqual([
    { index: 0, value: 500 },
    { index: 1, value: 0 },
    { index: 2, value: 0 },
  ])
})

test('nothing known is not the same as nothing sold', () => {
  const told = (chart: ReturnType<typeof spec>) => summaryOf(chart, (value) => tellValue(value, chart.unit, 'en'))
  const unknown = spec([[null, null]])
  expect([isAllZero(unknown), totalOf(unknown)]).toEqual([false, null])
  expect(told(unknown)).toBe('Net revenue by minute: no data, last hour.')
  expect([isAllZero(spec([[0, null]])), totalOf(spec([[0, null]]))]).toEqual([true, 0])
  expect(gapsOf(spec([[1, 2], { series: [] }]))).toEqual([[0, 1]])
  expect(told(spec([[100, null, 300]]))).toBe(
    'Net revenue by minute, 14:03 to 14:05. 4.00 INR in all. Most at 14:05: 3.00 INR. 1 of 3 minutes have no data. Press t for the table.',
  )
})

describe('marks', () => {
  const marks = (...at: string[]) =>
    marksOf(spec([[1, 2, 3]], { annotations: at.map((each) => ({ at: each, kind: 'alert', text: each })) }))

  test.each([
    ['before the first minute', '2026-03-03T14:02:59.999Z', []],
    ['at the start of the first', '2026-03-03T14:03:00.000Z', [0]],
    ['at the end of the first', '2026-03-03T14:03:59.999Z', [0]],
    ['in the minute that is not over', '2026-03-03T14:05:30.000Z', [2]],
    ['after the last', '2026-03-03T14:06:00.000Z', []],
  ])('%s', (_, at, indexes) => {
    expect(marks(at).map(({ index }) => index)).toEqual(indexes)
  })

  test('two of one minute stand together, oldest first, as bad as the worst', () => {
    const [late, early] = ['2026-03-03T14:04:40.000Z', '2026-03-03T14:04:10.000Z']
    expect(marks(late!, early!, '2026-03-03T14:03:00.000Z').map(({ index, texts }) => [index, texts])).toEqual([
      [0, ['2026-03-03T14:03:00.000Z']],
      [1, [early, late]],
    ])
    const annotations = [
      { at: early!, kind: 'note', text: 'a' },
      { at: late!, kind: 'stock-out', text: 'b' },
    ] as const
    expect(marksOf(spec([[1, 2, 3]], { annotations }))[0]?.kind).toBe('stock-out')
  })

  test.each([
    [6, true],
    [7, false],
  ])('%d of them have lines: %s', (length, lines) => {
    expect(haveLines(Array.from({ length }, (_, index) => ({ index, kind: 'alert', texts: [] })))).toBe(lines)
  })
})

describe('groups', () => {
  const groups = {
    by: 'product' as const,
    series: [
      { key: 'a', label: 'Lamp', values: [100, 300] },
      { key: 'other', label: 'other', values: [100, null] },
    ],
  }

  test('each has its colour, the rest has none', () => {
    const chart = spec([[1, 2], groups], { stack: true, draw: 'area' })
    expect(chart.series.map(({ name, colour }) => [name, colour.split('-')[0]])).toEqual([
      ['Lamp', 'series'],
      ['Other', 'other'],
    ])
    expect(hintLines(chart, 0, 'en').map(({ text }) => text)).toEqual([
      '14:04',
      '2.00 INR',
      'Lamp: 1.00 INR, 50 %',
      'Other: 1.00 INR, 50 %',
      'May still change',
    ])
    expect(spec([[1], groups], { colourOf: () => 'series-3' }).series[0]?.colour).toBe('series-3')
  })

  test('a comparison is beside them, and in no sum', () => {
    const comparison = { answer: seriesSample([7, 8]), name: 'last week' }
    const chart = spec([[1, 2]], { comparison })
    expect(chart.series.map(({ name, values }) => [name, values])).toEqual([
      ['Net revenue', [1, 2]],
      ['last week', [7, 8]],
    ])
    expect(totalOf(chart)).toBe(3)
    expect(csvOf(chart).split('\r\n')[0]).toBe('start,end,Net revenue,last week,unit,state,corrected')
  })
})

test('running sums stand still over a gap', () => {
  expect(cumulative([1, null, 2, -1])).toEqual([1, null, 3, 2])
})
