import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  advanceVelocity,
  exposureDays,
  FLAT_RHYTHM,
  MIN_EXPOSURE_DAYS,
  NO_VELOCITY,
  type Rhythm,
  recordSold,
  unitsPerDay,
  VELOCITY_HALF_LIFE_MS,
  type Velocity,
} from './velocity.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const H = VELOCITY_HALF_LIFE_MS
const MONDAY = Date.UTC(2026, 2, 2)

const summingTo24 = (raw: readonly number[]): number[] => {
  const sum = raw.reduce((a, b) => a + b, 0)
  return raw.map((w) => (w * 24) / sum)
}
const anyRhythm: fc.Arbitrary<Rhythm> = fc.record({
  weights: fc
    .array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1000 })), { minLength: 24, maxLength: 24 })
    .filter((raw) => raw.some((w) => w > 0))
    .map(summingTo24),
  offsetMs: fc.integer({ min: -48, max: 56 }).map((quarters) => quarters * 15 * MINUTE),
})
const anyStart = fc.integer({ min: MONDAY - 400 * DAY, max: MONDAY })
const anySpan = fc.oneof(
  fc.integer({ min: 0, max: HOUR }),
  fc.integer({ min: 0, max: 3 * DAY }),
  fc.integer({ min: 0, max: 1000 * DAY }),
)

/** Open from 10:00 to 18:00 on the clock of Kolkata. */
const DAYTIME: Rhythm = {
  weights: summingTo24(Array.from({ length: 24 }, (_, hour) => (hour >= 10 && hour < 18 ? 1 : 0))),
  offsetMs: 5.5 * HOUR,
}
const kolkata = (day: number, hour: number): number => MONDAY + day * DAY + hour * HOUR - DAYTIME.offsetMs

function expectClose(actual: number, expected: number, relative = 1e-9): void {
  const within = Math.max(Math.abs(expected) * relative, 1e-300)
  expect(Math.abs(actual - expected), `${actual} is not ${expected}`).toBeLessThanOrEqual(within)
}

describe('exposureDays', () => {
  it.each([
    [0, 0],
    [-5, 0],
    [1, 1 / DAY],
    [HOUR, 1 / 24],
    [DAY, 1],
    [H, 7],
  ])('of %i ms in a flat rhythm is the analytic integral', (spanMs, days) => {
    const analytic = days === 0 ? 0 : (-7 / Math.LN2) * Math.expm1((-Math.LN2 * days) / 7)
    expectClose(exposureDays(MONDAY + 123_457, MONDAY + 123_457 + spanMs, FLAT_RHYTHM), analytic, 1e-12)
  })

  it('never exceeds half-life / ln 2, however long the span', () => {
    expectClose(exposureDays(MONDAY - 20_000 * DAY, MONDAY, FLAT_RHYTHM), 7 / Math.LN2, 1e-12)
  })

  it.each([
    [9.99, 10, 0],
    [17.999, 18, 1],
    [18, 33.99, 0], // 18:00 to 09:59 of the next day
  ])('from %d to %d o clock counts only the hours that sell', (from, to, sells) => {
    expect(exposureDays(kolkata(0, from), kolkata(0, to), DAYTIME) > 0).toBe(sells === 1)
  })

  it('of one open day is one day, less what decayed', () => {
    const exposure = exposureDays(kolkata(0, 0), kolkata(0, 24), DAYTIME)
    expect(exposure).toBeGreaterThan(2 ** (-14 / 24 / 7))
    expect(exposure).toBeLessThan(2 ** (-6 / 24 / 7))
  })

  it('equals the analytic integral of any flat span', () => {
    fc.assert(
      fc.property(anyStart, anySpan, (fromMs, spanMs) => {
        const analytic = (-7 / Math.LN2) * Math.expm1((-Math.LN2 * spanMs) / H)
        expectClose(exposureDays(fromMs, fromMs + spanMs, FLAT_RHYTHM), analytic, 1e-11)
      }),
      { numRuns: 2000 },
    )
  })

  it('equals a numeric integration in any rhythm', () => {
    fc.assert(
      fc.property(anyStart, fc.integer({ min: 1, max: 4 * DAY }), anyRhythm, (fromMs, spanMs, rhythm) => {
        const toMs = fromMs + spanMs
        let sum = 0
        for (let at = fromMs; at < toMs; ) {
          const until = Math.min(toMs, (Math.floor(at / MINUTE) + 1) * MINUTE)
          const hour = new Date(at + rhythm.offsetMs).getUTCHours()
          sum += rhythm.weights[hour]! * 2 ** (-(toMs - (at + until) / 2) / H) * (until - at)
          at = until
        }
        expectClose(exposureDays(fromMs, toMs, rhythm), sum / DAY)
      }),
      { numRuns: 300 },
    )
  })
})

