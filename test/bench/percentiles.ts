/** Order statistics of a bench's samples: nearest rank, so that every answer is a value that was measured. */

/** The smallest sample that at least `percent` (above 0, up to 100) of all samples do not exceed; NaN of none. */
export function percentile(samples: readonly number[], percent: number): number {
  return ofSorted(ascending(samples), percent)
}

/** The middle sample; the mean of the middle two where there is an even number of them. */
export function median(samples: readonly number[]): number {
  const sorted = ascending(samples)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/** Several percentiles of one set of samples in ms, as `p50Ms`, `p99Ms`, rounded to hundredths. */
export function percentilesMs<P extends number>(
  samples: readonly number[],
  percents: readonly P[],
): Record<`p${P}Ms`, number | null> {
  const sorted = ascending(samples)
  return Object.fromEntries(
    percents.map((percent) => [`p${percent}Ms`, sorted.length === 0 ? null : rounded(ofSorted(sorted, percent), 2)]),
  ) as Record<`p${P}Ms`, number | null>
}

export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))

const ascending = (samples: readonly number[]): Float64Array => Float64Array.from(samples).sort()

const ofSorted = (sorted: Float64Array, percent: number): number =>
  sorted.length === 0 ? Number.NaN : sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]!
