/**
 * A table of exchange rates by day. Every row is sent, each time under an id of its own: the last word about a day counts,
 * so the same file again leaves every rate as it is, and a file with a rate taken back takes it back.
 */
import { randomUUID } from 'node:crypto'
import { ok } from '#core/outcome.ts'
import { RATE_COLUMNS, recordRate } from '#core/sources/catalogue-rows.ts'
import type { Door } from './collect-door.ts'
import { type ImportOptions, type ImportSummary, importLines } from './import-lines.ts'
import { type LineFile, openLines } from './read-lines.ts'

/** @throws FileError when it is no such file */
export const openRates = (path: string): Promise<LineFile> =>
  openLines(path, RATE_COLUMNS.required, RATE_COLUMNS.optional)

/** Throws as `importLines`. */
export async function importRates(file: LineFile, door: Door, options: ImportOptions): Promise<ImportSummary> {
  const run = randomUUID()
  return importLines(
    file,
    door,
    {
      source: 'import:rates',
      translate: (row) => {
        const rate = recordRate(row)
        return rate.ok ? ok([rate.value]) : rate
      },
      identify: (lines) =>
        lines.flatMap(({ line, drafts }) => drafts.map((it) => ({ ...it, id: `${run}.${line}`, line }))),
    },
    options,
  )
}
