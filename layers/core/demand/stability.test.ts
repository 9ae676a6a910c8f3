import { describe, expect, it } from 'vitest'
import { MAJOR_SHIFT, scoreAbove } from '#core/lake/population-stability.ts'
import { gaussian, randomFrom, uniform } from '#core/simulator/random.ts'
import { errorDrift, FEWEST_WEEKS, isWorse } from './error-drift.ts'
import { countedNow, FALSE_ALARMS, shiftOf, spreadOf } from './stability.ts'

const RUNS = 4_000
/** So many alarms of `RUNS` are within four deviations of what is said. */
const MOST_ALARMS = FALSE_ALARMS * RUNS + 4 * Math.sqrt(FALSE_ALARMS * RUNS)

describe('the stability of features', () => {
  it('is nothing where nothing has changed, and what the definition says elsewhere', () => {
    const values = Array.from({ length: 100 }, (_, k) => k)
    const spread = spreadOf('x', 'number', values)
    expect([spread.cuts, spread.counts]).toEqual([
      [9, 19, 29, 39, 49, 59, 69, 79, 89],
      [10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 0],
    ])
    expect(shiftOf(countedNow(spread, values), 1).psi).toBe(0)
    // All in the first bin: one share of 100.5 in 105, nine of half a row.
    const [p, most, least] = [10.5 / 105, 100.5 / 105, 0.5 / 105]
    const expected = (most - p) * Math.log(most / p) + 9 * (least - p) * Math.log(least / p)
    const all = shiftOf(countedNow(spread, new Array(100).fill(3)), 1)
    expect(all.psi).toBeCloseTo(expected, 10)
    expect(all.psi).toBeGreaterThan(all.bound)
  })

  it('counts missing values, and categories that nobody knew, as bins of their own', () => {
    const spread = spreadOf('c', 'category', [1, 1, 2, Number.NaN])
    expect(spread).toEqual({ name: 'c', kind: 'category', cuts: [1, 2], counts: [2, 1, 0, 1] })
    const twenty = (value: number) => new Array<number>(20).fill(value)
    const usual = spreadOf('c', 'category', [...twenty(1), ...twenty(2)])
    for (const other of [9, Number.NaN]) {
      const { psi, bound } = shiftOf(countedNow(usual, [...twenty(1), ...twenty(other)]), 1)
      expect(psi).toBeGreaterThan(bound)
    }
  })

  it('holds no constant against a feature', () => {
    const spread = spreadOf('x', 'number', new Array(50).fill(1))
    expect(shiftOf(countedNow(spread, new Array(60).fill(1)), 1)).toEqual({ feature: 'x', psi: 0, bound: MAJOR_SHIFT })
  })

  it.each([
    [60, 60],
    [200, 80],
  ])('alarms no more often than is said where nothing changes, of %i and %i rows', (before, after) => {
    const random = randomFrom(before)
    const sample = (count: number) => Array.from({ length: count }, () => Math.exp(gaussian(random)))
    let alarms = 0
    for (let run = 0; run < RUNS; run++) {
      const { psi, bound } = shiftOf(countedNow(spreadOf('x', 'number', sample(before)), sample(after)), 1)
      if (psi > bound) alarms++
    }
    expect(alarms).toBeLessThan(MOST_ALARMS)
  })

  it('shares its false alarms among all features', () => {
    const random = randomFrom(8)
    const sample = () => Array.from({ length: 80 }, () => uniform(random))
    const features = 10
    let alarms = 0
    for (let run = 0; run < RUNS / 4; run++)
      if (
        Array.from({ length: features }, () =>
          shiftOf(countedNow(spreadOf('x', 'number', sample()), sample()), features),
        ).some(({ psi, bound }) => psi > bound)
      )
        alarms++
    expect(alarms).toBeLessThan((FALSE_ALARMS * RUNS) / 4 + 4 * Math.sqrt((FALSE_ALARMS * RUNS) / 4))
  })

  it('sees a spread that has moved by one deviation', () => {
    const random = randomFrom(5)
    const sample = (by: number) => Array.from({ length: 300 }, () => by + gaussian(random))
    const { psi, bound } = shiftOf(countedNow(spreadOf('x', 'number', sample(0)), sample(1)), 80)
    expect(psi).toBeGreaterThan(bound)
  })
})

describe('the error against its own past', () => {
  it.each([FEWEST_WEEKS, 12, 26])('alarms as often as is said where nothing changes, by %i weeks', (count) => {
    const random = randomFrom(count)
    let alarms = 0
    for (let run = 0; run < RUNS; run++) {
      const weeks = Array.from({ length: count + 1 }, () => 0.4 * Math.exp(0.2 * gaussian(random)))
      if (isWorse(errorDrift(weeks)!)) alarms++
    }
    expect(alarms).toBeLessThan(MOST_ALARMS)
    expect(alarms).toBeGreaterThan((FALSE_ALARMS * RUNS) / 3)
  })

  it('says what was usual, and alarms where the error doubles', () => {
    const weeks = [0.4, 0.42, 0.38, 0.41, 0.4, 0.39, 0.4, 0.41]
    const found = errorDrift([...weeks, 0.8])!
    expect(found).toMatchObject({ wape: 0.8, weeks: 8 })
    expect(found.usual).toBeCloseTo(0.4, 2)
    expect([isWorse(found), isWorse(errorDrift([...weeks, 0.41])!)]).toEqual([true, false])
  })

  it('says nothing of few weeks, or of one without an error', () => {
    expect(errorDrift([0.4, 0.4, 0.4])).toBeUndefined()
    expect(errorDrift([0.4, 0.4, 0.4, 0, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4])).toBeUndefined()
  })
})

it('normal scores are those of the tables', () => {
  expect(scoreAbove(0.01)).toBeCloseTo(2.3263, 3)
  expect(scoreAbove(0.025)).toBeCloseTo(1.96, 3)
})
