/** A way to forecast one series from its own past. */

/** Units of the seven days after the first `known` days of the past that was fitted. Float64[7]. */
export type PointForecast = (known: number) => Float64Array

export interface Candidate {
  readonly name: string
  /**
   * Learns from `past`, units by day from the first sale on, NaN where unknown. The forecast may be asked for from any
   * earlier day of the same past: that is how its errors are learnt without fitting again.
   */
  readonly fit: (past: Float64Array) => PointForecast
}
