import { csvText } from '../chart/chart-table.ts'
import type { Rejected } from './send-rows.ts'
import { words } from './words.ts'

/** The lines that were refused, as a table of their own: where, why, and the line as it stands in the file. */
export function refusedReport(rejected: readonly Rejected[], columns: readonly string[]): string {
  const rows = rejected.flatMap(({ line, problems, cells }) =>
    problems.map(({ field, message }) => [String(line), field, message, ...cells]),
  )
  return csvText([[...words.reportColumns, ...columns], ...rows])
}
