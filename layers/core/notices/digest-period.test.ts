import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS } from '#core/metrics/business-time.ts'
import { type DigestRhythm, digestDueAt } from './digest-period.ts'

const HOURLY: DigestRhythm = { every: 'hour' }
const AT_EIGHT: DigestRhythm = { every: 'day', hour: 8 }
const dueAt = (at: string, rhythm: DigestRhythm, zone: string): string =>
  new Date(digestDueAt(Date.parse(at), rhythm, zone)).toISOString()

describe('a digest is due', () => {
  it.each<[string, DigestRhythm, string, string]>([
    ['2026-03-02T10:00:00.000Z', HOURLY, 'UTC', '2026-03-02T11:00:00.000Z'],
    ['2026-03-02T10:59:59.999Z', HOURLY, 'UTC', '2026-03-02T11:00:00.000Z'],
    // Full hours of the wall, at half past of UTC.
    ['2026-03-02T10:29:59.999Z', HOURLY, 'Asia/Kolkata', '2026-03-02T10:30:00.000Z'],
    ['2026-03-02T10:30:00.000Z', HOURLY, 'Asia/Kolkata', '2026-03-02T11:30:00.000Z'],
    // The hour that comes twice is two hours.
    ['2026-11-01T05:30:00.000Z', HOURLY, 'America/New_York', '2026-11-01T06:00:00.000Z'],
    ['2026-11-01T06:30:00.000Z', HOURLY, 'America/New_York', '2026-11-01T07:00:00.000Z'],
    ['2026-03-02T07:59:59.999Z', AT_EIGHT, 'UTC', '2026-03-02T08:00:00.000Z'],
    ['2026-03-02T08:00:00.000Z', AT_EIGHT, 'UTC', '2026-03-03T08:00:00.000Z'],
    ['2026-03-08T11:59:59.999Z', AT_EIGHT, 'America/New_York', '2026-03-08T12:00:00.000Z'],
    ['2026-03-07T13:00:00.000Z', AT_EIGHT, 'America/New_York', '2026-03-08T12:00:00.000Z'],
    // 02:00 is skipped on that day: an hour after 01:00.
    ['2026-03-08T06:00:00.000Z', { every: 'day', hour: 2 }, 'America/New_York', '2026-03-08T07:00:00.000Z'],
    // 01:00 comes twice: the first, and then tomorrow's.
    ['2026-11-01T04:59:59.999Z', { every: 'day', hour: 1 }, 'America/New_York', '2026-11-01T05:00:00.000Z'],
    ['2026-11-01T05:30:00.000Z', { every: 'day', hour: 1 }, 'America/New_York', '2026-11-02T06:00:00.000Z'],
  ])('%s %j %s: %s', (at, rhythm, zone, due) => expect(dueAt(at, rhythm, zone)).toBe(due))

  it('soon, later than now, and at the hour that the wall shows', () => {
    const zones = ['UTC', 'Asia/Kathmandu', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe']
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2028-01-01') }),
        fc.integer({ min: 0, max: 23 }),
        (zone, nowMs, hour) => {
          const hourly = digestDueAt(nowMs, HOURLY, zone)
          expect(hourly).toBeGreaterThan(nowMs)
          expect(hourly).toBeLessThanOrEqual(nowMs + HOUR_MS)
          const daily = digestDueAt(nowMs, { every: 'day', hour }, zone)
          expect(daily).toBeGreaterThan(nowMs)
          expect(daily).toBeLessThanOrEqual(nowMs + DAY_MS + HOUR_MS)
          const wall = Temporal.Instant.fromEpochMilliseconds(daily).toZonedDateTimeISO(zone)
          const usual = wall.toPlainDate().toPlainDateTime({ hour }).toZonedDateTime(zone)
          expect(wall.epochMilliseconds).toBe(usual.epochMilliseconds)
        },
      ),
      { numRuns: 1_000 },
    )
  })
})
