/**
 * A merchant's table of products or of stores becomes listings.
 *
 * A row is compared with what the engine says of its product or store now, and sent where it says something else. So the
 * same file again changes nothing, and a row that goes from A to B and back to A counts each time: what a row once was is
 * no reason to turn it away. Hence a listing is known by its import and line, not by its content.
 */
import { randomUUID } from 'node:crypto'
import type { ProductsAnswer, StoresAnswer } from '#core/api/listings.ts'
import type { SettingsAnswer } from '#core/api/settings.ts'
import { type Listing, productImport, type RowImport, storeImport } from '#core/imports/row-imports.ts'
import { ok, wrong } from '#core/outcome.ts'
import type { SourceDefaults } from '#core/sources/source.ts'
import { contentOf } from '#runtime/row-identity.ts'
import type { Door } from './collect-door.ts'
import { type ImportOptions, type ImportSummary, importLines } from './import-lines.ts'
import { type LineFile, openLines } from './read-lines.ts'
import { askFor } from './send-events.ts'

type Table = RowImport & { readonly listing: Listing }
/** By the name of the table, which is that of its import and of its route. */
const TABLES = { products: productImport, stores: storeImport }
export type TableName = keyof typeof TABLES

/** @throws FileError when it is no such file */
export function openTable(name: TableName, path: string): Promise<LineFile> {
  const { required, optional } = TABLES[name].columns
  return openLines(path, required, optional)
}

/** Throws as `importLines`. */
export async function importTable(
  name: TableName,
  file: LineFile,
  door: Door,
  options: ImportOptions,
): Promise<ImportSummary> {
  const { source, translate, listing }: Table = TABLES[name]
  const { idColumn, itemOf, idOf } = listing
  const run = randomUUID()
  let defaults: SourceDefaults
  /** What is listed, by id, and by which line of this file if it was by one. */
  const listed = new Map<string, { readonly content: string; readonly line?: number }>()
  return importLines(
    file,
    door,
    {
      source,
      begin: async () => {
        defaults = { currency: await currencyIn(door) }
        for await (const item of itemsAt(door, `/${name}`)) listed.set(idOf(item), { content: contentOf(item) })
      },
      translate: (row, line) => {
        const read = translate(row, defaults)
        if (!read.ok) return read
        const item = itemOf(read.value[0]!)
        const content = contentOf(item)
        const before = listed.get(idOf(item))
        const isNew = before?.content !== content
        if (isNew && before?.line !== undefined)
          return wrong(idColumn, `is in line ${before.line} already, with other values: keep one of the two`)
        listed.set(idOf(item), { content, line })
        return ok(isNew ? read.value : [])
      },
      identify: (lines) =>
        lines.flatMap(({ line, drafts }) => drafts.map((it) => ({ ...it, id: `${run}.${line}`, line }))),
    },
    options,
  )
}

async function currencyIn(door: Door): Promise<string> {
  const { settings } = await askFor<SettingsAnswer>(door, '/settings')
  return settings.find(({ name }) => name === 'currency')!.value as string
}

async function* itemsAt(door: Door, path: string): AsyncGenerator<Parameters<Listing['idOf']>[0]> {
  let next: string | null = ''
  while (next !== null) {
    const page: ProductsAnswer | StoresAnswer = await askFor(door, `${path}?limit=500${next && `&next=${next}`}`)
    yield* page.items
    next = page.next
  }
}
