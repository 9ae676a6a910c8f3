/**
 * Demand in place of sales. A day out of stock is no day of low demand: what was sold is only a lower bound of what was wanted
 * (W. Wecker, Predicting Demand from Sales Data in the Presence of Stockouts, Management Science 24, 1978).
 */
import type { DemandPanel, DemandSeries } from '#core/demand/demand-panel.ts'

/** Days, the day itself the last, whose sales an hour say what the hours without stock would have sold. */
const RATE_DAYS = 28

/**
 * The same panel with `units` as wanted, to forecast demand from. A day partly without stock gets what its empty hours would
 * have sold at the rate of the last 28 days: units over hours with stock, the maximum likelihood of a Poisson process that is
 * watched for those hours, whatever ended them; so a mean over days is that rate (A. Dempster, N. Laird, D. Rubin, Maximum
 * Likelihood from Incomplete Data, JRSS B 39, 1977). A day wholly without stock becomes NaN: it says nothing. No value depends
 * on a later day. Its stock-outs are accounted for, and left out.
 */
export function withoutStockouts(panel: DemandPanel): DemandPanel {
  return { ...panel, series: panel.series.map(wanted) }
}

function wanted({ stockout, ...series }: DemandSeries): DemandSeries {
  if (!stockout) return series
  const out = (day: number) => stockout[day] || 0
  let sold = 0
  let available = 0
  const count = (day: number, sign: 1 | -1) => {
    const units = series.units[day]!
    if (Number.isNaN(units) || out(day) >= 1) return
    sold += sign * units
    available += sign * (1 - out(day))
  }
  const units = series.units.map((value, day) => {
    count(day, 1)
    if (day >= RATE_DAYS) count(day - RATE_DAYS, -1)
    if (out(day) >= 1) return Number.NaN
    return available > 0 ? value + (out(day) * Math.max(0, sold)) / available : value
  })
  return { ...series, units }
}
