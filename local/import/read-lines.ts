import { type FileHandle, open } from 'node:fs/promises'
import { pipeline, Readable, Writable } from 'node:stream'
import { pipeline as pipedThrough } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { type CsvError, parse } from 'csv-parse'
import { StartError } from '../start-error.ts'

/** A line of data by its columns' names; `line` counts from 1 for the header, as editors do. */
export type ReadLine = { readonly line: number; readonly fields: Readonly<Record<string, string>> }
/** A line that cannot be read, and why. */
export type UnreadableLine = { readonly line: number; readonly message: string }

/** The file is not what it should be: nothing of it was read, or nothing after the line that the message names. */
export class FileError extends StartError {}

export type LineFile = {
  readonly path: string
  readonly sizeBytes: number
  /** Of the file as it lies on the disk. */
  readonly bytesRead: () => number
  /** Columns of the file that nobody asked for, once its first line was read. */
  readonly ignored: () => readonly string[]
  /** @throws FileError at its end, when the file breaks off before its time: the lines before are good. */
  readonly lines: AsyncIterable<ReadLine | UnreadableLine>
}

/** How fields are told apart: commas, and quotes around what holds one; or tabs, and quotes mean nothing. */
export const COMMAS = { delimiter: ',', quote: '"' } as const
export const TABS = { delimiter: '\t', quote: null } as const
type Separation = typeof COMMAS | typeof TABS

const CHUNK_BYTES = 64 << 10
/** A quote that never closes would make the rest of the file one field. */
const MAX_LINE_BYTES = 1 << 20

/**
 * The lines of a CSV file (UTF-8, header row), plain or in gzip whatever its name, one after the other in
 * constant memory. Columns may stand in any order, and others beside them; of the `optional` ones those that the file has
 * are read.
 * @throws FileError when there is no such file, when it is not gzip though its name says so, and when it is damaged.
 */
export async function openLines(
  path: string,
  required: readonly string[],
  optional: readonly string[] = [],
  separation: Separation = COMMAS,
): Promise<LineFile> {
  const { file, sizeBytes, isGzip } = await openFile(path)
  const stored = file.createReadStream({ start: 0, highWaterMark: CHUNK_BYTES })
  const source = isGzip ? pipeline(stored, createGunzip({ chunkSize: CHUNK_BYTES }), () => {}) : stored
  let ignored: readonly string[] = []
  const onHeader = (names: readonly string[]): Header => {
    const header = headerOf(path, names, required, optional)
    ignored = header.ignored
    return header
  }
  const lines = readLines(path, source, separation, onHeader)
  return { path, sizeBytes, bytesRead: () => stored.bytesRead, ignored: () => ignored, lines }
}

async function openFile(path: string): Promise<{ file: FileHandle; sizeBytes: number; isGzip: boolean }> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new FileError(error.code === 'ENOENT' ? `there is no file ${path}` : `cannot read ${path}: ${error.message}`)
  })
  try {
    const stat = await file.stat()
    if (!stat.isFile()) throw new FileError(`${path} is not a file`)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
    const isGzip = bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
    if (path.endsWith('.gz') && !isGzip) {
      throw new FileError(
        `${path} is not gzip, though its name says so: fetch it again, or rename it if it is plain CSV`,
      )
    }
    if (isGzip) await checkGzip(path, file)
    return { file, sizeBytes: stat.size, isGzip }
  } catch (error) {
    await file.close()
    throw error
  }
}

/**
 * What gzip unpacks is proved right by a sum at its end alone, and damage in the middle looks like lines. So the file is
 * unpacked once for nothing. One that ends too soon is whole as far as it goes.
 */
async function checkGzip(path: string, file: FileHandle): Promise<void> {
  try {
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
    await pipedThrough(file.createReadStream({ start: 0, autoClose: false }), createGunzip(), nowhere)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code !== 'Z_BUF_ERROR') throw new FileError(`${path} is damaged (${message}): fetch it again, nothing was read`)
  }
}

