import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, QUARTER_MS } from '#core/metrics/business-time.ts'
import { dueDate, type Rhythm } from './due-date.ts'

const NIGHTLY: Rhythm = { every: 'day', notBefore: '08:00' }
const WEEKLY: Rhythm = { every: 'week', weekday: 7, notBefore: '02:00' }

describe('a run is due', () => {
  it.each<[string, Rhythm, string, string | undefined, string | undefined]>([
    ['2026-03-03T02:29:59.999Z', NIGHTLY, 'Asia/Kolkata', '2026-03-01', undefined],
    ['2026-03-03T02:30:00.000Z', NIGHTLY, 'Asia/Kolkata', '2026-03-01', '2026-03-02'],
    ['2026-03-03T18:29:59.999Z', NIGHTLY, 'Asia/Kolkata', '2026-03-02', undefined],
    // The first one is not before its time, and then at once.
    ['2026-03-03T02:29:59.999Z', NIGHTLY, 'Asia/Kolkata', undefined, undefined],
    ['2026-03-03T17:00:00.000Z', NIGHTLY, 'Asia/Kolkata', undefined, '2026-03-02'],
    // What a pause left out is made up for at once, by one run.
    ['2026-03-05T01:00:00.000Z', NIGHTLY, 'UTC', '2026-02-20', '2026-03-03'],
    ['2026-03-05T08:00:00.000Z', NIGHTLY, 'UTC', '2026-03-03', '2026-03-04'],
    // A merchant who moves west lives a date again: there is no second run for it.
    ['2026-03-05T10:00:00.000Z', NIGHTLY, 'America/New_York', '2026-03-04', undefined],
    // Sundays. In New York 02:00 is skipped on 8 March, and 01:00 comes twice on 1 November.
    ['2026-03-08T06:59:59.999Z', WEEKLY, 'America/New_York', '2026-02-28', undefined],
    ['2026-03-08T07:00:00.000Z', WEEKLY, 'America/New_York', '2026-02-28', '2026-03-07'],
    ['2026-11-01T06:59:59.999Z', WEEKLY, 'America/New_York', '2026-10-24', undefined],
    ['2026-11-01T07:00:00.000Z', WEEKLY, 'America/New_York', '2026-10-24', '2026-10-31'],
    ['2026-03-11T12:00:00.000Z', WEEKLY, 'UTC', '2026-02-28', '2026-03-07'],
    ['2026-03-11T12:00:00.000Z', WEEKLY, 'UTC', '2026-03-07', undefined],
  ])('%s %j %s after %s: %s', (now, rhythm, zone, last, due) => {
    expect(dueDate(rhythm, zone, Date.parse(now), last)).toBe(due)
  })

  it('once a day and once a week, whenever clocks are changed', () => {
    const zones = [
      'UTC',
      'Asia/Kolkata',
      'America/New_York',
      'Europe/London',
      'Australia/Lord_Howe',
      'America/Santiago',
    ]
    const times = ['00:00', '02:00', '02:30', '03:00', '08:00', '23:45']
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...times),
        fc.option(fc.integer({ min: 1, max: 7 }), { nil: undefined }),
        fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2026-06-01') }),
        (zone, notBefore, weekday, start) => {
          const rhythm: Rhythm =
            weekday === undefined ? { every: 'day', notBefore } : { every: 'week', weekday, notBefore }
          const runs: string[] = []
          for (let now = start; now < start + 60 * DAY_MS; now += QUARTER_MS) {
            const due = dueDate(rhythm, zone, now, runs.at(-1))
            if (due !== undefined) runs.push(due)
          }
          const step = weekday === undefined ? DAY_MS : 7 * DAY_MS
          const gaps = runs.slice(1).map((date, i) => Date.parse(date) - Date.parse(runs[i]!))
          expect(new Set(gaps)).toEqual(new Set([step]))
          expect(runs.length).toBeGreaterThanOrEqual(weekday === undefined ? 59 : 8)
        },
      ),
      { numRuns: 60 },
    )
  })
})
