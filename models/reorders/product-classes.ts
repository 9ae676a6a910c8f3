/**
 * ABC by revenue and XYZ by how steadily a product sells. H. Dickie, ABC Inventory Analysis Shoots for Dollars, Not Pennies,
 * Factory Management and Maintenance 109 (1951); the bounds are those in common use.
 */

import type { ProductClass } from '#core/reorders/arithmetic-line.ts'

export interface ClassedSeries {
  /** Of the days that count, in minor units of one currency. */
  readonly revenueMinor: number
  /** Units by week, the same weeks for all; NaN where the product was not for sale. */
  readonly weeklyUnits: ArrayLike<number>
}

/** A: what makes the first 80 % of revenue, B: up to 95 %. */
const A_SHARE = 0.8
const B_SHARE = 0.95
/** Of weekly units, deviation over mean. */
const X_VARIATION = 0.5
const Y_VARIATION = 1

/** In the order of the series. The largest is A, whatever its share. Products of the same revenue are classed in their order. */
export function classProducts(series: readonly ClassedSeries[]): ProductClass[] {
  const total = series.reduce((sum, { revenueMinor }) => sum + revenueMinor, 0)
  const classes = new Array<ProductClass>(series.length)
  let before = 0
  for (const { place, revenueMinor } of series
    .map(({ revenueMinor }, place) => ({ place, revenueMinor }))
    .sort((a, b) => b.revenueMinor - a.revenueMinor || a.place - b.place)) {
    const worth = revenueMinor <= 0 || before >= B_SHARE * total ? 'C' : before >= A_SHARE * total ? 'B' : 'A'
    classes[place] = `${worth}${steadinessOf(series[place]!.weeklyUnits)}`
    before += revenueMinor
  }
  return classes
}

function steadinessOf(weeklyUnits: ArrayLike<number>): 'X' | 'Y' | 'Z' {
  const known = Array.from(weeklyUnits).filter((units) => !Number.isNaN(units))
  const mean = known.reduce((sum, units) => sum + units, 0) / known.length
  if (!(mean > 0)) return 'Z'
  const variance = known.reduce((sum, units) => sum + (units - mean) ** 2, 0) / known.length
  const variation = Math.sqrt(variance) / mean
  return variation <= X_VARIATION ? 'X' : variation <= Y_VARIATION ? 'Y' : 'Z'
}
