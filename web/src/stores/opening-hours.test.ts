import { describe, expect, test } from 'vitest'
import { isOpenAt, openHours, openSpans, readOpeningHours } from './opening-hours.ts'

const ms = (text: string) => Date.parse(text)

test.each([
  ['10:00-21:00', { opensMin: 600, closesMin: 1260 }],
  ['9:30 – 18:00', { opensMin: 570, closesMin: 1080 }],
  ['18:00-02:00', { opensMin: 1080, closesMin: 1560 }],
  ['00:00-24:00', { opensMin: 0, closesMin: 1440 }],
  ['00:00-00:00', { opensMin: 0, closesMin: 1440 }],
  ['24:00-25:00', null],
  ['10:60-21:00', null],
  ['Mon-Fri', null],
  ['', null],
  [undefined, null],
])('%j', (text, hours) => {
  expect(readOpeningHours(text)).toEqual(hours)
})

const day = readOpeningHours('10:00-21:00')!
const night = readOpeningHours('18:00-02:00')!

describe('hours open', () => {
  test.each([
    ['a whole day', day, '2026-03-03T00:00Z', '2026-03-04T00:00Z', 'UTC', 11],
    ['the day so far', day, '2026-03-03T00:00Z', '2026-03-03T10:30Z', 'UTC', 0.5],
    ['before it opens', day, '2026-03-03T00:00Z', '2026-03-03T10:00Z', 'UTC', 0],
    ['on the clocks of its zone', day, '2026-03-03T04:30Z', '2026-03-03T05:30Z', 'Asia/Kolkata', 1],
    ['a week', day, '2026-03-02T00:00Z', '2026-03-09T00:00Z', 'UTC', 77],
    ['into the night', night, '2026-03-03T00:00Z', '2026-03-04T00:00Z', 'UTC', 8],
    [
      'a night that loses an hour',
      readOpeningHours('18:00-04:00')!,
      '2026-03-28T12:00Z',
      '2026-03-29T12:00Z',
      'Europe/Paris',
      9,
    ],
  ] as const)('%s', (_, hours, from, to, zone, count) => {
    expect(openHours(hours, ms(from), ms(to), zone)).toBe(count)
  })

  test.each([
    ['2026-03-03T09:59:59.999Z', false],
    ['2026-03-03T10:00:00Z', true],
    ['2026-03-03T20:59:59.999Z', true],
    ['2026-03-03T21:00:00Z', false],
  ])('open at %s: %s', (at, open) => {
    expect(isOpenAt(day, ms(at), 'UTC')).toBe(open)
  })

  test('spans are in order', () => {
    expect(openSpans(night, ms('2026-03-03T00:00Z'), ms('2026-03-04T00:00Z'), 'UTC')).toEqual([
      [ms('2026-03-03T00:00Z'), ms('2026-03-03T02:00Z')],
      [ms('2026-03-03T18:00Z'), ms('2026-03-04T00:00Z')],
    ])
  })
})
