/**
 * How much the days of one forecast err together. Where the level is off, all days are off: a sum over three weeks is then far
 * less certain than days that err apart would make it.
 */

const MOST = 0.9

/**
 * Mean correlation of two days' errors of the same forecast, 0 to 0.9. Each window counts as much as any other: errors are
 * divided by their series' own scale.
 * @param windows of past forecasts: actual less mean, units by day in the order of the days, as many days as orders are
 *   awaited; NaN where nothing is known. `scale`: the series' usual units a day, above 0.
 */
export function dayDependence(
  windows: Iterable<{ readonly errors: ArrayLike<number>; readonly scale: number }>,
): number {
  let together = 0
  let pairs = 0
  let squares = 0
  let days = 0
  for (const { errors, scale } of windows) {
    let sum = 0
    let ownSquares = 0
    let known = 0
    for (let day = 0; day < errors.length; day++) {
      const error = errors[day]! / scale
      if (!Number.isFinite(error)) continue
      sum += error
      ownSquares += error * error
      known++
    }
    together += sum * sum - ownSquares
    pairs += known * (known - 1)
    squares += ownSquares
    days += known
  }
  if (pairs === 0 || squares === 0) return 0
  return Math.min(MOST, Math.max(0, together / pairs / (squares / days)))
}
