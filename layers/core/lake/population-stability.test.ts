import { expect, it } from 'vitest'
import { type BinCounts, populationStability, shiftBound } from './population-stability.ts'

it('is 0 where shares are the same, and by hand where they are not', () => {
  expect(
    populationStability([
      { now: 10, before: 10 },
      { now: 30, before: 30 },
    ]),
  ).toBe(0)
  const [p, q] = [(90 + 0.5) / 101, (50 + 0.5) / 101]
  const byHand = (p - q) * Math.log(p / q) + (1 - p - (1 - q)) * Math.log((1 - p) / (1 - q))
  expect(
    populationStability([
      { now: 90, before: 50 },
      { now: 10, before: 50 },
    ]),
  ).toBeCloseTo(byHand, 12)
})

it('an empty bin is no infinity', () => {
  const shifted = populationStability([
    { now: 0, before: 1_000 },
    { now: 1_000, before: 0 },
  ])
  expect(shifted).toBeGreaterThan(10)
  expect(shifted).toBeLessThan(30)
})

it('few values need more, many at least a quarter', () => {
  const of = (now: number) => [...Array(8)].map(() => ({ now, before: 4 * now }))
  // 24.32: the 99.9 % point of χ² with 7 degrees of freedom.
  expect(shiftBound(of(5), 0.001) / (24.32 * (1 / 40 + 1 / 160))).toBeCloseTo(1, 1)
  expect(shiftBound(of(1_000), 0.001)).toBe(0.25)
})

/** A multiplicative generator: the same numbers in each run. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const SHARES = [0.35, 0.2, 0.15, 0.1, 0.08, 0.06, 0.04, 0.02]

function drawn(next: () => number, count: number, shares: readonly number[]): number[] {
  const counts = shares.map(() => 0)
  for (let i = 0; i < count; i++) {
    let at = next()
    const bin = shares.findIndex((share) => (at -= share) < 0)
    counts[bin < 0 ? shares.length - 1 : bin]!++
  }
  return counts
}

const days = (count: number, lines: number, shares: readonly number[]): number => {
  const next = numbers(7)
  let alarms = 0
  for (let day = 0; day < count; day++) {
    const [now, before] = [drawn(next, lines, shares), drawn(next, 28 * lines, SHARES)]
    const bins: BinCounts[] = now.map((value, i) => ({ now: value, before: before[i]! }))
    if (populationStability(bins) > shiftBound(bins, 0.001)) alarms++
  }
  return alarms
}

it('of 2,000 days on which nothing has changed, at most one in 1,000 is told of', () => {
  for (const lines of [50, 100])
    expect([lines, days(2_000, lines, SHARES)]).toEqual([lines, expect.toSatisfy((alarms) => alarms <= 2)])
})

it('a day of other goods is told of', () => {
  expect(days(50, 100, SHARES.toReversed())).toBe(50)
})