describe('advanceVelocity', () => {
  it('starts the clock at the first observation, without exposure', () => {
    expect(advanceVelocity(NO_VELOCITY, MONDAY, true, FLAT_RHYTHM)).toEqual({ units: 0, exposureDays: 0, asOf: MONDAY })
  })

  it('gives the very same object when no time passes or it runs backwards', () => {
    const v: Velocity = { units: 3, exposureDays: 2, asOf: MONDAY }
    for (const toMs of [MONDAY, MONDAY - 1, 0, Number.NaN]) {
      expect(advanceVelocity(v, toMs, true, FLAT_RHYTHM)).toBe(v)
    }
  })

  it('halves both sums in a half-life out of stock, and leaves the rate alone', () => {
    const v: Velocity = { units: 30, exposureDays: 6, asOf: MONDAY }
    const later = advanceVelocity(v, MONDAY + H, false, FLAT_RHYTHM)
    expectClose(later.units, 15, 1e-12)
    expectClose(later.exposureDays, 3, 1e-12)
    expectClose(unitsPerDay(later), unitsPerDay(v), 1e-12)
  })

  it('slows a product down that is in stock and does not sell', () => {
    const v: Velocity = { units: 30, exposureDays: 6, asOf: MONDAY }
    expect(unitsPerDay(advanceVelocity(v, MONDAY + DAY, true, FLAT_RHYTHM))).toBeLessThan(4.4)
  })

  it('gives the same wherever it is split', () => {
    fc.assert(
      fc.property(
        anyStart,
        anySpan,
        fc.double({ min: 0, max: 1, noNaN: true }),
        anyRhythm,
        (from, span, share, rhythm) => {
          const v: Velocity = { units: 7, exposureDays: 3, asOf: from }
          const middle = from + Math.round(span * share)
          const whole = advanceVelocity(v, from + span, true, rhythm)
          const split = advanceVelocity(advanceVelocity(v, middle, true, rhythm), from + span, true, rhythm)
          expect(split.asOf).toBe(whole.asOf)
          expectClose(split.units, whole.units)
          expectClose(split.exposureDays, whole.exposureDays)
        },
      ),
      { numRuns: 3000 },
    )
  })

  it('adds no exposure out of stock', () => {
    fc.assert(
      fc.property(anyStart, anySpan, anyRhythm, (from, span, rhythm) => {
        const v: Velocity = { units: 7, exposureDays: 3, asOf: from }
        const later = advanceVelocity(v, from + span, false, rhythm)
        expectClose(later.exposureDays, 3 * 2 ** (-span / H))
        expectClose(later.units, 7 * 2 ** (-span / H))
      }),
    )
  })
})

describe('recordSold', () => {
  it('counts the first sale and starts the clock', () => {
    expect(recordSold(NO_VELOCITY, MONDAY, 2, true, FLAT_RHYTHM)).toEqual({ units: 2, exposureDays: 0, asOf: MONDAY })
  })

  it('adds a late sale with the decay it would have had, and no exposure', () => {
    const v: Velocity = { units: 3, exposureDays: 2, asOf: MONDAY }
    const after = recordSold(v, MONDAY - H, 4, true, FLAT_RHYTHM)
    expect(after).toEqual({ units: 5, exposureDays: 2, asOf: MONDAY })
  })

  it('takes a sale back without a trace', () => {
    const v: Velocity = { units: 3, exposureDays: 2, asOf: MONDAY }
    const sale = recordSold(v, MONDAY + HOUR, 4, true, FLAT_RHYTHM)
    const later = advanceVelocity(sale, MONDAY + 9 * DAY, true, FLAT_RHYTHM)
    const undone = recordSold(later, MONDAY + HOUR, -4, true, FLAT_RHYTHM)
    expectClose(undone.units, 3 * 2 ** (-9 / 7))
  })

  it('gives the same sums in any order of sales', () => {
    const sale = fc.record({ afterMs: fc.integer({ min: 0, max: 30 * DAY }), units: fc.integer({ min: 1, max: 20 }) })
    const sales = fc
      .array(sale, { maxLength: 20 })
      .chain((all) =>
        fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }).map((mixed) => ({ all, mixed })),
      )
    fc.assert(
      fc.property(anyStart, sales, anyRhythm, (start, { all, mixed }, rhythm) => {
        const fold = (some: typeof all): Velocity => {
          let v = advanceVelocity(NO_VELOCITY, start, true, rhythm)
          for (const { afterMs, units } of some) v = recordSold(v, start + afterMs, units, true, rhythm)
          return advanceVelocity(v, start + 31 * DAY, true, rhythm)
        }
        const inOrder = fold([...all].sort((a, b) => a.afterMs - b.afterMs))
        const anyOrder = fold(mixed)
        expectClose(anyOrder.units, inOrder.units)
        expectClose(anyOrder.exposureDays, inOrder.exposureDays)
        expect(anyOrder.asOf).toBe(inOrder.asOf)
      }),
      { numRuns: 300 },
    )
  })
})

