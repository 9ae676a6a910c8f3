import { type CsvError, parse } from 'csv-parse/browser/esm/sync'
import { words } from './words.ts'

/** A line of data; `line` counts from 1 for the header, as editors do. */
export type FileRow = { readonly line: number; readonly cells: string[] }
export type UnreadableRow = { readonly line: number; readonly message: string }

/** The file is not what it should be; the message says so to a person. */
export class FileError extends Error {
  override readonly name = 'FileError'
}

/** So many rows go to the engine at once, and at most so many where more of them belong together. */
export const ROWS_AT_ONCE = 500
const MOST_AT_ONCE = 2_000
const TELL_EVERY = 20_000

/** Between the cells of a row that is kept: a text is a fifth of what a list of texts would take. */
const JOINT = '\u001f'

/** The rows of a CSV file, read once and kept as texts. */
export class RowsOfFile {
  readonly columns: readonly string[]
  readonly unreadable: readonly UnreadableRow[]
  private readonly rows: readonly string[]
  private readonly lineOf: readonly number[]
  /** Indices of rows, by part. */
  private parts: readonly (readonly number[])[] = []

  /** `onLines`: now and then, how many were read. @throws FileError */
  constructor(text: string, onLines: (lines: number) => void = () => {}) {
    const rows: string[] = []
    const lineOf: number[] = []
    const unreadable: UnreadableRow[] = []
    let columns: string[] | undefined
    parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      on_skip: (error: CsvError | undefined) => {
        if (error !== undefined) unreadable.push({ line: lineIn(error), message: words.misquoted })
        return undefined
      },
      on_record: (cells: string[], { lines }: { lines: number }) => {
        if (columns === undefined) columns = cells
        else if (cells.some((cell) => cell.includes(JOINT))) unreadable.push({ line: lines, message: words.control })
        else {
          rows.push(cells.join(JOINT))
          lineOf.push(lines)
          if (rows.length % TELL_EVERY === 0) onLines(rows.length)
        }
        return null
      },
    })
    if (columns === undefined) throw new FileError(words.emptyFile)
    if (columns.length === 1 && /[;\t]/.test(columns[0]!)) throw new FileError(words.otherSeparator)
    this.columns = columns
    this.rows = rows
    this.lineOf = lineOf
    this.unreadable = unreadable
  }

  /** Rows that could be read. */
  get length(): number {
    return this.rows.length
  }

  first(count: number): FileRow[] {
    return Array.from({ length: Math.min(count, this.rows.length) }, (_, i) => this.rowAt(i))
  }

  /**
   * Puts the rows into parts, in the order of the file; rows that are equal in the column come where the first of them
   * stands, in one part. Answers how many parts there are, and which lines stand with too many of their kind.
   */
  divide(column: number | undefined): { readonly parts: number; readonly tooMany: readonly number[] } {
    const tooMany: number[] = []
    const parts: number[][] = [[]]
    for (const group of this.groupsBy(column)) {
      if (parts.at(-1)!.length > 0 && parts.at(-1)!.length + group.length > ROWS_AT_ONCE) parts.push([])
      parts.at(-1)!.push(...group.slice(0, MOST_AT_ONCE))
      for (const row of group.slice(MOST_AT_ONCE)) tooMany.push(this.lineOf[row]!)
    }
    this.parts = parts.filter((part) => part.length > 0)
    return { parts: this.parts.length, tooMany }
  }

  part(number: number): FileRow[] {
    return (this.parts[number] ?? []).map((row) => this.rowAt(row))
  }

  private *groupsBy(column: number | undefined): Iterable<readonly number[]> {
    if (column === undefined) {
      for (let row = 0; row < this.rows.length; row++) yield [row]
      return
    }
    const groups = new Map<string, number[]>()
    for (const [row, text] of this.rows.entries()) {
      const key = cellIn(text, column).trim()
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [row])
      else group.push(row)
    }
    yield* groups.values()
  }

  private rowAt(row: number): FileRow {
    return { line: this.lineOf[row]!, cells: this.rows[row]!.split(JOINT) }
  }
}

const lineIn = (error: CsvError): number => Number((error as { lines?: number }).lines ?? 0)

function cellIn(text: string, column: number): string {
  let start = 0
  for (let i = 0; i < column; i++) {
    const joint = text.indexOf(JOINT, start)
    if (joint < 0) return ''
    start = joint + 1
  }
  const end = text.indexOf(JOINT, start)
  return end < 0 ? text.slice(start) : text.slice(start, end)
}
