/** What a file may be, and where in it our fields are, by the names of its columns and its first rows. */
import type { ImportKind } from '#core/api/imports.ts'
import type { Cells } from '#core/sources/read-cells.ts'
import { ISO_TIME, timeFormat } from '#core/sources/time-format.ts'
import { onlineRetailImport, productImport, type RowImport, rateImport, storeImport } from './row-imports.ts'

export const TABLE_IMPORTS = {
  products: productImport,
  stores: storeImport,
  rates: rateImport,
  'online-retail': onlineRetailImport,
} as const satisfies Partial<Record<ImportKind, RowImport>>
export type TableKind = keyof typeof TABLE_IMPORTS

/** What a merchant knows that a file may leave out. */
export type Known = { readonly currency: string; readonly timeZone: string }

/** Other names that files have for a column of ours, without signs and in small letters. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  product_id: ['sku', 'skuid', 'article', 'articleno', 'itemid', 'itemcode', 'productcode', 'id', 'handle'],
  title: ['name', 'productname', 'description', 'itemname'],
  category: ['department', 'productcategory', 'type'],
  sub_category: ['subcategory'],
  brand: ['manufacturer', 'vendor'],
  supplier: ['supplierid', 'suppliercode'],
  base_price: ['price', 'retailprice', 'sellingprice', 'mrp', 'variantprice'],
  unit_cost: ['cost', 'costprice', 'purchaseprice', 'costperitem'],
  pack_size: ['packsize', 'casesize', 'unitspercase'],
  min_order: ['moq', 'minimumorder', 'minorderqty'],
  shelf_life_days: ['shelflife'],
  store_id: ['store', 'shop', 'shopid', 'branch', 'branchid', 'location', 'outlet', 'code'],
  name: ['storename', 'shopname', 'branchname', 'title'],
  city: ['town'],
  region: ['state', 'area', 'zone'],
  size_sqft: ['size', 'sqft', 'area', 'squarefeet'],
  time_zone: ['timezone', 'tz'],
  opening_hours: ['hours', 'openinghours'],
  per: ['base', 'basecurrency', 'from'],
  rate: ['exchangerate', 'value'],
  date: ['day', 'businessdate'],
  source: ['provider'],
  invoice: ['invoiceno', 'invoicenumber'],
  stock_code: ['stockcode'],
  invoice_ts: ['invoicedate', 'invoicetime'],
  unit_price: ['unitprice'],
  customer_id: ['customerid'],
  orderId: [
    'order',
    'ordernumber',
    'orderno',
    'receipt',
    'receiptno',
    'invoice',
    'invoiceno',
    'billno',
    'transactionid',
  ],
  line: ['lineno', 'linenumber'],
  productId: ['sku', 'article', 'item', 'itemcode', 'stockcode', 'product', 'productcode', 'lineitemsku'],
  quantity: ['qty', 'pieces', 'units', 'lineitemquantity'],
  unitPrice: ['price', 'priceeach', 'rate', 'lineitemprice'],
  amount: ['total', 'linetotal', 'paid', 'net', 'value', 'sales'],
  discount: ['lineitemdiscount', 'discountamount'],
  tax: ['vat', 'gst', 'taxamount'],
  currency: ['currencycode'],
  storeId: ['store', 'shop', 'branch', 'location', 'outlet'],
  customer: ['customerid', 'email', 'phone', 'member'],
  paymentMethod: ['tender', 'payment', 'paidby'],
  channel: ['saleschannel'],
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

/** The file's column for a field of ours; each column is taken once. */
function columnFor(field: string, columns: readonly string[], taken: ReadonlySet<string>): string | undefined {
  const free = columns.filter((column) => !taken.has(column))
  const exact = free.find((column) => column === field) ?? free.find((column) => plain(column) === plain(field))
  if (exact !== undefined) return exact
  const others = OTHER_NAMES[field] ?? []
  return others.map((other) => free.find((column) => plain(column) === other)).find((found) => found !== undefined)
}

/** Columns that bear our own names are taken first. */
function columnsFor(fields: readonly string[], columns: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {}
  const taken = new Set<string>()
  for (const isExact of [true, false]) {
    for (const field of fields) {
      if (found[field] !== undefined) continue
      const column = isExact ? columns.find((each) => each === field) : columnFor(field, columns, taken)
      if (column === undefined) continue
      found[field] = column
      taken.add(column)
    }
  }
  return found
}

