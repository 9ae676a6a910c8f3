import { expect, it } from 'vitest'
import { solveRidge } from './solve-ridge.ts'

const rows = [[1, 0], [0, 1], [1, 1], [2, -1]] // biome-ignore format: a table
const targets = rows.map(([a, b]) => 3 * a! - 2 * b!)

it('finds the weights, with next to no penalty', () => {
  const [a, b] = solveRidge(rows, targets, 1e-9)
  expect([a, b].map((value) => Number(value!.toFixed(6)))).toEqual([3, -2])
})
it('draws them to 0, with a large one', () => {
  for (const weight of solveRidge(rows, targets, 1e9)) expect(Math.abs(weight)).toBeLessThan(1e-6)
})
it('is the known answer of one feature: sum xy / (sum xx + penalty)', () =>
  expect(solveRidge([[1], [2]], [1, 3], 2)[0]).toBeCloseTo(7 / 7, 12))
it('knows nothing of nothing', () => expect(solveRidge([], [], 1)).toHaveLength(0))
