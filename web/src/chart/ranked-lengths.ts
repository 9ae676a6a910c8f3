import type { RankedRow } from './chart-spec.ts'

/**
 * The lengths of bars, 0 to 1 of the room there is, from zero on: the largest, above or below, has all of it. The rest
 * together has none: it would be longer than all that it is there to be compared with.
 */
export function lengthsOf(rows: readonly Pick<RankedRow, 'key' | 'value'>[]): number[] {
  const drawn = rows.map(({ key, value }) => (key === 'other' ? 0 : Math.abs(value ?? 0)))
  const most = Math.max(0, ...drawn)
  return drawn.map((size) => (most === 0 ? 0 : size / most))
}
