/** What one day may bring: the inverse distribution function of its demand, from a mean and nine quantiles. */

import type { DayForecast } from '#core/reorders/reorder-policy.ts'

/** A day's demand, ready to draw from: `knots` at shares 0, 0.1 ... 0.9, straight lines between them, then an exponential tail. */
export interface DayDemand {
  readonly mean: number
  readonly knots: Float64Array
  /** Mean units by which demand above the 90 % quantile exceeds it. */
  readonly tail: number
}

const TENTH = 0.1
const KNOTS = 10
/** Between two shares of which one leaves twice the other, an exponential tail takes this part of its mean. */
const HALVING = Math.LN2

/**
 * Nine quantiles say nothing of the dearest tenth of days. Its tail takes up what the mean has above the nine tenths below,
 * and is never shorter than the step from 80 to 90 % goes on. So a product that sells on fewer than one day in ten, all of
 * whose quantiles are 0, has the right mean.
 * @throws RangeError where there are not nine quantiles, or one is not a number from 0 up.
 */
export function dayDemand({ mean, quantiles }: DayForecast): DayDemand {
  if (quantiles.length !== KNOTS - 1) throw new RangeError(`${quantiles.length} quantiles of a day, and not nine`)
  const knots = new Float64Array(KNOTS)
  for (let k = 1; k < KNOTS; k++) knots[k] = quantiles[k - 1]!
  knots[0] = Math.max(0, 2 * knots[1]! - knots[2]!)
  if (!(mean >= 0) || knots.some((value) => !(value >= 0))) throw new RangeError('a forecast of less than 0 units')
  let below = 0
  for (let k = 1; k < KNOTS; k++) below += (TENTH * (knots[k - 1]! + knots[k]!)) / 2
  const last = knots[KNOTS - 1]!
  const goesOn = (last - knots[KNOTS - 2]!) / HALVING
  return { mean, knots, tail: Math.max(goesOn, (mean - below) / TENTH - last, 0) }
}

/** Units that a share (0 up to, and without, 1) of such days stays below. HOT. */
export function unitsAt({ knots, tail }: DayDemand, share: number): number {
  const place = share * KNOTS
  if (place >= KNOTS - 1) return knots[KNOTS - 1]! - tail * Math.log(KNOTS - place)
  const low = Math.floor(place)
  return knots[low]! + (place - low) * (knots[low + 1]! - knots[low]!)
}

/** So many days from a forecast of fewer: each later day is like the latest forecast of its weekday. */
export function daysAhead(forecast: readonly DayForecast[], days: number): DayDemand[] {
  if (forecast.length === 0) throw new RangeError('a forecast of no day')
  const known = forecast.map(dayDemand)
  const week = Math.min(7, known.length)
  while (known.length < days) known.push(known[known.length - week]!)
  return known.slice(0, days)
}
