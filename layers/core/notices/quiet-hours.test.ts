import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { DAY_MS } from '#core/metrics/business-time.ts'
import { type QuietHours, quietUntil } from './quiet-hours.ts'

const NIGHT: QuietHours = { from: '22:00', to: '07:00' }
const NOON: QuietHours = { from: '12:00', to: '13:30' }
const endOf = (at: string, hours: QuietHours, zone: string): string | undefined => {
  const endMs = quietUntil(Date.parse(at), hours, zone)
  return endMs === undefined ? undefined : new Date(endMs).toISOString()
}

describe('quiet hours', () => {
  it.each<[string, QuietHours, string, string | undefined]>([
    ['2026-03-02T16:29:59.999Z', NIGHT, 'Asia/Kolkata', undefined],
    ['2026-03-02T16:30:00.000Z', NIGHT, 'Asia/Kolkata', '2026-03-03T01:30:00.000Z'],
    ['2026-03-03T01:29:59.999Z', NIGHT, 'Asia/Kolkata', '2026-03-03T01:30:00.000Z'],
    ['2026-03-03T01:30:00.000Z', NIGHT, 'Asia/Kolkata', undefined],
    ['2026-03-02T11:59:59.999Z', NOON, 'UTC', undefined],
    ['2026-03-02T12:00:00.000Z', NOON, 'UTC', '2026-03-02T13:30:00.000Z'],
    ['2026-03-02T13:29:59.999Z', NOON, 'UTC', '2026-03-02T13:30:00.000Z'],
    ['2026-03-02T13:30:00.000Z', NOON, 'UTC', undefined],
    // Until midnight, which is the next day's.
    ['2026-03-02T23:59:59.999Z', { from: '20:00', to: '00:00' }, 'UTC', '2026-03-03T00:00:00.000Z'],
    ['2026-03-03T00:00:00.000Z', { from: '20:00', to: '00:00' }, 'UTC', undefined],
  ])('%s %j %s: %s', (at, hours, zone, end) => expect(endOf(at, hours, zone)).toBe(end))

  it.each<[string, string, QuietHours, string, string | undefined]>([
    // New York goes from 02:00 to 03:00 on 2026-03-08, and from 02:00 back to 01:00 on 2026-11-01.
    ['an hour short', '2026-03-08T03:00:00Z', NIGHT, 'America/New_York', '2026-03-08T11:00:00.000Z'],
    ['an hour long', '2026-11-01T02:00:00Z', NIGHT, 'America/New_York', '2026-11-01T12:00:00.000Z'],
    // 02:30 is skipped: as long after 22:00 as ever.
    [
      'an end that is skipped',
      '2026-03-08T06:59:00Z',
      { from: '22:00', to: '02:30' },
      'America/New_York',
      '2026-03-08T07:30:00.000Z',
    ],
    // 01:30 comes twice: they end with the first and do not begin again.
    [
      'an end that comes twice',
      '2026-11-01T05:29:59Z',
      { from: '22:00', to: '01:30' },
      'America/New_York',
      '2026-11-01T05:30:00.000Z',
    ],
    ['between the two', '2026-11-01T06:10:00Z', { from: '22:00', to: '01:30' }, 'America/New_York', undefined],
    // A start that comes twice: from the first on, whatever the clock shows then.
    [
      'a start that comes twice',
      '2026-11-01T06:10:00Z',
      { from: '01:30', to: '04:00' },
      'America/New_York',
      '2026-11-01T09:00:00.000Z',
    ],
  ])('where clocks are changed: %s', (_, at, hours, zone, end) => expect(endOf(at, hours, zone)).toBe(end))

  it('are those that another implementation of the calendar finds', () => {
    const zones = [
      'UTC',
      'Asia/Kolkata',
      'America/New_York',
      'Europe/London',
      'Australia/Lord_Howe',
      'America/St_Johns',
    ]
    const minute = fc.integer({ min: 0, max: 24 * 60 - 1 })
    const around = fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-25', '2026-11-01', '2026-06-15')
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        around,
        fc.integer({ min: 0, max: 3 * DAY_MS }),
        minute,
        minute,
        (zone, day, after, from, to) => {
          fc.pre(from !== to)
          const nowMs = Date.parse(`${day}T00:00:00Z`) - DAY_MS + after
          expect(quietUntil(nowMs, { from: textOf(from), to: textOf(to) }, zone)).toBe(
            byTemporal(nowMs, from, to, zone),
          )
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

const textOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** The spans of five days around, as Temporal's `compatible` finds wall times. */
function byTemporal(nowMs: number, from: number, to: number, zone: string): number | undefined {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone).toPlainDate()
  for (let days = -2; days <= 2; days++) {
    const at = (date: Temporal.PlainDate, minutes: number): number =>
      date
        .toPlainDateTime({ hour: Math.floor(minutes / 60), minute: minutes % 60 })
        .toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds
    const date = today.add({ days })
    const end = at(to < from ? date.add({ days: 1 }) : date, to)
    if (at(date, from) <= nowMs && nowMs < end) return end
  }
  return undefined
}
