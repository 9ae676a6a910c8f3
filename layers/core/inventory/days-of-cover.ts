/**
 * How many days `onHand` units last at `unitsPerDay`: 0 when nothing is on hand (or less), null when nothing sells and
 * the cover has no end.
 */
export function daysOfCover(onHand: number, unitsPerDay: number): number | null {
  if (onHand <= 0) return 0
  const days = onHand / unitsPerDay
  return unitsPerDay > 0 && Number.isFinite(days) ? days : null
}

/** Up to this expected demand the risk is summed exactly, above it taken from the normal distribution. */
export const EXACT_UP_TO_MEAN = 1e6

/**
 * The probability, 0 to 1, that the demand of the next `horizonDays` reaches or exceeds what is on hand, so that the
 * shelf is empty by their end: P(N >= onHand) for N Poisson with mean unitsPerDay * horizonDays. Demand comes in whole
 * units: 2.5 on hand are gone with the third. 1 when nothing is on hand, 0 when nothing sells.
 *
 * Means up to EXACT_UP_TO_MEAN: the smaller tail is summed from its largest term, which is computed without
 * cancellation (Loader, "Fast and accurate computation of binomial probabilities", 2000); relative error of that tail
 * below 1e-11. Larger means: normal approximation with continuity correction, absolute error below 1e-4 (its leading
 * term is at most 1 / (6 * sqrt(2 * pi * mean)), 6.7e-5 where it begins).
 */
export function stockOutRisk(onHand: number, unitsPerDay: number, horizonDays: number): number {
  if (onHand <= 0) return 1
  const mean = unitsPerDay * horizonDays
  if (!(mean > 0)) return 0
  const needed = Math.ceil(onHand)
  if (mean > EXACT_UP_TO_MEAN) return normalUpperTail((needed - 0.5 - mean) / Math.sqrt(mean))
  return needed > mean ? upperTail(needed, mean) : Math.max(0, 1 - lowerTail(needed - 1, mean))
}

/** P(N >= from) for from > mean: the terms fall from the first on. */
function upperTail(from: number, mean: number): number {
  let term = poisson(from, mean)
  let sum = term
  for (let k = from + 1; term > sum * 1e-17; k++) {
    term *= mean / k
    sum += term
  }
  return Math.min(1, sum)
}

/** P(N <= from) for from < mean: the terms fall from the first on. */
function lowerTail(from: number, mean: number): number {
  let term = poisson(from, mean)
  let sum = term
  for (let k = from; k > 0 && term > sum * 1e-17; k--) {
    term *= k / mean
    sum += term
  }
  return sum
}

/** P(N = k). Loader's saddle-point form: the large parts of k log(mean) - mean - log(k!) are cancelled beforehand. */
function poisson(k: number, mean: number): number {
  if (k <= 15) {
    let probability = Math.exp(-mean)
    for (let i = 1; i <= k; i++) probability *= mean / i
    return probability
  }
  return Math.exp(-stirlingError(k) - deviance(k, mean)) / Math.sqrt(2 * Math.PI * k)
}

/** log(k!) - log(sqrt(2 pi k) * (k / e)^k) for k > 15, to 1e-16. */
function stirlingError(k: number): number {
  const kk = k * k
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / kk) / kk) / kk) / kk) / k
}

/** k * log(k / mean) + mean - k, without cancellation where the two are near. */
function deviance(k: number, mean: number): number {
  if (Math.abs(k - mean) >= 0.1 * (k + mean)) return k * Math.log(k / mean) + mean - k
  const v = (k - mean) / (k + mean)
  let sum = (k - mean) * v
  let power = 2 * k * v
  for (let j = 1; ; j++) {
    power *= v * v
    const next = sum + power / (2 * j + 1)
    if (next === sum) return sum
    sum = next
  }
}

/** P(Z > z) of the standard normal distribution, to 1e-7 (Abramowitz and Stegun, 26.2.17). */
function normalUpperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * polynomial
  return z >= 0 ? tail : 1 - tail
}
