/** Whether forecasts have become worse than they used to be: this week's error against the weeks before. */
import { scoreAbove } from '#core/lake/population-stability.ts'
import { FALSE_ALARMS } from './stability.ts'

/** With fewer weeks before nothing can be said. */
export const FEWEST_WEEKS = 8

export type ErrorDrift = {
  /** Absolute error over units sold, of the last week. */
  readonly wape: number
  /** As a rule, by the weeks before. */
  readonly usual: number
  /** Beyond it is an alarm. */
  readonly bound: number
  /** Weeks before. */
  readonly weeks: number
}

/**
 * `weeks`: the error of each week over the units sold in it, the newest last. Logarithms of them are taken for normal and
 * independent; the bound is that of the next one (Student's prediction interval), which chance passes in `FALSE_ALARMS` of
 * weeks. Undefined: there are too few weeks, or a week is without error, and no logarithm is.
 */
export function errorDrift(weeks: readonly number[]): ErrorDrift | undefined {
  const earlier = weeks.slice(0, -1).map(Math.log)
  if (earlier.length < FEWEST_WEEKS || !weeks.every((week) => week > 0 && Number.isFinite(week))) return undefined
  const count = earlier.length
  const mean = earlier.reduce((sum, value) => sum + value, 0) / count
  const variance = earlier.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1)
  const reach = studentAbove(FALSE_ALARMS, count - 1) * Math.sqrt(variance * (1 + 1 / count))
  return { wape: weeks.at(-1)!, usual: Math.exp(mean), bound: Math.exp(mean + reach), weeks: count }
}

export const isWorse = ({ wape, bound }: ErrorDrift): boolean => wape > bound

/** What Student's t passes with this probability. Abramowitz, Stegun (1964), 26.7.5. */
function studentAbove(tail: number, freedom: number): number {
  const x = scoreAbove(tail)
  return (
    x +
    (x ** 3 + x) / (4 * freedom) +
    (5 * x ** 5 + 16 * x ** 3 + 3 * x) / (96 * freedom ** 2) +
    (3 * x ** 7 + 19 * x ** 5 + 17 * x ** 3 - 15 * x) / (384 * freedom ** 3)
  )
}
