import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type HourCounts,
  NO_HOURS,
  PSEUDO_UNITS_PER_HOUR,
  RHYTHM_HALF_LIFE_MS,
  recordHour,
  rhythmOf,
} from './store-rhythm.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const H = RHYTHM_HALF_LIFE_MS
const MONDAY = Date.UTC(2026, 2, 2)
const total = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

type Sale = { readonly atMs: number; readonly units: number }
const fold = (sales: readonly Sale[], offsetMs: number): HourCounts =>
  sales.reduce((counts, { atMs, units }) => recordHour(counts, atMs, units, offsetMs), NO_HOURS)

const anySale = fc.record({
  atMs: fc.integer({ min: MONDAY - 300 * DAY, max: MONDAY }),
  units: fc.integer({ min: 1, max: 30 }),
})
const anySales = fc.array(anySale, { minLength: 1, maxLength: 60 })
const anyOffset = fc.integer({ min: -48, max: 56 }).map((quarters) => quarters * 15 * 60_000)

/** Weights by the definition: every sale decayed to the latest one, then smoothed. */
function oracle(sales: readonly Sale[], offsetMs: number): number[] {
  const latest = Math.max(...sales.map(({ atMs }) => atMs))
  const hours = new Array<number>(24).fill(PSEUDO_UNITS_PER_HOUR)
  for (const { atMs, units } of sales)
    hours[new Date(atMs + offsetMs).getUTCHours()]! += units * 2 ** ((atMs - latest) / H)
  return hours.map((units) => (units * 24) / total(hours))
}

function expectAllClose(actual: readonly number[], expected: readonly number[], within = 1e-9): void {
  expect(actual).toHaveLength(expected.length)
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(actual[i]! - value), `${i}: ${actual[i]} is not ${value}`).toBeLessThanOrEqual(within)
  }
}

describe('recordHour', () => {
  it.each([
    ['2026-03-02T00:00:00.000Z', 0, 0],
    ['2026-03-02T00:59:59.999Z', 0, 0],
    ['2026-03-02T01:00:00.000Z', 0, 1],
    ['2026-03-02T23:59:59.999Z', 0, 23],
    ['2026-03-02T18:29:59.999Z', 5.5 * HOUR, 23],
    ['2026-03-02T18:30:00.000Z', 5.5 * HOUR, 0],
    ['2026-03-02T04:59:59.999Z', -5 * HOUR, 23],
    ['2026-03-02T05:00:00.000Z', -5 * HOUR, 0],
    ['1970-01-01T00:00:00.001Z', -5 * HOUR, 19],
  ])('books %s with offset %i in hour %i', (at, offsetMs, hour) => {
    const { scaled } = recordHour(NO_HOURS, Date.parse(at), 3, offsetMs)
    expect(scaled.map((count, i) => (count > 0 ? i : -1)).filter((i) => i >= 0)).toEqual([hour])
  })

  it('gives the very same object for no units and leaves the former counts alone', () => {
    const before = recordHour(NO_HOURS, MONDAY, 1, 0)
    const copy = structuredClone(before)
    expect(recordHour(before, MONDAY + HOUR, 0, 0)).toBe(before)
    recordHour(before, MONDAY + 400 * DAY, 5, 0)
    expect(before).toEqual(copy)
    expect(total(NO_HOURS.scaled)).toBe(0)
  })

  it('takes a sale back without a trace, half-lives later', () => {
    const one = fold([{ atMs: MONDAY, units: 2 }], 0)
    const both = recordHour(recordHour(one, MONDAY + HOUR, 7, 0), MONDAY + 3 * H, 1, 0)
    const undone = recordHour(both, MONDAY + HOUR, -7, 0)
    expectAllClose(undone.scaled, recordHour(one, MONDAY + 3 * H, 1, 0).scaled)
  })

  it('keeps the reference at most a half-life behind the latest sale, and so the numbers small', () => {
    fc.assert(
      fc.property(anySales, (sales) => {
        const { referenceMs, asOf, scaled } = fold(sales, 0)
        expect(asOf).toBe(Math.max(...sales.map(({ atMs }) => atMs)))
        expect(asOf - referenceMs).toBeGreaterThanOrEqual(0)
        expect(asOf - referenceMs).toBeLessThan(H)
        expect(total(scaled)).toBeLessThanOrEqual(2 * total(sales.map(({ units }) => units)))
      }),
    )
  })

  it('gives the same counts in any order', () => {
    fc.assert(
      fc.property(anySales, fc.integer(), anyOffset, (sales, seed, offsetMs) => {
        const mixed = [...sales].sort((a, b) => Math.sin(a.atMs + seed) - Math.sin(b.atMs + seed))
        const one = fold(sales, offsetMs)
        const other = fold(mixed, offsetMs)
        expect([other.asOf, other.referenceMs]).toEqual([one.asOf, one.referenceMs])
        expectAllClose(other.scaled, one.scaled)
      }),
    )
  })

  it('survives a century of silence', () => {
    const counts = recordHour(fold([{ atMs: 1, units: 1e6 }], 0), MONDAY + 36_525 * DAY, 1, 0)
    expectAllClose(rhythmOf(counts, 0).weights, oracle([{ atMs: MONDAY, units: 1 }], 0))
  })
})

describe('rhythmOf', () => {
  it('is flat for a store that sold nothing', () => {
    expect(rhythmOf(NO_HOURS, 5.5 * HOUR)).toEqual({ weights: new Array(24).fill(1), offsetMs: 5.5 * HOUR })
  })

  it('is nearly flat after one sale', () => {
    const { weights } = rhythmOf(fold([{ atMs: MONDAY, units: 1 }], 0), 0)
    expect(weights[0]).toBeCloseTo((6 * 24) / 121, 12)
    expect(weights[1]).toBeCloseTo((5 * 24) / 121, 12)
  })

  it('comes near the truth of a busy store', () => {
    const sales: Sale[] = []
    for (let day = 0; day < 120; day++) {
      for (let i = 0; i < 96; i++) sales.push({ atMs: MONDAY + day * DAY + 10 * HOUR + i * 5 * 60_000, units: 2 })
    }
    const { weights } = rhythmOf(fold(sales, 0), 0)
    for (let hour = 0; hour < 24; hour++) {
      expect(Math.abs(weights[hour]! - (hour >= 10 && hour < 18 ? 3 : 0))).toBeLessThan(0.05)
    }
  })

  it('never gives an hour nothing, even below zero', () => {
    const { weights } = rhythmOf(fold([{ atMs: MONDAY, units: -50 }], 0), 0)
    expect(weights).toEqual(new Array(24).fill(1))
  })

  it('is the smoothed share of decayed units, in any store', () => {
    fc.assert(
      fc.property(anySales, anyOffset, (sales, offsetMs) => {
        const rhythm = rhythmOf(fold(sales, offsetMs), offsetMs)
        expectAllClose(rhythm.weights, oracle(sales, offsetMs))
        expect(total(rhythm.weights)).toBeCloseTo(24, 9)
        expect(rhythm.weights.every((weight) => weight > 0)).toBe(true)
        expect(rhythm.offsetMs).toBe(offsetMs)
      }),
      { numRuns: 500 },
    )
  })
})