export const SALES_FIELDS = [
  ...['orderId', 'productId', 'quantity', 'unitPrice', 'amount', 'currency', 'storeId'],
  ...['line', 'discount', 'tax', 'customer', 'paymentMethod', 'channel'],
] as const
const SALES_MUST: readonly string[] = ['orderId', 'productId', 'quantity', 'currency', 'storeId']
export const isSalesMust = (field: string): boolean => SALES_MUST.includes(field)

/** undefined: of none. The most special kind first. */
export function guessKind(columns: readonly string[]): ImportKind | undefined {
  const has = (kind: TableKind) => {
    const { required } = TABLE_IMPORTS[kind].columns
    const found = columnsFor(required, columns)
    return required.every((field) => found[field] !== undefined)
  }
  const hasExactly = (kind: TableKind) => TABLE_IMPORTS[kind].columns.required.every((field) => columns.includes(field))
  for (const kind of ['online-retail', 'rates', 'products', 'stores'] as const) if (hasExactly(kind)) return kind
  if (has('online-retail')) return 'online-retail'
  const sales = columnsFor(SALES_FIELDS, columns)
  const isSale = ['orderId', 'productId', 'quantity'].every((field) => sales[field] !== undefined)
  if (isSale && (sales.unitPrice ?? sales.amount) !== undefined) return 'sales'
  return (['rates', 'products', 'stores'] as const).find(has)
}

/** The file’s column for each of ours; what is not found is absent. */
export function guessTable(kind: TableKind, columns: readonly string[]): Record<string, string> {
  const { required, optional } = TABLE_IMPORTS[kind].columns
  return columnsFor([...required, ...optional], columns)
}

const TIME_NAMES = [
  'occurredat',
  'datetime',
  'timestamp',
  'createdat',
  'paidat',
  'invoicedate',
  'invoicets',
  'orderdate',
]
const DATE_NAMES = ['date', 'day', 'businessdate', 'saledate']
const CLOCK_NAMES = ['time', 'hour', 'saletime']
const DATES = [
  'dd/MM/yyyy',
  'd/M/yyyy',
  'MM/dd/yyyy',
  'M/d/yyyy',
  'dd-MM-yyyy',
  'dd.MM.yyyy',
  'dd-MMM-yyyy',
  'dd MMM yyyy',
]
const CLOCKS = ['', ' HH:mm', ' H:mm', ' HH:mm:ss', ' H:mm:ss', ' h:mm a', ' hh:mm a']

/** As a person would write it into a mapping of sales; not always a whole one. */
export function guessSales(columns: readonly string[], rows: readonly Cells[], known: Known): Record<string, unknown> {
  const found = columnsFor(SALES_FIELDS, columns)
  // One of the two is enough.
  if (found.unitPrice !== undefined) delete found.amount
  const times = timeColumns(columns.filter((column) => !Object.values(found).includes(column)))
  const isBack = found.quantity !== undefined && rows.some((row) => row[found.quantity!]?.trim().startsWith('-'))
  return {
    ...found,
    currency: found.currency ?? { value: known.currency },
    occurredAt: { columns: times, ...formatOf(times, rows), timeZone: known.timeZone },
    ...(isBack && { refunds: { when: { quantity: 'negative' } } }),
  }
}

function timeColumns(columns: readonly string[]): readonly string[] {
  const named = (names: readonly string[]) => columns.find((column) => names.includes(plain(column)))
  const whole = named(TIME_NAMES)
  if (whole !== undefined) return [whole]
  return [named(DATE_NAMES), named(CLOCK_NAMES)].filter((column) => column !== undefined)
}

/** A pattern by which every one of these times can be read; nothing where they are as RFC 3339 writes them, or as nobody knows. */
function formatOf(columns: readonly string[], rows: readonly Cells[]): { format?: string } {
  const said = rows
    .map((row) => columns.map((column) => row[column]?.trim() ?? '').join(' '))
    .filter((text) => text.trim())
  const reads = (read: (text: string, zone: string) => string | undefined) =>
    said.every((text) => read(text, 'UTC') !== undefined)
  if (said.length === 0 || reads(ISO_TIME.read)) return {}
  for (const clock of CLOCKS) {
    for (const date of DATES) {
      const format = timeFormat(date + clock)
      if (format.ok && reads(format.value.read)) return { format: date + clock }
    }
  }
  return {}
}
