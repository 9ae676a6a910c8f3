import { describe, expect, test } from 'vitest'
import type { Cell } from '#core/metrics/cells.ts'
import { inAll, joined, knownCells, type Line, lineOf, oneOfEach, sumsOf } from './series-lines.ts'

const units = (count: number): Cell => ({ sums: { units: count } })
const line = (key: string, ...sums: (number | undefined)[]): Line =>
  lineOf(
    key,
    sums.map((count) => (count === undefined ? undefined : { cell: units(count), knowsPeople: true })),
  )

describe('lines', () => {
  test('as one they are unknown where one of theirs is, and what is known of the others is still there', () => {
    const lines = [line('a', 1, undefined, 4), line('b', 2, 3, 5)]
    expect(joined(lines, 3).map((sum) => sum?.cell.sums.units)).toEqual([3, undefined, 9])
    expect(knownCells(lines, 3).map(({ sums }) => sums.units)).toEqual([3, 3, 9])
  })

  test('say of each bucket what they hold, and of all buckets together', () => {
    const [some] = [line('a', 1, undefined, 4)]
    expect(sumsOf(some!).map((sum) => sum?.cell.sums.units)).toEqual([1, undefined, 4])
    expect(inAll(some!)).toEqual({ cell: units(5), knowsPeople: true })
  })

  test('none are nothing in every bucket', () => {
    expect(joined([], 2)).toEqual([
      { cell: { sums: {} }, knowsPeople: true },
      { cell: { sums: {} }, knowsPeople: true },
    ])
  })

  test('remember who bought where each of them does', () => {
    const forgetful: Line = { key: 'b', held: [], known: [true, false] }
    expect(joined([line('a', 1, 1), forgetful], 2).map((sum) => sum?.knowsPeople)).toEqual([true, false])
    expect(inAll(forgetful).knowsPeople).toBe(false)
  })

  test('hold one cell of a bucket after several are put together', () => {
    const held = [units(1), units(2), units(4)].map((cell, i) => ({ bucket: i === 2 ? 1 : 0, cell }))
    expect(oneOfEach(held)).toEqual([
      { bucket: 0, cell: units(3) },
      { bucket: 1, cell: units(4) },
    ])
    expect(oneOfEach(held.slice(1))).toEqual(held.slice(1))
  })
})
