/**
 * Rows of a merchant's own tables of products and stores become listings. A row is a listing whole: what its cells leave
 * empty is not known of the product or store any more.
 */
import { z } from 'zod'
import { withoutAbsent } from '#core/absent.ts'
import { Currency, type Draft, Id, NO_STORE, PositiveInt, StoreId, Text } from '#core/events/envelope.ts'
import { productListed } from '#core/events/product-listed.ts'
import { rateRecorded } from '#core/events/rate-recorded.ts'
import { storeListed } from '#core/events/store-listed.ts'
import { type Outcome, ok, type Problem, wrong } from '#core/outcome.ts'
import { type Cells, cellsOf, readCells } from './read-cells.ts'
import type { ReadDocument } from './read-document.ts'
import type { SourceDefaults } from './source.ts'
import { minorOf, StatedAmount } from './stated-amount.ts'

const Whole = z
  .string()
  .regex(/^\d{1,10}$/, 'is not a whole number like 12')
  .transform(Number)
const Decimal = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,9})?$/, 'is not a decimal number like 1200.5')
  .transform(Number)

/** Names with a semicolon between them. */
const Names = z.string().transform((text) =>
  text
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== ''),
)

const productRow = z.object({
  product_id: Id,
  title: Text,
  category: Text.optional(),
  sub_category: Text.optional(),
  brand: Text.optional(),
  supplier: Id.optional(),
  /** Of one unit, decimal, in the row's currency. */
  base_price: StatedAmount.optional(),
  unit_cost: StatedAmount.optional(),
  currency: Currency.optional(),
  shelf_life_days: Whole.pipe(PositiveInt).optional(),
  pack_size: Whole.pipe(PositiveInt).optional(),
  min_order: Whole.pipe(productListed.data.shape.minOrder.unwrap()).optional(),
  /** Other names that sources have for it. */
  aliases: Names.pipe(productListed.data.shape.aliases.unwrap()).optional(),
})
const storeRow = z.object({
  store_id: StoreId,
  name: Text,
  city: Text.optional(),
  region: Text.optional(),
  size_sqft: Decimal.pipe(storeListed.data.shape.sizeSqft.unwrap()).optional(),
  time_zone: storeListed.data.shape.timeZone,
  currency: Currency.optional(),
  opening_hours: Text.optional(),
})

const rateRow = z.object({
  currency: Currency,
  per: Currency,
  date: rateRecorded.data.shape.date,
  rate: rateRecorded.data.shape.rate,
  source: Text.optional(),
})

const columnsOf = ({ shape }: { readonly shape: Readonly<Record<string, z.ZodType>> }) => ({
  required: Object.keys(shape).filter((column) => !shape[column]!.isOptional()),
  optional: Object.keys(shape).filter((column) => shape[column]!.isOptional()),
})
/** As the file's header names them, in any order. */
export const PRODUCT_COLUMNS = columnsOf(productRow)
export const STORE_COLUMNS = columnsOf(storeRow)
export const RATE_COLUMNS = columnsOf(rateRow)

/** One product. A price without a currency is in the merchant's. */
export function listProduct(fields: Cells, defaults: SourceDefaults): Outcome<Draft> {
  const read = readCells(productRow, cellsOf(fields))
  const { right, isWrong } = read
  const hasPrice = right.base_price !== undefined || right.unit_cost !== undefined
  const currency = right.currency ?? (hasPrice && !isWrong('currency') ? defaults.currency : undefined)
  const basePrice = priceIn(read, 'base_price', currency)
  const unitCost = priceIn(read, 'unit_cost', currency)
  const problems = [...read.problems, ...problemsIn(basePrice), ...problemsIn(unitCost)]
  if (read.whole === undefined || !basePrice.ok || !unitCost.ok) return { ok: false, problems }
  const { product_id, title, category, sub_category, brand, supplier, shelf_life_days, pack_size, min_order, aliases } =
    read.whole
  const data = withoutAbsent({
    productId: product_id,
    title,
    category,
    subCategory: sub_category,
    brand,
    supplierId: supplier,
    basePriceMinor: basePrice.value,
    unitCostMinor: unitCost.value,
    currency,
    shelfLifeDays: shelf_life_days,
    packSize: pack_size,
    minOrder: min_order,
    aliases,
  })
  return ok({ type: 'product.listed', storeId: NO_STORE, data })
}

/** One store. */
export function listStore(fields: Cells): Outcome<Draft> {
  const { whole, problems } = readCells(storeRow, cellsOf(fields))
  if (whole === undefined) return { ok: false, problems }
  const { store_id, name, city, region, size_sqft, time_zone, currency, opening_hours } = whole
  const data = withoutAbsent({
    name,
    city,
    region,
    sizeSqft: size_sqft,
    timeZone: time_zone,
    currency,
    openingHours: opening_hours,
  })
  return ok({ type: 'store.listed', storeId: store_id, data })
}

/** One day's exchange rate. */
export function recordRate(fields: Cells): Outcome<Draft> {
  const { whole, problems } = readCells(rateRow, cellsOf(fields))
  if (whole === undefined) return { ok: false, problems }
  if (whole.currency === whole.per) return wrong('per', 'is the same currency: a rate is between two')
  return ok({ type: 'rate.recorded', storeId: NO_STORE, data: withoutAbsent(whole) })
}

/** In minor units; undefined: the cell is empty, or its problem is told already. */
function priceIn(
  { right }: ReadDocument<z.infer<typeof productRow>>,
  column: 'base_price' | 'unit_cost',
  currency: string | undefined,
): Outcome<number | undefined> {
  const stated = right[column]
  if (stated === undefined) return ok(undefined)
  return minorOf(column, stated, currency)
}

const problemsIn = (outcome: Outcome<unknown>): readonly Problem[] => (outcome.ok ? [] : outcome.problems)
