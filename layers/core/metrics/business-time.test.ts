import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  businessDateOf,
  DAY_MS,
  HOUR_MS,
  instantOfWall,
  isTimeZone,
  MINUTE_MS,
  nextBusinessDate,
  offsetAt,
  previousBusinessDate,
  QUARTER_MS,
  startOfBusinessDay,
  startOfMinute,
  startOfQuarter,
} from './business-time.ts'

// Whole, half and quarter hours; both hemispheres; Ramadan's clock; changes at midnight, over midnight and over a day.
const ZONES = (
  'UTC Asia/Kolkata Asia/Kathmandu Australia/Lord_Howe Australia/Eucla Australia/Adelaide Pacific/Apia ' +
  'Pacific/Chatham Pacific/Kiritimati Pacific/Kwajalein America/St_Johns America/New_York America/Sao_Paulo ' +
  'America/Havana America/Caracas America/Argentina/San_Luis Europe/London Europe/Berlin Europe/Istanbul ' +
  'Europe/Volgograd Africa/Casablanca Africa/Cairo Africa/Juba Asia/Tehran Asia/Gaza Asia/Pyongyang Asia/Colombo ' +
  'Asia/Amman Antarctica/Casey Antarctica/Troll Atlantic/Azores'
).split(' ')
const anyZone = fc.constantFrom(...ZONES)
const anyMs = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2040, 11, 31) })
const anyDate = anyMs.map((ms) => new Date(ms).toISOString().slice(0, 10))
const utc = (text: string) => Date.parse(text)

const formats = new Map<string, Intl.DateTimeFormat>()

/** What the clock on the wall shows, 'YYYY-MM-DD HH:MM:SS', by the platform's own tables. */
function wallClock(ms: number, zone: string): string {
  let format = formats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formats.set(zone, format)
  }
  const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]))
  return `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute}:${part.second}`
}

describe('isTimeZone', () => {
  it.each([...ZONES, 'Asia/Calcutta', 'Etc/GMT+5', 'GMT'])('knows %s', (zone) => {
    expect(isTimeZone(zone)).toBe(true)
  })

  it.each(['', ' UTC', 'utc', 'asia/kolkata', 'Mars/Base', '+05:30', '-03:00', 'Z', '2020-01-01T00:00Z[Asia/Tokyo]'])(
    'does not know %j',
    (zone) => {
      expect(isTimeZone(zone)).toBe(false)
    },
  )
})

