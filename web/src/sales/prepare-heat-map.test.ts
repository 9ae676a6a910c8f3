import { describe, expect, it } from 'vitest'
import type { SeriesAnswer } from '#core/api/metrics.ts'
import { isQuiet, prepareHeatMap } from './prepare-heat-map.ts'

type Hour = readonly [start: string, value: number | null, status?: 'filling' | 'provisional' | 'final']
const answer = (hours: readonly Hour[], timeZone = 'UTC', currency: string | null = 'INR') =>
  ({
    window: { from: '', to: '', timeZone },
    currency,
    buckets: hours.map(([start, , status = 'final']) => ({ start, end: '', status, corrected: false })),
    series: [{ key: 'total', label: 'total', values: hours.map(([, value]) => value) }],
  }) as unknown as SeriesAnswer
const about = { title: 'Net revenue by hour and weekday', span: '28 days' }
/** What is not a gap, by weekday and hour. */
const known = (hours: readonly Hour[], timeZone?: string) => {
  const { rows, columns, values } = prepareHeatMap(answer(hours, timeZone), about)
  return Object.fromEntries(
    rows.flatMap((row, at) =>
      columns.flatMap((column, index) => {
        const value = values[at]![index]!
        return value === null ? [] : [[`${row} ${column}`, value]]
      }),
    ),
  )
}

describe('the mean of an hour of the week', () => {
  it.each<[string, readonly Hour[], Record<string, number>]>([
    ['none', [], {}],
    ['one', [['2026-03-02T10:00:00Z', 7]], { 'Mon 10': 7 }],
    [
      'two weeks',
      [
        ['2026-03-02T10:00:00Z', 7],
        ['2026-03-09T10:00:00Z', 10],
      ],
      { 'Mon 10': 8.5 },
    ],
    [
      'nothing sold counts',
      [
        ['2026-03-02T10:00:00Z', 0],
        ['2026-03-09T10:00:00Z', 10],
      ],
      { 'Mon 10': 5 },
    ],
    [
      'what is not kept does not',
      [
        ['2026-03-02T10:00:00Z', null],
        ['2026-03-09T10:00:00Z', 10],
      ],
      { 'Mon 10': 10 },
    ],
    [
      'nor what is not over',
      [
        ['2026-03-02T10:00:00Z', 8, 'provisional'],
        ['2026-03-09T10:00:00Z', 1, 'filling'],
      ],
      { 'Mon 10': 8 },
    ],
  ])('%s', (_, hours, expected) => {
    expect(known(hours)).toEqual(expected)
  })

  it.each<[readonly Hour[], boolean]>([
    [[], true],
    [[['2026-03-02T10:00:00Z', 0]], true],
    [[['2026-03-02T10:00:00Z', 9, 'filling']], true],
    [
      [
        ['2026-03-02T10:00:00Z', 0],
        ['2026-03-02T11:00:00Z', -3],
      ],
      false,
    ],
  ])('of %j is quiet: %s', (hours, quiet) => {
    expect(isQuiet(prepareHeatMap(answer(hours), about))).toBe(quiet)
  })

  it('is by the clock of the zone', () => {
    expect(known([['2026-03-01T18:30:00Z', 3]], 'Asia/Kolkata')).toEqual({ 'Mon 00': 3 })
  })

  it('has an hour that comes twice as the clock goes back as two', () => {
    const twice: Hour[] = [
      ['2026-11-01T05:00:00Z', 4],
      ['2026-11-01T06:00:00Z', 2],
    ]
    expect(known(twice, 'America/New_York')).toEqual({ 'Sun 01': 3 })
  })
})

it('has seven days from Monday and 24 hours, and a unit', () => {
  const { rows, columns, unit } = prepareHeatMap(answer([]), about)
  expect(rows).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])
  expect([columns.length, columns[0], columns[23]]).toEqual([24, '00', '23'])
  expect(unit).toEqual({ kind: 'money', currency: 'INR' })
  expect(prepareHeatMap(answer([], 'UTC', null), about).unit).toMatchObject({ kind: 'number', digits: 1 })
})
