import { expect, it } from 'vitest'
import { rowsShown } from './use-all-pages.ts'

/** Pages of two rows each. */
const pagesOf = (count: number, isOver: boolean) =>
  Array.from({ length: count }, (_, n) => ({
    items: [2 * n, 2 * n + 1],
    next: isOver && n === count - 1 ? null : 'more',
  }))
const first = (count: number) => Array.from({ length: count }, (_, n) => n)

it.each([
  [0, false, 0],
  [1, false, 2],
  [2, false, 4],
  [3, false, 4],
  [4, false, 8],
  [7, false, 8],
  [8, false, 16],
  [3, true, 6],
  [7, true, 14],
])('of %i pages, over %s, %i rows are handed on', (count, isOver, rows) => {
  expect(rowsShown(pagesOf(count, isOver), 1_000)).toEqual(first(rows))
})

it('hands on all where no more are asked for', () => {
  expect(rowsShown(pagesOf(7, false), 14)).toEqual(first(14))
  expect(rowsShown(pagesOf(7, false), 15)).toEqual(first(8))
})

it('makes a long list anew a few times', () => {
  const sizes = Array.from({ length: 200 }, (_, n) => rowsShown(pagesOf(n + 1, n === 199), 1_000).length)
  expect([...new Set(sizes)]).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 400])
})