describe('businessDateOf', () => {
  it.each([
    ['2026-03-01T18:29:59.999Z', 'Asia/Kolkata', '2026-03-01'],
    ['2026-03-01T18:30:00.000Z', 'Asia/Kolkata', '2026-03-02'],
    ['2026-03-01T18:14:59.999Z', 'Asia/Kathmandu', '2026-03-01'],
    ['2026-03-01T18:15:00.000Z', 'Asia/Kathmandu', '2026-03-02'],
    ['2026-01-01T12:59:59.999Z', 'Australia/Lord_Howe', '2026-01-01'], // +11:00 in summer
    ['2026-01-01T13:00:00.000Z', 'Australia/Lord_Howe', '2026-01-02'],
    ['2026-07-01T13:29:59.999Z', 'Australia/Lord_Howe', '2026-07-01'], // +10:30 in winter
    ['2026-07-01T13:30:00.000Z', 'Australia/Lord_Howe', '2026-07-02'],
    ['2026-03-09T03:59:59.999Z', 'America/New_York', '2026-03-08'], // the clock went forward on the 8th
    ['2026-03-09T04:00:00.000Z', 'America/New_York', '2026-03-09'],
    ['2026-11-02T04:59:59.999Z', 'America/New_York', '2026-11-01'], // and back on November 1st
    ['2026-11-02T05:00:00.000Z', 'America/New_York', '2026-11-02'],
    ['2011-12-30T09:59:59.999Z', 'Pacific/Apia', '2011-12-29'],
    ['2011-12-30T10:00:00.000Z', 'Pacific/Apia', '2011-12-31'],
    ['1969-12-31T23:59:59.999Z', 'UTC', '1969-12-31'],
    ['1970-01-01T00:00:00.000Z', 'America/New_York', '1969-12-31'],
  ])('%s in %s is %s', (at, zone, date) => {
    expect(businessDateOf(utc(at), zone)).toBe(date)
    expect(businessDateOf(utc(at), zone)).toBe(date) // from memory
  })

  it('throws a RangeError for what is no zone or no instant', () => {
    expect(() => businessDateOf(0, 'Mars/Base')).toThrow(RangeError)
    for (const at of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300]) {
      expect(() => businessDateOf(at, 'UTC')).toThrow(RangeError)
      expect(() => businessDateOf(at, 'Europe/Berlin')).toThrow(RangeError)
    }
  })

  it('agrees with the platform clock at random instants of 31 zones', () => {
    fc.assert(
      fc.property(anyMs, anyZone, (ms, zone) => {
        const wall = wallClock(ms, zone)
        expect(businessDateOf(ms, zone)).toBe(wall.slice(0, 10))
        expect(offsetAt(ms, zone)).toBe(utc(`${wall.replace(' ', 'T')}Z`) - Math.floor(ms / 1000) * 1000)
      }),
      { numRuns: 10_000 },
    )
  })

  it('agrees with Temporal on either side of every clock change from 1990 to 2037', () => {
    for (const zone of ZONES) {
      let change = Temporal.Instant.fromEpochMilliseconds(utc('1990-01-01T00:00:00Z'))
        .toZonedDateTimeISO(zone)
        .getTimeZoneTransition('next')
      for (; change !== null && change.year < 2038; change = change.getTimeZoneTransition('next')) {
        for (const ms of [change.epochMilliseconds, change.epochMilliseconds - 1]) {
          const expected = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone)
          expect(offsetAt(ms, zone), `${zone} ${ms}`).toBe(expected.offsetNanoseconds / 1e6)
          expect(businessDateOf(ms, zone), `${zone} ${ms}`).toBe(expected.toPlainDate().toString())
        }
      }
    }
  })

  it('gives offsets of whole quarters, so that a day is made of whole cells', () => {
    fc.assert(fc.property(anyMs, anyZone, (ms, zone) => offsetAt(ms, zone) % QUARTER_MS === 0))
  })
})

describe('instantOfWall', () => {
  it.each([
    ['2011-03-27T00:59:59Z', 'Europe/London', '2011-03-27T00:59:59Z'],
    ['2011-03-27T01:30:00Z', 'Europe/London', '2011-03-27T01:30:00Z'], // skipped
    ['2011-03-27T02:00:00Z', 'Europe/London', '2011-03-27T01:00:00Z'],
    ['2011-10-30T01:30:00Z', 'Europe/London', '2011-10-30T00:30:00Z'], // shown twice
    ['2011-10-30T02:00:00Z', 'Europe/London', '2011-10-30T02:00:00Z'],
    ['2026-11-20T10:00:00Z', 'Asia/Kolkata', '2026-11-20T04:30:00Z'],
  ])('%s on the wall of %s is %s', (wall, zone, expected) => {
    expect(instantOfWall(utc(wall), zone)).toBe(utc(expected))
  })

  it('agrees with Temporal around every clock change from 1990 to 2037', () => {
    for (const zone of ZONES) {
      let change = Temporal.Instant.fromEpochMilliseconds(utc('1990-01-01T00:00:00Z'))
        .toZonedDateTimeISO(zone)
        .getTimeZoneTransition('next')
      for (; change !== null && change.year < 2038; change = change.getTimeZoneTransition('next')) {
        for (let minutes = -180; minutes <= 180; minutes += 15) {
          const wall = change.toPlainDateTime().add({ minutes })
          const expected = wall.toZonedDateTime(zone).epochMilliseconds
          expect(instantOfWall(utc(`${wall}Z`), zone), `${zone} ${wall}`).toBe(expected)
        }
      }
    }
  })
})

