/** What a feature is made of, and where it goes. */
import type { DemandPanel } from '#core/demand/demand-panel.ts'
import type { SeriesHistory } from './series-history.ts'

/** A day to be forecast. Of what is observed, features look at days before `origin` alone. */
export interface DayAhead {
  readonly panel: DemandPanel
  readonly past: SeriesHistory
  /** Number of observed days. */
  readonly origin: number
  /** 1 to 7. */
  readonly horizon: number
  /** The day that is forecast: `origin + horizon - 1`. */
  readonly target: number
}

/** NaN is a missing value. `units` are in units a day, and are told in multiples of the series' level. */
export interface FeatureSink {
  readonly number: (name: string, value: number) => void
  readonly units: (name: string, value: number) => void
  readonly category: (name: string, code: number) => void
}

/** NaN where there is nothing to compare with. */
export const ratio = (value: number, to: number): number => (to > 0 ? value / to : Number.NaN)

/** NaN of none. */
export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Linear between order statistics; NaN of none. */
export function quantileOf(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN
  const place = share * (sorted.length - 1)
  const low = Math.floor(place)
  const high = Math.min(low + 1, sorted.length - 1)
  return sorted[low]! + (place - low) * (sorted[high]! - sorted[low]!)
}
