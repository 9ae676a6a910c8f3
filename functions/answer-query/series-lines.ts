/** The lines of a series, whatever they are of. Most of many thousand lines hold nothing in most buckets. */
import { type Cell, EMPTY_CELL } from '#core/metrics/cells.ts'
import { sumOf } from '#core/metrics/figures.ts'
import type { Added } from '#runtime/read-cells.ts'

export type Line = {
  readonly key: string
  /** Cells with the numbers of the buckets that they are in: of a known bucket none, one or several. */
  readonly held: readonly Held[]
  /** By bucket, whether its cells remember who bought; undefined: what the line holds there is not known. */
  readonly known: readonly (boolean | undefined)[]
}
export type Held = { readonly bucket: number; readonly cell: Cell }

/** A line with these sums; undefined: not known for just that bucket. */
export function lineOf(key: string, sums: readonly (Added | undefined)[]): Line {
  return {
    key,
    held: sums.flatMap((sum, bucket) => (sum === undefined ? [] : [{ bucket, cell: sum.cell }])),
    known: sums.map((sum) => sum?.knowsPeople),
  }
}

/** The same with one cell of each bucket. `held` is in order of the buckets. */
export function oneOfEach(held: readonly Held[]): readonly Held[] {
  if (held.every(({ bucket }, i) => bucket !== held[i + 1]?.bucket)) return held
  const cells = new Map<number, Cell[]>()
  for (const { bucket, cell } of held) {
    const present = cells.get(bucket)
    if (present === undefined) cells.set(bucket, [cell])
    else present.push(cell)
  }
  return [...cells].map(([bucket, some]) => ({ bucket, cell: sumOfFew(some) }))
}

/** By bucket, what the line holds. */
export const sumsOf = (line: Line): (Added | undefined)[] => joined([line], line.known.length)

/** Lines as one, by bucket; a bucket is unknown where one of theirs is. */
export function joined(lines: readonly Line[], buckets: number): (Added | undefined)[] {
  const known = [...new Set(lines.map((line) => line.known))].reduce(bothKnown, new Array(buckets).fill(true))
  return cellsByBucket(lines, buckets).map((cells, i) => {
    const knowsPeople = known[i]
    return knowsPeople === undefined ? undefined : { cell: sumOfFew(cells), knowsPeople }
  })
}

/** All that is known of the lines, by bucket. */
export const knownCells = (lines: readonly Line[], buckets: number): Cell[] =>
  cellsByBucket(lines, buckets).map(sumOfFew)

function cellsByBucket(lines: readonly Line[], buckets: number): Cell[][] {
  const cells = Array.from({ length: buckets }, (): Cell[] => [])
  for (const { held } of lines) for (const { bucket, cell } of held) cells[bucket]!.push(cell)
  return cells
}

/** All that is known of a line, over every bucket. */
export const inAll = ({ held, known }: Line): Added => ({
  cell: sumOfFew(held.map(({ cell }) => cell)),
  knowsPeople: !known.includes(false),
})

/** What is known of two lines together. */
export function bothKnown(a: Line['known'], b: Line['known']): Line['known'] {
  return a === b ? a : a.map((known, i) => knownTogether([known, b[i]]))
}

/** Whether all of them remember who bought; undefined: one of them is not known. */
export const knownTogether = (known: readonly (boolean | undefined)[]): boolean | undefined =>
  known.includes(undefined) ? undefined : !known.includes(false)

const sumOfFew = (cells: readonly Cell[]): Cell => (cells.length > 1 ? sumOf(cells) : (cells[0] ?? EMPTY_CELL))
