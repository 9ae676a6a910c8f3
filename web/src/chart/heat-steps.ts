import type { HeatSpec } from './chart-spec.ts'

/** How strong each cell is, 0 (nothing) to 1 (the most); null: a gap. What is below nothing is as weak as nothing. */
export function strengthsOf({
  rows,
  columns,
  values,
}: Pick<HeatSpec, 'rows' | 'columns' | 'values'>): (number | null)[][] {
  const most = Math.max(0, ...values.flat().filter((value) => value !== null))
  return rows.map((_, at) =>
    columns.map((_, index) => {
      const value = values[at]?.[index] ?? null
      return value === null ? null : most === 0 ? 0 : Math.max(0, value) / most
    }),
  )
}
