import type { RankedRow } from './chart-spec.ts'

/** The lengths of bars, 0 to 1 of the room there is, from zero on: the largest, above or below, has all of it. */
export function lengthsOf(rows: readonly Pick<RankedRow, 'value'>[]): number[] {
  const most = Math.max(0, ...rows.map(({ value }) => Math.abs(value ?? 0)))
  return rows.map(({ value }) => (most === 0 || value === null ? 0 : Math.abs(value) / most))
}