type Parsed = { readonly record: readonly string[]; readonly info: { readonly lines: number } }

async function* readLines(
  path: string,
  source: Readable,
  separation: Separation,
  onHeader: (names: readonly string[]) => Header,
): AsyncGenerator<ReadLine | UnreadableLine> {
  const unreadable: UnreadableLine[] = []
  const parser = parse({
    ...separation,
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (error !== undefined) unreadable.push(misquoted(error))
      return undefined
    },
  })
  let breakOff: string | undefined
  const wholeLines = linesOf(
    source,
    () => parser.info.bytes_records,
    (reason) => {
      breakOff = reason
    },
  )
  pipeline(Readable.from(wholeLines, { highWaterMark: 1 }), parser, () => {})
  let header: Header | undefined
  let last = 0
  for await (const { record, info } of parser as AsyncIterable<Parsed>) {
    last = info.lines
    while (unreadable.length > 0 && unreadable[0]!.line < last) yield unreadable.shift()!
    if (header === undefined) header = onHeader(record)
    else if (record.length === header.width) yield { line: last, fields: header.fieldsOf(record) }
    else yield { line: last, message: `has ${record.length} fields, and the header ${header.width}` }
  }
  yield* unreadable
  if (breakOff !== undefined) {
    throw new FileError(`${path} breaks off after line ${last} (${breakOff}): the lines up to there were read`)
  }
  if (header === undefined) throw new FileError(`${path} is empty: its first line must name the columns`)
}

type Header = {
  readonly width: number
  readonly ignored: readonly string[]
  readonly fieldsOf: (record: readonly string[]) => Record<string, string>
}

function headerOf(
  path: string,
  names: readonly string[],
  required: readonly string[],
  optional: readonly string[],
): Header {
  const missing = required.filter((column) => !names.includes(column))
  if (missing.length > 0) {
    const found = names.join(', ').slice(0, 200)
    throw new FileError(`${path} has no column ${missing.join(', ')}: its first line names ${found}`)
  }
  const columns = [...required, ...optional.filter((column) => names.includes(column))]
  const twice = columns.filter((column) => names.indexOf(column) !== names.lastIndexOf(column))
  if (twice.length > 0) {
    throw new FileError(`${path} has more than one column ${twice.join(', ')}: rename or remove all but one`)
  }
  const places = columns.map((column) => [column, names.indexOf(column)] as const)
  return {
    width: names.length,
    ignored: names.filter((name) => !columns.includes(name)),
    fieldsOf: (record) => {
      const fields: Record<string, string> = {}
      for (const [column, place] of places) fields[column] = record[place]!
      return fields
    },
  }
}

const misquoted = (error: CsvError & { lines?: number }): UnreadableLine => ({
  line: error.lines ?? 0,
  message: 'has a quote (") in the wrong place, or ends a field whose quote never closed',
})

/** Whole lines alone, so that of a file that breaks off no half line is taken for a whole one. */
async function* linesOf(
  source: AsyncIterable<Buffer>,
  parsedBytes: () => number,
  onBreak: (reason: string) => void,
): AsyncGenerator<Buffer> {
  let begun: Buffer[] = []
  let handedOn = 0
  try {
    for await (const chunk of source) {
      const end = chunk.lastIndexOf(10) + 1
      if (end > 0) {
        const lines = Buffer.concat([...begun, chunk.subarray(0, end)])
        begun = []
        handedOn += lines.length
        yield lines
      }
      if (end < chunk.length) begun.push(chunk.subarray(end))
      if (begun.length * CHUNK_BYTES > MAX_LINE_BYTES || handedOn - parsedBytes() > MAX_LINE_BYTES + 8 * CHUNK_BYTES) {
        return onBreak(`the next line is longer than ${MAX_LINE_BYTES} bytes: does a quote never close?`)
      }
    }
    if (begun.length > 0) yield Buffer.concat(begun)
  } catch (error) {
    onBreak((error as Error).message)
  }
}
