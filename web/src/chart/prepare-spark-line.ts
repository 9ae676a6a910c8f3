import type { SeriesAnswer } from '#core/api/metrics.ts'

/** Paths in a box of `width` x `height`; zero is always in it. */
export type SparkLine = {
  /** Lines of what is over, one for each run without a gap. */
  readonly lines: readonly string[]
  /** The way to the minute that is not over. */
  readonly unfinished: string | null
  readonly zeroY: number
}

type Point = readonly [x: number, y: number]

/** null: there is nothing to draw. */
export function prepareSparkLine({ series, buckets }: SeriesAnswer, width: number, height: number): SparkLine | null {
  const values = series[0]?.values ?? []
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return null
  const top = Math.max(0, ...known)
  const bottom = Math.min(0, ...known)
  // Where all is 0 the line lies on the ground.
  const scale = height / (top - bottom || 1)
  const yOf = (value: number) => round(height - (value - bottom) * scale)
  const xOf = (index: number) => round(values.length < 2 ? width : (index / (values.length - 1)) * width)

  const runs: Point[][] = []
  let unfinished: string | null = null
  for (const [index, value] of values.entries()) {
    if (value === null) continue
    const point: Point = [xOf(index), yOf(value)]
    const joins = index > 0 && values[index - 1] !== null
    const run = joins ? runs.at(-1) : undefined
    if (buckets[index]?.status === 'filling') unfinished = path(run === undefined ? [point] : [run.at(-1)!, point])
    else if (run === undefined) runs.push([point])
    else run.push(point)
  }
  return { lines: runs.map(path), unfinished, zeroY: yOf(0) }
}

/** A single point is a line of no length: its round ends make it a dot. */
const path = (points: readonly Point[]): string =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('') + (points.length === 1 ? 'h0' : '')

const round = (value: number): number => Math.round(value * 100) / 100
