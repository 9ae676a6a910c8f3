/**
 * Futures that may come, drawn so that the same seed draws the same. One table serves all products: its chances are those of
 * days of any series, and common to all, so that two proposals differ by what is known of them and not by luck.
 */
import { below, gaussian, type Random, randomFrom } from '#core/simulator/random.ts'
import { type DayDemand, unitsAt } from './day-demand.ts'
import { scoreAt, shareBelow } from './normal-scores.ts'

export interface ChanceOptions {
  readonly draws: number
  readonly days: number
  /** Correlation of two days of one draw, 0 to 0.9: see `dayDependence`. */
  readonly dependence: number
  readonly seed: number
}

/** Shares, 0 up to and without 1: `days` is Float64[draws x days], `lead` has one for each draw. */
export interface Chances {
  readonly draws: number
  readonly horizon: number
  readonly days: Float64Array
  readonly lead: Float64Array
}

/**
 * A Gaussian copula of one factor: all days of a draw share a part of their chance (D. Li, On Default Correlation, Journal of
 * Fixed Income 9, 2000). That part and the lead time's chance run evenly through their shares, in an order by chance: a few
 * hundred draws then tell a tail as thousands would that are wholly by chance.
 */
export function drawChances({ draws, days, dependence, seed }: ChanceOptions): Chances {
  const random = randomFrom(seed)
  const shared = evenShares(draws, random).map(scoreAt)
  const table = new Float64Array(draws * days)
  const [common, own] = [Math.sqrt(dependence), Math.sqrt(1 - dependence)]
  for (let draw = 0; draw < draws; draw++)
    for (let day = 0; day < days; day++)
      table[draw * days + day] = Math.min(shareBelow(common * shared[draw]! + own * gaussian(random)), 1 - 1e-9)
  return { draws, horizon: days, days: table, lead: evenShares(draws, random) }
}

/** The middles of `count` equal parts of 0 to 1, in an order by chance. Fisher-Yates. */
function evenShares(count: number, random: Random): Float64Array {
  const shares = Float64Array.from({ length: count }, (_, place) => (place + 0.5) / count)
  for (let i = count - 1; i > 0; i--) {
    const j = below(random, i + 1)
    const kept = shares[i]!
    shares[i] = shares[j]!
    shares[j] = kept
  }
  return shares
}

/**
 * Units wanted from the first day up to and with each day, Float64[draws x horizon]; 0 from the day `upTo` on.
 * @param ahead at least `upTo` days.
 */
export function demandPaths(
  ahead: readonly DayDemand[],
  { draws, horizon, days }: Chances,
  upTo = horizon,
): Float64Array {
  const sums = new Float64Array(draws * horizon)
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0
    for (let day = 0; day < upTo; day++) {
      const cell = draw * horizon + day
      sum += unitsAt(ahead[day]!, days[cell]!)
      sums[cell] = sum
    }
  }
  return sums
}
