/** J. Nelder and R. Mead, A simplex method for function minimization, Computer Journal 7 (1965). */
const EVALUATIONS_PER_DIMENSION = 25

/** The best point found from `start`, deterministic. */
export function minimise(loss: (point: readonly number[]) => number, start: readonly number[]): readonly number[] {
  const size = start.length
  const at = (point: readonly number[]) => ({ point, loss: loss(point) })
  const simplex = [at(start), ...start.map((value, k) => at(start.with(k, value + Math.max(0.1, value))))]
  const toward = (centre: readonly number[], worst: readonly number[], step: number) =>
    at(centre.map((value, k) => value + step * (value - worst[k]!)))
  for (let evaluations = size + 1; evaluations < EVALUATIONS_PER_DIMENSION * (size + 1); evaluations += 2) {
    simplex.sort((a, b) => a.loss - b.loss)
    const best = simplex[0]!
    const worst = simplex[size]!
    const centre = start.map((_, k) => simplex.slice(0, size).reduce((sum, { point }) => sum + point[k]!, 0) / size)
    const reflected = toward(centre, worst.point, 1)
    if (reflected.loss < best.loss) {
      const expanded = toward(centre, worst.point, 2)
      simplex[size] = expanded.loss < reflected.loss ? expanded : reflected
    } else if (reflected.loss < simplex[size - 1]!.loss) simplex[size] = reflected
    else {
      const contracted = toward(centre, worst.point, reflected.loss < worst.loss ? 0.5 : -0.5)
      if (contracted.loss < Math.min(reflected.loss, worst.loss)) simplex[size] = contracted
      else
        for (let k = 1; k <= size; k++)
          simplex[k] = at(simplex[k]!.point.map((value, j) => best.point[j]! + (value - best.point[j]!) / 2))
    }
  }
  return simplex.reduce((a, b) => (b.loss < a.loss ? b : a)).point
}
