/** The normal distribution: mean 0, deviation 1. */

/**
 * Share below `score`, 0 to 1, within 1e-6.
 * M. Abramowitz, I. Stegun, Handbook of Mathematical Functions (1964), 26.2.17.
 */
export function shareBelow(score: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(score))
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const tail = (Math.exp((-score * score) / 2) / Math.sqrt(2 * Math.PI)) * polynomial
  return score > 0 ? 1 - tail : tail
}

/** The score below which a share (above 0, below 1) lies: by bisection, within 1e-6. */
export function scoreAt(share: number): number {
  let low = -8
  let high = 8
  while (high - low > 1e-7) {
    const middle = (low + high) / 2
    if (shareBelow(middle) < share) low = middle
    else high = middle
  }
  return (low + high) / 2
}
