/**
 * A table of exchange rates by day. Every row is sent, each time under an id of its own: the last word about a day counts,
 * so the same file again leaves every rate as it is, and a file with a rate taken back takes it back.
 */
import { randomUUID } from 'node:crypto'
import { rateImport } from '#core/imports/row-imports.ts'
import type { Door } from './collect-door.ts'
import { type ImportOptions, type ImportSummary, importLines } from './import-lines.ts'
import { type LineFile, openLines } from './read-lines.ts'

/** @throws FileError when it is no such file */
export const openRates = (path: string): Promise<LineFile> =>
  openLines(path, rateImport.columns.required, rateImport.columns.optional)

/** Each row names its currencies. */
const NO_DEFAULTS = { currency: '' }

/** Throws as `importLines`. */
export async function importRates(file: LineFile, door: Door, options: ImportOptions): Promise<ImportSummary> {
  const run = randomUUID()
  return importLines(
    file,
    door,
    {
      source: rateImport.source,
      translate: (row) => rateImport.translate(row, NO_DEFAULTS),
      identify: (lines) =>
        lines.flatMap(({ line, drafts }) => drafts.map((it) => ({ ...it, id: `${run}.${line}`, line }))),
    },
    options,
  )
}
