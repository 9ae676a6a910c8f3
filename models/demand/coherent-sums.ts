/**
 * Forecasts of totals that agree with those of their parts. Means add up by themselves. Quantiles do not: they are taken from
 * joint draws, in which each series follows its own forecast, and the series move together as they did on past days: an
 * empirical copula, as in S. Ben Taieb, J. Taylor, R. Hyndman, Coherent Probabilistic Forecasts for Hierarchical Time Series,
 * ICML 2017. Totals of stores and totals of products come from the same draws, so they add up to the same.
 */

import type { DemandSums } from '#core/demand/demand-learner.ts'
import { type DemandPanel, HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { blankColumns, cellOf, type ForecastColumns, QUANTILE_KINDS, shareOf } from '#core/demand/forecast-columns.ts'
import { type Random, randomFrom, uniform } from '#core/simulator/random.ts'

/** Same weekdays before the origin that tell how series move together. */
const PAST_WEEKS = 26
/** With fewer nothing is known of how they move together: each moves by itself, by chance. */
const FEWEST_WEEKS = 4

/** Of forecasts that come panel by panel, of the same days: each panel's series are drawn by the same past days. */
export class CoherentSums implements DemandSums {
  private readonly randoms: readonly Random[]
  /** By horizon: how many draws there are. */
  private readonly draws = new Uint8Array(HORIZON_DAYS)
  /** By group: the means of the seven days, then the draws of each. */
  private readonly groups = new Map<string, Float64Array>()

  constructor(seed = 0) {
    this.randoms = Array.from({ length: HORIZON_DAYS }, () => randomFrom(seed))
  }

  add(
    panel: DemandPanel,
    origin: number,
    columns: ForecastColumns,
    groupsOf: (series: number) => readonly string[],
  ): void {
    const groups = panel.series.map((_, place) => groupsOf(place).map((name) => this.group(name)))
    for (let k = 0; k < HORIZON_DAYS; k++) {
      for (const [place, draws] of jointDraws(panel, origin, k + 1, columns, this.randoms[k]!).entries()) {
        this.draws[k] = draws.length
        for (const group of groups[place]!) {
          group[k]! += columns.mean[cellOf(place, k + 1)]!
          for (let draw = 0; draw < draws.length; draw++) group[firstDraw(k) + draw]! += draws[draw]!
        }
      }
    }
  }

  private group(name: string): Float64Array {
    let group = this.groups.get(name)
    if (group === undefined) this.groups.set(name, (group = new Float64Array(firstDraw(HORIZON_DAYS))))
    return group
  }

  *totals(): Generator<[group: string, columns: ForecastColumns]> {
    for (const [name, group] of this.groups) {
      const columns = blankColumns(1)
      columns.mean.set(group.subarray(0, HORIZON_DAYS))
      for (let k = 0; k < HORIZON_DAYS; k++) {
        const sorted = group.slice(firstDraw(k), firstDraw(k) + this.draws[k]!).sort()
        for (const kind of QUANTILE_KINDS) columns[kind][k] = at(sorted, shareOf(kind))
        columns.median[k] = columns.q50[k]!
      }
      yield [name, columns]
    }
  }
}

const firstDraw = (k: number): number => HORIZON_DAYS + k * PAST_WEEKS

/**
 * By group, in the order of their first series, the columns of one series: Float64[7]. `median` is the q50 of the draws.
 * @param groupOf the total that a series belongs to, by its place in the panel.
 */
export function coherentSums(
  panel: DemandPanel,
  origin: number,
  columns: ForecastColumns,
  groupOf: (series: number) => string,
  seed = 0,
): ReadonlyMap<string, ForecastColumns> {
  const sums = new CoherentSums(seed)
  sums.add(panel, origin, columns, (place) => [groupOf(place)])
  return new Map(sums.totals())
}

/** By series, its value in each draw; draw `k` of all series belongs to one past day, whose ranks they share. */
function jointDraws(
  panel: DemandPanel,
  origin: number,
  horizon: number,
  columns: ForecastColumns,
  random: Random,
): readonly Float64Array[] {
  const days: number[] = []
  for (let day = origin + horizon - 1 - HORIZON_DAYS; day >= 0 && days.length < PAST_WEEKS; day -= HORIZON_DAYS)
    days.push(day)
  return panel.series.map(({ units }, place) => {
    const past = days.length < FEWEST_WEEKS ? new Array<number>(PAST_WEEKS).fill(0) : days.map((day) => units[day] || 0)
    const ranks = ranksOf(past, random)
    const quantiles = QUANTILE_KINDS.map((kind) => columns[kind][cellOf(place, horizon)]!)
    return ranks.map((rank) => valueAt(quantiles, (rank + 0.5) / ranks.length))
  })
}

/** 0 for the least; equal values in an order by chance. */
function ranksOf(values: readonly number[], random: Random): Float64Array {
  const keyed = values.map((value, place) => ({ value, place, chance: uniform(random) }))
  keyed.sort((a, b) => a.value - b.value || a.chance - b.chance)
  const ranks = new Float64Array(values.length)
  keyed.forEach(({ place }, rank) => void (ranks[place] = rank))
  return ranks
}

/** Linear between the nine quantiles; beyond the outer ones, as far again as they lie from their neighbours. */
function valueAt(quantiles: readonly number[], share: number): number {
  const place = Math.min(Math.max(share * 10 - 1, -1), 9)
  const low = Math.min(Math.max(Math.floor(place), 0), 7)
  return Math.max(0, quantiles[low]! + (place - low) * (quantiles[low + 1]! - quantiles[low]!))
}

function at(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const low = Math.floor(place)
  return sorted[low]! + (place - low) * (sorted[Math.min(low + 1, sorted.length - 1)]! - sorted[low]!)
}
