import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, businessDateOf, DAY_MS, HOUR_MS, MINUTE_MS, QUARTER_MS, startOfBusinessDay } from './business-time.ts'
import { KEEP_CELLS_MS } from './cells.ts'
import { coverOf, isJust, type Piece, runsOf } from './spans.ts'

const piecesOf = (fromMs: number, toMs: number, zone: string, nowMs: number) =>
  coverOf({ fromMs, toMs }, zone, nowMs).pieces

const ms = (text: string) => Date.parse(text)
/** The time that a piece's cell adds up: [from, to). */
const extent = ({ width, time }: Piece, zone: string): [number, number] => {
  if (width === 'day') return [startOfBusinessDay(time, zone), startOfBusinessDay(addDays(time, 1), zone)]
  return [time, time + (width === 'minute' ? MINUTE_MS : QUARTER_MS)]
}
/** `minute 10:07`, `quarter 10:15`, `day 2026-03-02`. */
const brief = ({ width, time }: Piece) =>
  `${width} ${width === 'day' ? time : new Date(time).toISOString().slice(11, 16)}`
const briefly = (from: string, to: string, zone = 'UTC', now = '2026-03-05T12:07:30Z') =>
  piecesOf(ms(from), ms(to), zone, ms(now)).map(brief)

describe('coverOf', () => {
  it.each<[string, string, string[]]>([
    ['2026-03-02T10:00:00Z', '2026-03-02T10:00:00Z', []],
    ['2026-03-02T10:00:00Z', '2026-03-02T10:02:00Z', ['minute 10:00', 'minute 10:01']],
    ['2026-03-02T10:00:00Z', '2026-03-02T10:15:00Z', ['quarter 10:00']],
    ['2026-03-02T09:59:00Z', '2026-03-02T10:16:00Z', ['minute 09:59', 'quarter 10:00', 'minute 10:15']],
    ['2026-03-02T00:00:00Z', '2026-03-03T00:00:00Z', ['day 2026-03-02']],
    ['2026-03-01T23:59:00Z', '2026-03-03T00:15:00Z', ['minute 23:59', 'day 2026-03-02', 'quarter 00:00']],
    // Now is 12:07:30: what is still filling counts whole, since nothing in it lies later.
    ['2026-03-05T12:07:00Z', '2026-03-05T12:07:30Z', ['minute 12:07']],
    ['2026-03-05T12:00:00Z', '2026-03-05T12:07:30Z', ['quarter 12:00']],
    ['2026-03-05T12:00:00Z', '2027-01-01T00:00:00Z', ['quarter 12:00']],
    ['2026-03-05T00:00:00Z', '2026-03-05T12:07:30Z', ['day 2026-03-05']],
    ['2026-03-04T23:45:00Z', '2026-03-05T12:07:30Z', ['quarter 23:45', 'day 2026-03-05']],
    ['2026-03-05T12:08:00Z', '2026-03-05T13:00:00Z', []],
    // A moment earlier is not now.
    ['2026-03-05T12:00:00Z', '2026-03-05T12:02:00Z', ['minute 12:00', 'minute 12:01']],
  ])('from %s to %s', (from, to, expected) => {
    expect(briefly(from, to)).toEqual(expected)
  })

  it('is by the days of the zone', () => {
    expect(briefly('2026-03-01T18:30:00Z', '2026-03-02T18:30:00Z', 'Asia/Kolkata')).toEqual(['day 2026-03-02'])
    expect(briefly('2026-03-01T18:15:00Z', '2026-03-02T18:15:00Z', 'Asia/Kathmandu')).toEqual(['day 2026-03-02'])
  })

  it('knows days of 23 and of 25 hours', () => {
    const spring = ['2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z', 'America/New_York', '2026-03-09T09:00:00Z'] as const
    expect(briefly(...spring)).toEqual(['day 2026-03-08'])
    const autumn = ['2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z', 'America/New_York', '2026-11-02T09:00:00Z'] as const
    expect(briefly(...autumn)).toEqual(['day 2026-11-01'])
    const hour = ['2026-11-01T04:00:00Z', '2026-11-01T05:00:00Z', 'America/New_York', '2026-11-02T09:00:00Z'] as const
    expect(briefly(...hour)).toEqual(['quarter 04:00', 'quarter 04:15', 'quarter 04:30', 'quarter 04:45'])
  })

  it('covers a recent span exactly, each instant once', () => {
    const zone = fc.constantFrom('UTC', 'Asia/Kolkata', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe')
    const now = fc.integer({ min: ms('2026-03-01T00:00:00Z'), max: ms('2026-12-01T00:00:00Z') })
    const ago = fc.integer({ min: 0, max: (KEEP_CELLS_MS.minute - MINUTE_MS) / MINUTE_MS })
    fc.assert(
      fc.property(zone, now, ago, ago, (zone, now, a, b) => {
        const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS
        const [from, to] = [minute - Math.max(a, b) * MINUTE_MS, minute - Math.min(a, b) * MINUTE_MS]
        const extents = piecesOf(from, to, zone, now).map((piece) => extent(piece, zone))
        expect(extents[0]?.[0] ?? from).toBe(from)
        for (const [i, [start]] of extents.slice(1).entries()) expect(start).toBe(extents[i]![1])
        const end = extents.at(-1)?.[1] ?? from
        // Up to a minute that is whole: exactly. Up to now: to the end of what is filling.
        if (to < now) expect(end).toBe(to)
        else expect(end).toBeGreaterThanOrEqual(to)
      }),
      { numRuns: 150 },
    )
  })

  it('takes no more cells than that needs: none that another could hold', () => {
    const day = fc.integer({ min: 1, max: 6 * 1440 })
    fc.assert(
      fc.property(day, day, (a, b) => {
        const now = ms('2026-03-09T00:00:00Z')
        const [from, to] = [now - Math.max(a, b) * MINUTE_MS, now - Math.min(a, b) * MINUTE_MS]
        const pieces = piecesOf(from, to, 'UTC', now)
        const isWithin = ([start, end]: [number, number]) => start >= from && end <= to
        for (const piece of pieces) {
          const [start] = extent(piece, 'UTC')
          const dayStart = Math.floor(start / DAY_MS) * DAY_MS
          const quarter = Math.floor(start / QUARTER_MS) * QUARTER_MS
          if (piece.width !== 'day') expect(isWithin([dayStart, dayStart + DAY_MS])).toBe(false)
          if (piece.width === 'minute') expect(isWithin([quarter, quarter + QUARTER_MS])).toBe(false)
        }
      }),
      { numRuns: 100 },
    )
  })

  it.each<[string, number, Piece['width']]>([
    ['at the edge of what is kept by the minute', KEEP_CELLS_MS.minute, 'minute'],
    ['beyond what is kept by the minute', KEEP_CELLS_MS.minute + QUARTER_MS, 'quarter'],
    ['at the edge of what is kept by the quarter', KEEP_CELLS_MS.quarter, 'quarter'],
    ['beyond what is kept by the quarter', KEEP_CELLS_MS.quarter + DAY_MS, 'day'],
  ])('%s a minute is a %s ago and found in a %s', (_, ago, width) => {
    const now = ms('2026-07-01T00:00:00Z')
    const [piece, ...others] = piecesOf(now - ago, now - ago + MINUTE_MS, 'UTC', now)
    expect(others).toEqual([])
    expect(piece!.width).toBe(width)
  })

  it('grows to whole cells where the finer ones are gone', () => {
    const now = ms('2026-07-01T00:00:00Z')
    const old = piecesOf(ms('2026-01-02T10:07:00Z'), ms('2026-01-02T10:09:00Z'), 'UTC', now)
    expect(old).toEqual([{ width: 'day', time: '2026-01-02' }])
    const recent = piecesOf(ms('2026-06-10T10:07:00Z'), ms('2026-06-10T10:17:00Z'), 'UTC', now)
    expect(recent.map(brief)).toEqual(['quarter 10:00', 'quarter 10:15'])
  })

  it('covers a span that reaches beyond what is kept, without a gap and without an overlap', () => {
    const now = ms('2026-07-01T12:34:56Z')
    const zone = 'Asia/Kolkata'
    const ago = fc.integer({ min: 0, max: 300 * DAY_MS })
    fc.assert(
      fc.property(ago, ago, (a, b) => {
        const [from, to] = [now - Math.max(a, b), now - Math.min(a, b)]
        const extents = piecesOf(from, to, zone, now).map((piece) => extent(piece, zone))
        for (const [i, [start]] of extents.slice(1).entries()) expect(start).toBe(extents[i]![1])
        if (extents.length === 0) return
        expect(extents[0]![0]).toBeLessThanOrEqual(from)
        expect(extents.at(-1)![1]).toBeGreaterThanOrEqual(to)
        expect(businessDateOf(extents[0]![0], zone)).toBe(businessDateOf(from, zone))
        expect(extents.at(-1)![1] - to).toBeLessThan(25 * HOUR_MS)
      }),
      { numRuns: 100 },
    )
  })

  it.each<[string, string, string, string, boolean]>([
    ['2026-06-30T10:07:00Z', '2026-06-30T10:09:00Z', '2026-06-30T10:07:00Z', '2026-06-30T10:09:00Z', true],
    ['2026-06-30T10:07:30Z', '2026-06-30T10:08:30Z', '2026-06-30T10:07:00Z', '2026-06-30T10:09:00Z', true],
    ['2026-06-10T10:07:00Z', '2026-06-10T10:17:00Z', '2026-06-10T10:00:00Z', '2026-06-10T10:30:00Z', false],
    ['2026-06-10T10:00:00Z', '2026-06-10T10:30:00Z', '2026-06-10T10:00:00Z', '2026-06-10T10:30:00Z', true],
    ['2026-01-02T10:07:00Z', '2026-01-02T10:09:00Z', '2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z', false],
    ['2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z', '2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z', true],
    // Up to now, and an empty span: as asked.
    ['2026-06-30T00:00:00Z', '2026-07-01T00:00:00Z', '2026-06-30T00:00:00Z', '2026-07-01T00:00:00Z', true],
    ['2026-01-02T10:07:00Z', '2026-01-02T10:07:00Z', '2026-01-02T10:07:00Z', '2026-01-02T10:07:00Z', true],
  ])('of %s to %s is %s to %s, just that: %5$j', (from, to, first, last, just) => {
    const span = { fromMs: ms(from), toMs: ms(to) }
    const cover = coverOf(span, 'UTC', ms('2026-07-01T00:00:00Z'))
    expect([cover.fromMs, cover.toMs]).toEqual([ms(first), ms(last)])
    expect(isJust(cover, span)).toBe(just)
  })
})

describe('runs of pieces', () => {
  it.each<[Piece[], number, [string, Piece['time'], Piece['time']][]]>([
    [[], 3, []],
    [[{ width: 'day', time: '2026-01-02' }], 3, [['day', '2026-01-02', '2026-01-02']]],
    [
      [1, 2, 3, 4].map((time) => ({ width: 'quarter', time })),
      3,
      [
        ['quarter', 1, 3],
        ['quarter', 4, 4],
      ],
    ],
    [
      [
        { width: 'minute', time: 1 },
        { width: 'minute', time: 2 },
        { width: 'quarter', time: 3 },
        { width: 'minute', time: 4 },
      ],
      3,
      [
        ['minute', 1, 2],
        ['quarter', 3, 3],
        ['minute', 4, 4],
      ],
    ],
  ])('%j of at most %d: %j', (pieces, most, expected) => {
    expect(runsOf(pieces, most).map(({ width, first, last }) => [width, first, last])).toEqual(expected)
  })
})
