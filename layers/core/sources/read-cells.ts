import type { z } from 'zod'
import type { Problem } from '#core/outcome.ts'
import { type ReadDocument, readDocument } from './read-document.ts'

/** A row of a table: cells by the name of their column; a column that the table has not is undefined. */
export type Cells = Readonly<Record<string, string | undefined>>

/** Cells without white space around what they say; one that says nothing is absent. */
export function cellsOf(fields: Cells): Cells {
  const cells: Record<string, string> = {}
  for (const [column, text] of Object.entries(fields)) {
    const said = text?.trim() ?? ''
    if (said !== '') cells[column] = said
  }
  return cells
}

/** What a decoder puts in place of bytes that are no UTF-8: what the file said there is lost. */
const UNREADABLE = '\ufffd'

/** The row by its schema; a cell that must say something and does not is told as empty. */
export function readCells<T extends object>(schema: z.ZodType<T>, cells: Cells): ReadDocument<T> {
  const read = readDocument(schema, cells)
  const garbled = Object.keys(cells).filter((column) => cells[column]?.includes(UNREADABLE))
  const problems: Problem[] = [
    ...read.problems.map(({ field, message }) =>
      cells[field] === undefined ? { field, message: 'is empty' } : { field, message },
    ),
    ...garbled.map((field) => ({ field, message: 'holds letters that are not UTF-8: save the file as CSV in UTF-8' })),
  ]
  return { ...read, whole: garbled.length === 0 ? read.whole : undefined, problems }
}
