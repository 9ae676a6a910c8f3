/**
 * What can be brought in as rows of a table, and what a row of each kind becomes. The command and the browser bring in the
 * same rows as the same events, under the same ids: a file that came one way changes nothing the other way.
 */
import type { ProductsAnswer, StoresAnswer } from '#core/api/listings.ts'
import type { Draft } from '#core/events/envelope.ts'
import { type Outcome, ok, wrong } from '#core/outcome.ts'
import {
  listProduct,
  listStore,
  PRODUCT_COLUMNS,
  RATE_COLUMNS,
  recordRate,
  STORE_COLUMNS,
} from '#core/sources/catalogue-rows.ts'
import { ONLINE_RETAIL_COLUMNS, onlineRetail, onlineRetailListing, productSoldBy } from '#core/sources/online-retail.ts'
import type { Cells } from '#core/sources/read-cells.ts'
import type { SalesMapping } from '#core/sources/sales-mapping.ts'
import { salesColumns, salesIdentity, salesOrder, translateSale } from '#core/sources/sales-rows.ts'
import type { SourceDefaults } from '#core/sources/source.ts'

/** What a row is known by: `content` says which row it is; equal rows are all of one `group`. */
export type RowIdentity = { readonly group: string; readonly content: readonly (string | undefined)[] }

export type RowImport = {
  /** As the door knows imports: `import:<name>`. */
  readonly source: string
  readonly columns: { readonly required: readonly string[]; readonly optional: readonly string[] }
  readonly translate: (row: Cells, defaults: SourceDefaults) => Outcome<readonly Draft[]>
  /**
   * Rows have no number of their own: one is known by its content, and by how many like it came before, so that the order
   * of a file does not matter. Absent: by its import and line.
   */
  readonly identify?: (row: Cells) => RowIdentity
  /** Known by its content alone: said twice it is said once. */
  readonly saidOnce?: (row: Cells) => readonly string[]
  /** Where a row says a thing whole: it counts where it says something else than what is listed now. */
  readonly listing?: Listing
}
type Item = (ProductsAnswer | StoresAnswer)['items'][number]
export type Listing = {
  readonly idColumn: string
  /** A listing as the API answers it, and the id of what it lists. */
  readonly itemOf: (listing: Draft) => Item
  readonly idOf: (item: Item) => string
}

const one = (outcome: Outcome<Draft>): Outcome<readonly Draft[]> => (outcome.ok ? ok([outcome.value]) : outcome)

export const productImport = {
  source: 'import:products',
  columns: PRODUCT_COLUMNS,
  translate: (row, defaults) => one(listProduct(row, defaults)),
  listing: {
    idColumn: 'product_id',
    itemOf: ({ data }) => data as Item,
    idOf: (item) => (item as ProductsAnswer['items'][number]).productId,
  },
} satisfies RowImport

export const storeImport = {
  source: 'import:stores',
  columns: STORE_COLUMNS,
  translate: (row) => one(listStore(row)),
  listing: {
    idColumn: 'store_id',
    itemOf: ({ storeId, data }) => ({ storeId, ...data }) as Item,
    idOf: (item) => (item as StoresAnswer['items'][number]).storeId,
  },
} satisfies RowImport

/** Every row is sent each time: the last word about a day counts. */
export const rateImport: RowImport = {
  source: 'import:rates',
  columns: RATE_COLUMNS,
  translate: (row) => one(recordRate(row)),
}

/** Sales of a shop's own file. */
export const salesImport = (mapping: SalesMapping) =>
  ({
    source: 'import:csv',
    columns: { required: salesColumns(mapping), optional: [] },
    translate: (row) => translateSale(mapping, row),
    identify: (row) => ({ group: salesOrder(mapping, row), content: salesIdentity(mapping, row) }),
  }) satisfies RowImport

/** Each row of this source says its currency by where it comes from. */
const NO_DEFAULTS = { currency: '' }

export const onlineRetailImport = {
  source: onlineRetail.name,
  columns: { required: ONLINE_RETAIL_COLUMNS, optional: [] },
  translate: (row) => {
    const outcome = onlineRetail.translate(row, NO_DEFAULTS)
    return outcome.ok ? ok(outcome.value.drafts) : outcome
  },
  identify: (row) => ({ group: row.invoice!, content: ONLINE_RETAIL_COLUMNS.map((column) => row[column]) }),
} satisfies RowImport

/** Titles that most of a product's sales bore, once a whole file was read. */
export const onlineRetailTitles = {
  source: onlineRetail.name,
  columns: { required: ['product_id', 'title'], optional: [] },
  translate: ({ product_id = '', title = '' }) =>
    product_id === '' || title === ''
      ? wrong(product_id === '' ? 'product_id' : 'title', 'is empty')
      : ok([onlineRetailListing(product_id, title)]),
  saidOnce: ({ product_id = '', title = '' }) => [product_id, title],
} satisfies RowImport

/** The title that a row's sale bears, and of which product. */
export function titleSold(row: Cells, drafts: readonly Draft[]): { productId: string; title: string } | undefined {
  const productId = productSoldBy(drafts[0]!)
  const title = row.description
  return productId === undefined || title === undefined || title === '' ? undefined : { productId, title }
}