describe('startOfBusinessDay', () => {
  it.each([
    ['2026-03-02', 'UTC', '2026-03-02T00:00:00.000Z'],
    ['2026-03-02', 'Asia/Kolkata', '2026-03-01T18:30:00.000Z'],
    ['2026-03-02', 'Asia/Kathmandu', '2026-03-01T18:15:00.000Z'],
    ['2026-03-02', 'Pacific/Kiritimati', '2026-03-01T10:00:00.000Z'],
    ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z'],
    ['2026-03-09', 'America/New_York', '2026-03-09T04:00:00.000Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'], // 00:00 became 01:00: the day began at one
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'], // 01:00 became 00:00: midnight struck twice
    ['2010-11-07', 'America/St_Johns', '2010-11-07T02:30:00.000Z'], // 00:01 became 23:01: the first of two beginnings
    ['2011-12-29', 'Pacific/Apia', '2011-12-29T10:00:00.000Z'],
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'], // never was
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('%s in %s is %s', (date, zone, at) => {
    expect(new Date(startOfBusinessDay(date, zone)).toISOString()).toBe(at)
  })

  it('is the first instant of its date and agrees with Temporal', () => {
    fc.assert(
      fc.property(anyDate, anyZone, (date, zone) => {
        fc.pre(!(date === '2011-12-30' && zone === 'Pacific/Apia'))
        fc.pre(!(date === '1993-08-21' && zone === 'Pacific/Kwajalein'))
        fc.pre(!(date === '1994-12-31' && zone === 'Pacific/Kiritimati'))
        const startMs = startOfBusinessDay(date, zone)
        expect(startMs).toBe(Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds)
        expect(businessDateOf(startMs, zone)).toBe(date)
        expect(businessDateOf(startMs - 1, zone) < date).toBe(true)
      }),
      { numRuns: 5000 },
    )
  })

  it.each(['', '2026', '2026-3-2', '2026-02-29', '2026-13-01', '2026-00-10', '26-03-02', '2026-03-02T00:00Z'])(
    'throws a RangeError for %j',
    (date) => {
      expect(() => startOfBusinessDay(date, 'UTC')).toThrow(RangeError)
    },
  )

  it('throws a RangeError for an unknown zone', () => {
    expect(() => startOfBusinessDay('2026-03-02', 'Mars/Base')).toThrow(RangeError)
  })
})

describe('dates', () => {
  it.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-02-28', 1, '2026-03-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-03-01', 0, '2026-03-01'],
    ['2026-01-01', 365, '2027-01-01'],
    ['1970-01-01', -1, '1969-12-31'],
    ['0000-01-02', -1, '0000-01-01'],
    ['9999-12-30', 1, '9999-12-31'],
  ])('%s and %i days is %s', (date, days, other) => {
    expect(addDays(date, days)).toBe(other)
    if (days === 1) expect(nextBusinessDate(date)).toBe(other)
    if (days === -1) expect(previousBusinessDate(date)).toBe(other)
  })

  it('throws a RangeError beyond the years of four digits', () => {
    expect(() => nextBusinessDate('9999-12-31')).toThrow(RangeError)
    expect(() => previousBusinessDate('0000-01-01')).toThrow(RangeError)
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError)
    expect(() => addDays('2026-02-01', 0.5)).toThrow(RangeError)
  })

  it('agrees with Temporal', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -20_000, max: 20_000 }), (date, days) => {
        expect(addDays(date, days)).toBe(Temporal.PlainDate.from(date).add({ days }).toString())
        expect(addDays(addDays(date, days), -days)).toBe(date)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('cells', () => {
  it.each([
    ['2026-03-02T09:59:59.999Z', '2026-03-02T09:59:00.000Z', '2026-03-02T09:45:00.000Z'],
    ['2026-03-02T10:00:00.000Z', '2026-03-02T10:00:00.000Z', '2026-03-02T10:00:00.000Z'],
    ['2026-03-02T10:14:59.999Z', '2026-03-02T10:14:00.000Z', '2026-03-02T10:00:00.000Z'],
    ['2026-03-02T10:15:00.000Z', '2026-03-02T10:15:00.000Z', '2026-03-02T10:15:00.000Z'],
    ['1969-12-31T23:59:59.999Z', '1969-12-31T23:59:00.000Z', '1969-12-31T23:45:00.000Z'],
  ])('%s is in minute %s and quarter %s', (at, minute, quarter) => {
    expect(startOfMinute(utc(at))).toBe(utc(minute))
    expect(startOfQuarter(utc(at))).toBe(utc(quarter))
  })

  it('has units that fit into each other', () => {
    expect([MINUTE_MS, QUARTER_MS, HOUR_MS, DAY_MS]).toEqual([60_000, 900_000, 3_600_000, 86_400_000])
  })
})
