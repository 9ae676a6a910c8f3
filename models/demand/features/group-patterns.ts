/** Units of all series that share a store, a product or a category: their trend and their week. */
import { type DemandPanel, HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { RunningSums } from './running-sums.ts'

const WEEKS = 8

export class GroupPattern {
  private readonly total: Float64Array
  private readonly sums: RunningSums

  constructor(total: Float64Array) {
    this.total = total
    this.sums = new RunningSums(total.length, (day) => total[day]!)
  }

  /** Mean of the last `short` days over the mean of the last `long`; NaN where nothing was sold. */
  trend(origin: number, short: number, long: number): number {
    if (origin < short) return Number.NaN
    return ratio(this.sums.mean(origin - short, origin), this.sums.mean(origin - long, origin))
  }

  /** Mean of the target's weekday in the last eight weeks over the mean of those weeks. */
  weekday(origin: number, target: number): number {
    let sum = 0
    let count = 0
    for (let day = target - HORIZON_DAYS; day >= 0 && day >= target - WEEKS * HORIZON_DAYS; day -= HORIZON_DAYS) {
      if (day >= origin) continue
      sum += this.total[day]!
      count++
    }
    return ratio(sum / count, this.sums.mean(origin - WEEKS * HORIZON_DAYS, origin))
  }
}

const ratio = (a: number, b: number): number => (b > 0 ? a / b : Number.NaN)

/** By series, the pattern of its group. */
export function groupPatterns(
  panel: DemandPanel,
  keyOf: (series: DemandPanel['series'][number]) => string,
): readonly GroupPattern[] {
  const totals = new Map<string, Float64Array>()
  for (const one of panel.series) {
    const key = keyOf(one)
    const total = totals.get(key) ?? new Float64Array(panel.days)
    totals.set(key, total)
    for (let day = 0; day < panel.days; day++) total[day]! += one.units[day] || 0
  }
  const patterns = new Map([...totals].map(([key, total]) => [key, new GroupPattern(total)]))
  return panel.series.map((one) => patterns.get(keyOf(one))!)
}
