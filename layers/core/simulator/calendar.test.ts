import { describe, expect, it, test } from 'vitest'
import { businessDateOf } from '#core/metrics/business-time.ts'
import { diwaliOf, holidayEffect, holiOf } from './holidays.ts'
import { dateOf, hourOfDay, instantText, localDay, localHour, nextHour, TIME_ZONE, weekdayOf } from './local-time.ts'
import { seasonFactors, yearMeans } from './seasons.ts'

describe('the chain’s clock', () => {
  test.each([
    '2026-02-28T18:29:59.999Z',
    '2026-02-28T18:30:00.000Z',
    '2024-02-29T00:00:00.000Z',
    '2025-12-31T23:59:59.999Z',
  ])('%s is of the day that the zone says', (text) => {
    const at = Date.parse(text)
    const day = localDay(at)
    expect(dateOf(day)).toBe(businessDateOf(at, TIME_ZONE))
    expect(instantText({ minute: Number.NaN, text: '' }, at)).toBe(text)
    expect(weekdayOf(day)).toBe(new Date(dateOf(day)).getUTCDay())
  })

  it('counts hours from local midnight', () => {
    const midnight = Date.parse('2026-03-01T18:30:00Z')
    const day = localDay(midnight)
    expect([localHour(midnight - 1), localHour(midnight), hourOfDay(day, 0)]).toEqual([23, 0, midnight])
    expect(nextHour(midnight)).toBe(midnight + 3_600_000)
    expect(nextHour(midnight - 1)).toBe(midnight)
  })

  it('writes each time of one minute', () => {
    const writer = { minute: Number.NaN, text: '' }
    const at = Date.parse('2026-03-01T10:59:59.007Z')
    expect([instantText(writer, at + 0.9), instantText(writer, at + 993)]).toEqual([
      '2026-03-01T10:59:59.007Z',
      '2026-03-01T11:00:00.000Z',
    ])
  })
})

describe('holidays', () => {
  // As the calendars of those years have them.
  test.each([
    [2023, '2023-11-12', '2023-03-08'],
    [2024, '2024-10-31', '2024-03-25'],
    [2025, '2025-10-20', '2025-03-14'],
    [2026, '2026-11-08', '2026-03-04'],
    [2027, '2027-10-29', '2027-03-22'],
    [2028, '2028-10-17', '2028-03-11'],
    [2029, '2029-11-05', '2029-03-01'],
  ])('Diwali and Holi of %i, to a day', (year, diwali, holi) => {
    const off = (day: number, date: string) => Math.abs(day - localDay(Date.parse(date)))
    expect(off(diwaliOf(year), diwali)).toBeLessThanOrEqual(1)
    expect(off(holiOf(year), holi)).toBeLessThanOrEqual(1)
  })

  it('shopping rises to a feast and ends with it', () => {
    const diwali = diwaliOf(2026)
    const festive = [-30, -18, -9, -1, 0, 1].map((days) => Math.round(holidayEffect(diwali + days).festive * 100) / 100)
    expect(festive).toEqual([0, 0.06, 0.56, 1, 1, 0])
    expect([holidayEffect(diwali).footfall, holidayEffect(diwali - 1).footfall]).toEqual([0.55, 1])
  })

  it('a year’s mean is what its factors are divided by', () => {
    const from = localDay(Date.parse('2026-01-01'))
    const means = yearMeans(from)
    let sum = 0
    for (let day = from; day < from + 365; day++) sum += seasonFactors(day)[0]! / means[0]!
    expect(sum / 365).toBeCloseTo(1, 9)
  })
})
