/** How the year moves what is wanted. */
import { CATEGORIES } from './categories.ts'
import { holidayEffect } from './holidays.ts'
import { yearShare } from './local-time.ts'

const YEAR = 365

/** Of each category on this local day, before it is divided by the year's mean. */
export function seasonFactors(day: number): number[] {
  const share = yearShare(day)
  const { festive: level } = holidayEffect(day)
  return CATEGORIES.map(({ season: { peak, amplitude }, festive }) =>
    Math.exp(amplitude * Math.cos(2 * Math.PI * (share - peak)) + festive * level),
  )
}

/** Mean of `seasonFactors` over the year from this day on. */
export function yearMeans(fromDay: number): number[] {
  const sums = CATEGORIES.map(() => 0)
  for (let day = fromDay; day < fromDay + YEAR; day++) {
    for (const [i, factor] of seasonFactors(day).entries()) sums[i]! += factor / YEAR
  }
  return sums
}
