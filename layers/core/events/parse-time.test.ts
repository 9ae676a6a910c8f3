import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { parseTime } from './parse-time.ts'

const LAST_MS = 253_402_300_799_999
const anyMs = fc.integer({ min: 0, max: LAST_MS })
const pad = (n: number, width = 2) => String(n).padStart(width, '0')

describe('parseTime', () => {
  it.each([
    ['1970-01-01T00:00:00.000Z', 0],
    ['2026-03-02T09:59:59.625Z', 1_772_445_599_625],
    ['2026-03-02T09:59:59Z', 1_772_445_599_000],
    ['2026-03-02t09:59:59.625z', 1_772_445_599_625],
    ['2026-03-02T09:59:59.6Z', 1_772_445_599_600],
    ['2026-03-02T09:59:59.62Z', 1_772_445_599_620],
    ['2026-03-02T09:59:59.6259999999999999Z', 1_772_445_599_625],
    ['2026-03-02T15:29:59.625+05:30', 1_772_445_599_625],
    ['2026-03-02T04:29:59.625-05:30', 1_772_445_599_625],
    ['2026-03-02T09:59:59.625+00:00', 1_772_445_599_625],
    ['2026-03-02T09:59:59.625-00:00', 1_772_445_599_625],
    ['2026-03-03T09:58:59.625+23:59', 1_772_445_599_625],
    ['1970-01-01T00:00:00-01:00', 3_600_000],
    ['2024-02-29T00:00:00.000Z', 1_709_164_800_000],
    ['2000-02-29T00:00:00.000Z', 951_782_400_000],
    ['9999-12-31T23:59:59.999Z', LAST_MS],
  ])('%s is %i', (text, ms) => {
    expect(parseTime(text)).toBe(ms)
  })

  it.each([
    '',
    'now',
    '0',
    '1772445599625',
    '2026',
    '2026-03',
    '2026-03-02',
    '2026-03-02Z',
    '20260302T095959Z',
    '26-03-02T09:59:59Z',
    '2026-03-02T09:59:59',
    '2026-03-02T09:59:59.625',
    '2026-03-02T09:59Z',
    '2026-03-02 09:59:59Z',
    '2026-03-02 09:59:59.625Z',
    ' 2026-03-02T09:59:59Z',
    '2026-03-02T09:59:59Z ',
    '2026-03-02T09:59:59Z\n',
    '2026-03-02T09:59:59.Z',
    '2026-03-02T09:59:59,625Z',
    '2026-3-2T9:59:59Z',
    '+002026-03-02T09:59:59Z',
    '2026-03-02T09:59:59.625+0530',
    '2026-03-02T09:59:59.625+05',
    '2026-03-02T09:59:59.625+24:00',
    '2026-03-02T09:59:59.625+05:60',
    '2026-03-02T09:59:59.625ZZ',
    '2026-03-02T09:59:59.625+05:30[Asia/Kolkata]',
    'Mon, 02 Mar 2026 09:59:59 GMT',
    '2026-00-02T09:59:59.625Z',
    '2026-13-02T09:59:59.625Z',
    '2026-03-00T09:59:59.625Z',
    '2026-03-32T09:59:59.625Z',
    '2026-03-02T24:00:00.000Z',
    '2026-03-02T09:60:59.625Z',
    '2026-03-02T23:59:60.000Z',
    '2026-03-02T23:59:60Z',
    '2026-03-02T23:59:60+00:00',
    '1969-12-31T23:59:59.999Z',
    '0000-01-01T00:00:00.000Z',
    '1970-01-01T00:00:00+00:01',
    '1969-12-31T23:59:59-05:00',
    '9999-12-31T23:59:59-00:01',
    '2026-02-29T00:00:00.000Z',
    '2100-02-29T00:00:00.000Z',
    '2024-02-30T00:00:00.000Z',
    '2026-02-30T00:00:00Z',
    '2026-04-31T00:00:00+02:00',
    'x026-03-02T09:59:59.625Z',
    '2026-03-02T09:59:59.6x5Z',
    '2026-03-02T09:59:5:.625Z',
    '2026-03-02T-9:59:59.625Z',
  ])('refuses %j', (text) => {
    expect(parseTime(text)).toBeNaN()
  })

  it('accepts exactly the days that each month has, in four centuries', () => {
    for (let year = 1970; year <= 2400; year++) {
      for (let month = 1; month <= 12; month++) {
        const days = Temporal.PlainYearMonth.from({ year, month }).daysInMonth
        for (let day = 28; day <= 32; day++) {
          const date = `${year}-${pad(month)}-${pad(day)}`
          const expected = day <= days ? Date.UTC(year, month - 1, day) : Number.NaN
          expect(parseTime(`${date}T00:00:00.000Z`), date).toBe(expected)
        }
      }
    }
  })

  it('refuses any other sign where the form wants a digit or a mark', () => {
    const good = '2026-11-12T13:14:15.167Z'
    fc.assert(
      fc.property(fc.nat({ max: 23 }), fc.constantFrom(...'/:;.-+ AaéT'), (at, sign) => {
        fc.pre(good[at] !== sign)
        expect(parseTime(good.slice(0, at) + sign + good.slice(at + 1))).toBeNaN()
      }),
      { numRuns: 500 },
    )
  })

  it('agrees with Date.parse on any instant in the common form', () => {
    fc.assert(
      fc.property(anyMs, (ms) => {
        expect(parseTime(new Date(ms).toISOString())).toBe(ms)
      }),
      { numRuns: 5000 },
    )
  })

  it('agrees with Temporal on other forms', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 86_400_000, max: LAST_MS - 86_400_000 }),
        fc.integer({ min: -1439, max: 1439 }),
        fc.stringMatching(/^\d{0,9}$/),
        fc.boolean(),
        (ms, offset, fraction, lower) => {
          const local = new Date(ms).toISOString().slice(0, 19)
          const zone = `${offset < 0 ? '-' : '+'}${pad(Math.trunc(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`
          const text = `${local}${fraction && '.'}${fraction}${offset === 0 ? 'Z' : zone}`
          const expected = Temporal.Instant.from(text).epochMilliseconds
          expect(parseTime(lower ? text.toLowerCase() : text)).toBe(expected)
        },
      ),
      { numRuns: 3000 },
    )
  })
})
