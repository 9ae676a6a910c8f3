/**
 * Ridge regression: the weights with the least squared error plus `penalty` times their squares.
 * A. Hoerl, R. Kennard, Ridge Regression: Biased Estimation for Nonorthogonal Problems, Technometrics 12 (1970).
 * @param rows features, each of the same length. @param targets one a row. @param penalty above 0.
 */
export function solveRidge(
  rows: readonly ArrayLike<number>[],
  targets: ArrayLike<number>,
  penalty: number,
): Float64Array {
  const size = rows[0]?.length ?? 0
  const matrix = Array.from({ length: size }, () => new Float64Array(size))
  const right = new Float64Array(size)
  rows.forEach((row, place) => {
    for (let i = 0; i < size; i++) {
      right[i]! += row[i]! * targets[place]!
      for (let j = 0; j <= i; j++) matrix[i]![j]! += row[i]! * row[j]!
    }
  })
  for (let i = 0; i < size; i++) matrix[i]![i]! += penalty
  return solvePositive(matrix, right)
}

/**
 * The x of matrix x = right, by Cholesky. `matrix` (its lower half is read) is symmetric and positive definite, as a penalty
 * above 0 makes it; both are overwritten.
 */
export function solvePositive(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = right.length
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let value = matrix[i]![j]!
      for (let k = 0; k < j; k++) value -= matrix[i]![k]! * matrix[j]![k]!
      matrix[i]![j] = i === j ? Math.sqrt(value) : value / matrix[j]![j]!
    }
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) right[i]! -= matrix[i]![k]! * right[k]!
    right[i]! /= matrix[i]![i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) right[i]! -= matrix[k]![i]! * right[k]!
    right[i]! /= matrix[i]![i]!
  }
  return right
}
