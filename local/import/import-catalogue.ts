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
import type { Draft } from '#core/events/envelope.ts'
import { type Outcome, ok, wrong } from '#core/outcome.ts'
import { listProduct, listStore, PRODUCT_COLUMNS, STORE_COLUMNS } from '#core/sources/catalogue-rows.ts'
import type { Cells } from '#core/sources/read-cells.ts'
import type { SourceDefaults } from '#core/sources/source.ts'
import type { Door } from './collect-door.ts'
import { hashOf, type ImportOptions, type ImportSummary, importLines } from './import-lines.ts'
import { type LineFile, openLines } from './read-lines.ts'
import { askFor } from './send-events.ts'

type Item = (ProductsAnswer | StoresAnswer)['items'][number]
type Table = {
  readonly columns: { readonly required: readonly string[]; readonly optional: readonly string[] }
  readonly list: (row: Cells, defaults: SourceDefaults) => Outcome<Draft>
  /** A listing as the API answers it, and the id of what it lists. */
  readonly itemOf: (listing: Draft) => Item
  readonly idOf: (item: Item) => string
}

/** By the name of the table, which is that of its import and of its route. */
const TABLES = {
  products: {
    columns: PRODUCT_COLUMNS,
    list: listProduct,
    itemOf: ({ data }) => data as Item,
    idOf: (item) => (item as ProductsAnswer['items'][number]).productId,
  },
  stores: {
    columns: STORE_COLUMNS,
    list: listStore,
    itemOf: ({ storeId, data }) => ({ storeId, ...data }) as Item,
    idOf: (item) => (item as StoresAnswer['items'][number]).storeId,
  },
} satisfies Record<string, Table>
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
  const { columns, list, itemOf, idOf }: Table = TABLES[name]
  const run = randomUUID()
  let defaults: SourceDefaults
  const idColumn = columns.required[0]!
  /** What is listed, by id, and by which line of this file if it was by one. */
  const listed = new Map<string, { readonly content: string; readonly line?: number }>()
  return importLines(
    file,
    door,
    {
      source: `import:${name}`,
      begin: async () => {
        defaults = { currency: await currencyIn(door) }
        for await (const item of itemsAt(door, `/${name}`)) listed.set(idOf(item), { content: contentOf(item) })
      },
      translate: (row, line) => {
        const listing = list(row, defaults)
        if (!listing.ok) return listing
        const item = itemOf(listing.value)
        const content = contentOf(item)
        const before = listed.get(idOf(item))
        const isNew = before?.content !== content
        if (isNew && before?.line !== undefined)
          return wrong(idColumn, `is in line ${before.line} already, with other values: keep one of the two`)
        listed.set(idOf(item), { content, line })
        return ok(isNew ? [listing.value] : [])
      },
      identify: (lines) =>
        lines.flatMap(({ line, drafts }) => drafts.map((it) => ({ ...it, id: `${run}.${line}`, line }))),
    },
    options,
  )
}

const contentOf = (item: object): string =>
  hashOf([JSON.stringify(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))])

async function currencyIn(door: Door): Promise<string> {
  const { settings } = await askFor<SettingsAnswer>(door, '/settings')
  return settings.find(({ name }) => name === 'currency')!.value as string
}

async function* itemsAt(door: Door, path: string): AsyncGenerator<Item> {
  let next: string | null = ''
  while (next !== null) {
    const page: ProductsAnswer | StoresAnswer = await askFor(door, `${path}?limit=500${next && `&next=${next}`}`)
    yield* page.items
    next = page.next
  }
}
