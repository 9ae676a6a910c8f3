/** Reads the file beside the page, so that the page can be used meanwhile. */
import { readText } from './read-text.ts'
import { FileError, type FileRow, RowsOfFile, type UnreadableRow } from './rows-of-file.ts'

export type Asked =
  | { readonly what: 'open'; readonly file: Blob }
  | { readonly what: 'divide'; readonly column: number | undefined }
  | { readonly what: 'part'; readonly number: number }
export type Opened = {
  readonly columns: readonly string[]
  readonly rows: number
  readonly first: readonly FileRow[]
  readonly unreadable: readonly UnreadableRow[]
}
export type Divided = { readonly parts: number; readonly tooMany: readonly number[] }
export type Said =
  | { readonly is: 'progress'; readonly bytes: number; readonly lines: number }
  | { readonly is: 'answer'; readonly answer: Opened | Divided | readonly FileRow[] }
  | { readonly is: 'refusal'; readonly message: string; readonly isKnown: boolean }

const PREVIEWED = 20
let rows: RowsOfFile | undefined
const say = (said: Said): void => self.postMessage(said)

async function answerTo(asked: Asked): Promise<Opened | Divided | readonly FileRow[]> {
  if (asked.what === 'divide') return rows!.divide(asked.column)
  if (asked.what === 'part') return rows!.part(asked.number)
  let bytes = 0
  const text = await readText(asked.file, (read) => {
    bytes = read
    say({ is: 'progress', bytes, lines: 0 })
  })
  rows = new RowsOfFile(text, (lines) => say({ is: 'progress', bytes, lines }))
  const { columns, unreadable, length } = rows
  return { columns, rows: length, first: rows.first(PREVIEWED), unreadable }
}

self.onmessage = ({ data }: MessageEvent<Asked>) => {
  answerTo(data).then(
    (answer) => say({ is: 'answer', answer }),
    (error: Error) => say({ is: 'refusal', message: error.message, isKnown: error instanceof FileError }),
  )
}
