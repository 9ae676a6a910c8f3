import { describe, expect, test } from 'vitest'
import { businessDay, runOf, utcDaysOf } from './business-day-run.ts'
import { holidayCountryOf, PUBLIC_HOLIDAYS } from './public-holidays.ts'

const hours = (date: string, zone: string) => {
  const { start, end } = businessDay('m', date, zone)
  return (end - start) / 3_600_000
}

describe('a business day', () => {
  test.each([
    ['2026-03-02', 'UTC', ['2026-03-02']],
    ['2026-03-02', 'Asia/Kolkata', ['2026-03-01', '2026-03-02']],
    ['2026-03-02', 'America/New_York', ['2026-03-02', '2026-03-03']],
    ['2026-03-02', 'Pacific/Kiritimati', ['2026-03-01', '2026-03-02']],
  ])('%s in %s lies in the UTC days %j', (date, zone, days) => {
    expect(utcDaysOf(businessDay('m', date, zone))).toEqual(days)
  })

  test.each([
    ['2026-03-29', 'Europe/London', 23],
    ['2026-10-25', 'Europe/London', 25],
    ['2011-12-30', 'Pacific/Apia', 0],
  ])('%s in %s has %i hours', (date, zone, expected) => {
    expect(hours(date, zone)).toBe(expected)
  })

  test('its run says what the settings say', () => {
    const settings = { values: { currency: 'GBP' }, categories: {} }
    const run = runOf(businessDay('m', '2026-03-02', 'UTC'), settings, '2026-01-01')
    expect(Object.fromEntries(run.map(({ name, value }) => [name, value]))).toEqual({
      merchant_id: 'm',
      business_date: '2026-03-02',
      day_start: '2026-03-02T00:00:00.000Z',
      day_end: '2026-03-03T00:00:00.000Z',
      first_date: '2026-01-01',
      last_date: '2027-04-06',
      country: 'GB',
      restocked_by_default: ',wrong_item,not_as_described,changed_mind,',
    })
  })
})

describe('public holidays', () => {
  test('are one a country and day, each a date', () => {
    expect(new Set(PUBLIC_HOLIDAYS.map(({ country, day }) => `${country} ${day}`)).size).toBe(PUBLIC_HOLIDAYS.length)
    for (const { day } of PUBLIC_HOLIDAYS) expect(new Date(day).toISOString().slice(0, 10)).toBe(day)
  })

  test('are by the currency, where its country is known', () => {
    expect([holidayCountryOf('INR'), holidayCountryOf('EUR')]).toEqual(['IN', ''])
  })
})
