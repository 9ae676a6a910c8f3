import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SeriesWindow } from '#core/api/metrics.ts'
import { bucketsOf, MAX_BUCKETS, statusOf } from './buckets.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from './business-time.ts'

const ms = (text: string) => Date.parse(text)
const starts = (window: SeriesWindow, from: string, to: string, zone = 'UTC') =>
  bucketsOf(window, ms(from), ms(to), zone).map(({ fromMs }) => new Date(fromMs).toISOString().slice(0, 16))

describe('bucketsOf', () => {
  it.each<[SeriesWindow, string, string, string, string[]]>([
    ['minute', 'UTC', '2026-03-02T10:00:30Z', '2026-03-02T10:02:00Z', ['2026-03-02T10:00', '2026-03-02T10:01']],
    ['minute', 'UTC', '2026-03-02T10:00:00Z', '2026-03-02T10:00:00Z', []],
    ['minute', 'UTC', '2026-03-02T10:00:00Z', '2026-03-02T10:00:00.001Z', ['2026-03-02T10:00']],
    [
      'quarter',
      'Asia/Kathmandu',
      '2026-03-02T10:20:00Z',
      '2026-03-02T10:31:00Z',
      ['2026-03-02T10:15', '2026-03-02T10:30'],
    ],
    // Ten o'clock in Kolkata is 04:30Z.
    ['hour', 'Asia/Kolkata', '2026-03-02T05:00:00Z', '2026-03-02T06:00:00Z', ['2026-03-02T04:30', '2026-03-02T05:30']],
    ['day', 'Asia/Kolkata', '2026-03-02T00:00:00Z', '2026-03-03T00:00:00Z', ['2026-03-01T18:30', '2026-03-02T18:30']],
    [
      'month',
      'UTC',
      '2026-01-31T00:00:00Z',
      '2026-03-01T00:00:01Z',
      ['2026-01-01T00:00', '2026-02-01T00:00', '2026-03-01T00:00'],
    ],
    ['month', 'Asia/Kolkata', '2026-02-28T18:29:00Z', '2026-02-28T18:31:00Z', ['2026-01-31T18:30', '2026-02-28T18:30']],
    ['month', 'UTC', '2026-12-31T23:00:00Z', '2027-01-01T01:00:00Z', ['2026-12-01T00:00', '2027-01-01T00:00']],
    ['span', 'UTC', '2026-03-02T10:00:30Z', '2026-03-09T10:02:00Z', ['2026-03-02T10:00']],
    ['span', 'UTC', '2026-03-02T10:00:30Z', '2026-03-02T10:00:30Z', []],
    // New York changes its clocks.
    [
      'day',
      'America/New_York',
      '2026-03-08T05:00:00Z',
      '2026-03-09T05:00:00Z',
      ['2026-03-08T05:00', '2026-03-09T04:00'],
    ],
    [
      'hour',
      'America/New_York',
      '2026-03-08T06:00:00Z',
      '2026-03-08T08:00:00Z',
      ['2026-03-08T06:00', '2026-03-08T07:00'],
    ],
  ])('%s in %s from %s to %s', (window, zone, from, to, expected) => {
    expect(starts(window, from, to, zone)).toEqual(expected)
  })

  it('has 23 hours on the day that the clock goes forward and 25 when it goes back', () => {
    expect(starts('hour', '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z', 'America/New_York')).toHaveLength(23)
    expect(starts('hour', '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z', 'America/New_York')).toHaveLength(25)
  })

  it('lie without a gap and hold the span, in every zone', () => {
    const widths = {
      minute: MINUTE_MS,
      quarter: 15 * MINUTE_MS,
      hour: HOUR_MS,
      day: 25 * HOUR_MS,
      month: 31 * DAY_MS + HOUR_MS,
    } as const
    const zone = fc.constantFrom(
      'UTC',
      'Asia/Kolkata',
      'America/New_York',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'America/Havana',
    )
    const from = fc.integer({ min: ms('2011-06-01T00:00:00Z'), max: ms('2026-12-31T00:00:00Z') })
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(widths) as (keyof typeof widths)[])),
        zone,
        from,
        fc.double({ min: 0.01, max: 40, noNaN: true }),
        (window, zone, from, n) => {
          const to = from + n * widths[window]
          const buckets = bucketsOf(window, from, to, zone)
          expect(buckets[0]!.fromMs).toBeLessThanOrEqual(from)
          expect(buckets[0]!.toMs).toBeGreaterThan(from)
          expect(buckets.at(-1)!.fromMs).toBeLessThan(to)
          expect(buckets.at(-1)!.toMs).toBeGreaterThanOrEqual(to)
          for (const [i, { fromMs, toMs }] of buckets.entries()) {
            expect(toMs - fromMs).toBeGreaterThan(0)
            expect(toMs - fromMs).toBeLessThanOrEqual(widths[window])
            if (i > 0) expect(fromMs).toBe(buckets[i - 1]!.toMs)
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('stops when there are more than an answer may hold', () => {
    const minutes = (n: number) => bucketsOf('minute', 0, n * MINUTE_MS, 'UTC').length
    expect(minutes(MAX_BUCKETS)).toBe(MAX_BUCKETS)
    expect(minutes(MAX_BUCKETS + 1)).toBe(MAX_BUCKETS + 1)
    expect(minutes(10 * MAX_BUCKETS)).toBe(MAX_BUCKETS + 1)
  })
})

describe('statusOf', () => {
  const bucket = { fromMs: 0, toMs: 60_000 }
  it.each([
    [59_999, 0, 'filling'],
    [60_000, 0, 'provisional'],
    [60_000, 59_999, 'provisional'],
    [360_000, 60_000, 'final'],
  ])('at %i with the watermark at %i is %s', (now, watermark, status) => {
    expect(statusOf(bucket, now, watermark)).toBe(status)
  })
})
