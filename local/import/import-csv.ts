/** A shop's own file of sales becomes trade, by a mapping that says where in the file our fields are. */
import { readFileSync } from 'node:fs'
import { problemsOf } from '#core/events/decode-event.ts'
import { salesImport } from '#core/imports/row-imports.ts'
import { type SalesMapping, salesMapping } from '#core/sources/sales-mapping.ts'
import { salesColumns, translateSale } from '#core/sources/sales-rows.ts'
import { problemsText } from '../commands/command-line.ts'
import type { Door } from './collect-door.ts'
import {
  type GoodLine,
  type ImportOptions,
  type ImportSummary,
  identifyByContent,
  importLines,
  type ReadOptions,
  type Rehearsal,
  rehearseLines,
} from './import-lines.ts'
import type { LineMemory } from './line-memory.ts'
import { FileError, type LineFile, openLines } from './read-lines.ts'

export type MappedFile = { readonly file: LineFile; readonly mapping: SalesMapping }

/** @throws FileError when there is no such file, or the mapping is none: the message names each wrong field of it. */
export async function openMapped(path: string, mappingPath: string): Promise<MappedFile> {
  const mapping = readMapping(mappingPath)
  return { file: await openLines(path, salesColumns(mapping)), mapping }
}

function readMapping(path: string): SalesMapping {
  let said: unknown
  try {
    said = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new FileError(code === 'ENOENT' ? `there is no file ${path}` : `${path} is no mapping: ${message}`)
  }
  const parsed = salesMapping.safeParse(said)
  if (parsed.success) return parsed.data
  throw new FileError(
    `${path} is no mapping (docs/imports.md says what is one): ${problemsText(problemsOf(parsed.error))}`,
  )
}

/** A line that was imported before is a repeat, whatever its place in whichever file. Throws as `importLines`. */
export function importCsv({ file, mapping }: MappedFile, door: Door, options: ImportOptions): Promise<ImportSummary> {
  const { source, translate, identify } = salesImport(mapping)
  const kind = {
    source,
    translate,
    identify: (lines: readonly GoodLine[], memory: LineMemory) => identifyByContent(lines, memory, identify),
  }
  return importLines(file, door, kind, options)
}

/** Throws as `rehearseLines`. */
export const rehearseCsv = ({ file, mapping }: MappedFile, options: ReadOptions): Promise<Rehearsal> =>
  rehearseLines(file, (row) => translateSale(mapping, row), options)