describe('unitsPerDay', () => {
  it.each([
    [{ units: 0, exposureDays: 0, asOf: 0 }, 0],
    [{ units: 1, exposureDays: 0, asOf: 1 }, 4],
    [{ units: 1, exposureDays: MIN_EXPOSURE_DAYS / 2, asOf: 1 }, 4],
    [{ units: 1, exposureDays: MIN_EXPOSURE_DAYS, asOf: 1 }, 4],
    [{ units: 1, exposureDays: 0.5, asOf: 1 }, 2],
    [{ units: 20, exposureDays: 10, asOf: 1 }, 2],
    [{ units: -0.5, exposureDays: 10, asOf: 1 }, 0],
  ])('of %j is %d', (v, rate) => {
    expect(unitsPerDay(v)).toBe(rate)
  })

  it('reads a constant seller of 10 a day over 60 days as 10, within 1 %', () => {
    let v = advanceVelocity(NO_VELOCITY, MONDAY, true, FLAT_RHYTHM)
    for (let i = 0; i < 600; i++) v = recordSold(v, MONDAY + (i + 0.5) * 0.1 * DAY, 1, true, FLAT_RHYTHM)
    for (const later of [0.05 * DAY, 0.1 * DAY]) {
      const rate = unitsPerDay(advanceVelocity(v, MONDAY + 59.95 * DAY + later, true, FLAT_RHYTHM))
      expect(Math.abs(rate - 10)).toBeLessThan(0.1)
    }
  })

  it('reads a shop that sells from 10:00 to 18:00 the same at 18:00 and at 03:00', () => {
    let v = advanceVelocity(NO_VELOCITY, kolkata(0, 0), true, DAYTIME)
    for (let day = 0; day < 60; day++) {
      for (let i = 0; i < 16; i++) v = recordSold(v, kolkata(day, 10.25 + i / 2), 1, true, DAYTIME)
    }
    const atClosing = advanceVelocity(v, kolkata(59, 18), true, DAYTIME)
    const atNight = advanceVelocity(atClosing, kolkata(59, 27), true, DAYTIME)
    expect(Math.abs(unitsPerDay(atClosing) - 16)).toBeLessThan(0.16)
    expectClose(unitsPerDay(atNight), unitsPerDay(atClosing))
    // Without the rhythm the night would have slowed the product down by a twentieth.
    const blind = advanceVelocity(atClosing, kolkata(59, 27), true, FLAT_RHYTHM)
    expect(unitsPerDay(blind)).toBeLessThan(15.6)
  })

  it('does not take an empty shelf for a slow product', () => {
    let v = advanceVelocity(NO_VELOCITY, MONDAY, true, FLAT_RHYTHM)
    for (let i = 0; i < 300; i++) v = recordSold(v, MONDAY + (i + 0.5) * 0.1 * DAY, 1, true, FLAT_RHYTHM)
    const rate = (inStock: boolean) => unitsPerDay(advanceVelocity(v, MONDAY + 44 * DAY, inStock, FLAT_RHYTHM))
    expectClose(rate(false), unitsPerDay(v))
    expect(rate(true)).toBeLessThan(3)
  })

  it('lets the rate of what stays out of stock fall at last', () => {
    const v: Velocity = { units: 100, exposureDays: 10, asOf: MONDAY }
    expectClose(unitsPerDay(advanceVelocity(v, MONDAY + 35 * DAY, false, FLAT_RHYTHM)), 10)
    expect(unitsPerDay(advanceVelocity(v, MONDAY + 60 * DAY, false, FLAT_RHYTHM))).toBeLessThan(2)
  })
})
