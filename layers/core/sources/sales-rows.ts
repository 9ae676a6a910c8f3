/** Rows of a shop's own file of sales become trade, by a mapping that says where what is. */
import { z } from 'zod'
import { withoutAbsent } from '#core/absent.ts'
import { Currency, Customer, type Draft, Id, PositiveInt, SignedInt, StoreId, Text } from '#core/events/envelope.ts'
import { MAX_AMOUNT_MINOR, tooLarge } from '#core/events/money.ts'
import { type Outcome, ok, type Problem, wrong } from '#core/outcome.ts'
import { evenUnits, linePriceOf } from './line-price.ts'
import { type Cells, cellsOf, readCells } from './read-cells.ts'
import type { ReadDocument } from './read-document.ts'
import { refundReason } from './refund-reason.ts'
import type { SalesMapping } from './sales-mapping.ts'
import { minorOf, StatedAmount } from './stated-amount.ts'

const Whole = z
  .string()
  .regex(/^-?\d{1,10}(\.0+)?$/, 'is not a whole number like 12')
  .transform(Number)

/** A row by our names; the price is in one of two of them. */
const salesRow = z.object({
  orderId: Id,
  line: Whole.pipe(PositiveInt).optional(),
  productId: Id,
  quantity: Whole.pipe(SignedInt.refine((n) => n !== 0, 'must not be 0')),
  unitPrice: StatedAmount.optional(),
  amount: StatedAmount.optional(),
  discount: StatedAmount.optional(),
  tax: StatedAmount.optional(),
  currency: Currency,
  storeId: StoreId,
  customer: Customer.optional(),
  paymentMethod: Text.optional(),
  channel: Text.optional(),
  reason: Text.optional(),
})
type SalesRow = z.infer<typeof salesRow>
type Field = keyof SalesRow

/** Every column that the mapping reads: all of them must be in the file. */
export function salesColumns(mapping: SalesMapping): readonly string[] {
  const { when } = mapping.refunds ?? {}
  const rule = when !== undefined && 'column' in when ? [when.column] : []
  return [
    ...new Set([
      ...FIELDS.flatMap((field) => placeOf(mapping, field).column ?? []),
      ...mapping.occurredAt.columns,
      ...rule,
    ]),
  ]
}

/**
 * What tells a line from all others: its store, what it says of order, line, product, quantity, price and time, and
 * whether it is a refund. A mapping that comes to read more of the same line (its tax, its customer) does not make it new,
 * nor does a rule for refunds make the sales new that were imported before there was one.
 */
export function salesIdentity(mapping: SalesMapping, row: Cells): readonly (string | undefined)[] {
  const cells = cellsOf(row)
  const said = IDENTITY.map((field) => stated(mapping, cells, field))
  const time = mapping.occurredAt.columns.map((column) => cells[column])
  return [...said, ...time, isRefund(mapping, cells) ? 'refund' : 'sale']
}
const IDENTITY: readonly Field[] = ['storeId', 'orderId', 'line', 'productId', 'quantity', 'unitPrice', 'amount']

/** The order that the line is of, as the file writes it. */
export const salesOrder = (mapping: SalesMapping, row: Cells): string => row[mapping.orderId] ?? ''

/** A sale, or a refund or cancellation where the mapping's rule says so; what is wrong is told by column. */
export function translateSale(mapping: SalesMapping, row: Cells): Outcome<readonly Draft[]> {
  const cells = cellsOf(row)
  const read = readCells(salesRow, Object.fromEntries(FIELDS.map((field) => [field, stated(mapping, cells, field)])))
  const goesBack = isRefund(mapping, cells)
  const price = priceOf(mapping, read, goesBack)
  const time = timeOf(mapping, cells)
  const told = [...read.problems, ...(price.ok ? [] : price.problems)]
  const problems = told.map(({ field, message }) => ({ field: columnOf(mapping, field), message }))
  if (read.whole === undefined || !price.ok || !time.ok)
    return { ok: false, problems: [...problems, ...(time.ok ? [] : time.problems)] }
  const facts = goesBack ? refundOf(mapping, read.whole, price.value) : [saleOf(read.whole, price.value)]
  return ok(facts.map((fact) => ({ ...fact, storeId: read.whole!.storeId, occurredAt: time.value })))
}

// --- Where what is -------------------------------------------------------------------------------------------------

const FIELDS = Object.keys(salesRow.shape) as readonly Field[]

type Place = { readonly column?: string | undefined; readonly value?: string | number | undefined }

function placeOf(mapping: SalesMapping, field: Field): Place {
  const said = field === 'reason' ? mapping.refunds?.reason : mapping[field]
  return typeof said === 'string' ? { column: said } : (said ?? {})
}

const columnOf = (mapping: SalesMapping, field: string): string => placeOf(mapping, field as Field).column ?? field

function stated(mapping: SalesMapping, cells: Cells, field: Field): string | undefined {
  const { column, value } = placeOf(mapping, field)
  return column === undefined ? value?.toString() : cells[column]
}

function timeOf({ occurredAt }: SalesMapping, cells: Cells): Outcome<string> {
  const { columns, format, timeZone } = occurredAt
  const empty = columns.filter((column) => cells[column] === undefined)
  if (empty.length > 0) return { ok: false, problems: empty.map((field) => ({ field, message: 'is empty' })) }
  const at = format.read(columns.map((column) => cells[column]).join(' '), timeZone)
  return at === undefined ? wrong(columns.join(' '), `is not a time like ${format.pattern}, of 1970 or later`) : ok(at)
}

function isRefund(mapping: SalesMapping, cells: Cells): boolean {
  const rule = mapping.refunds?.when
  if (rule === undefined) return false
  if ('quantity' in rule) return Number(stated(mapping, cells, 'quantity')) < 0
  const cell = cells[rule.column] ?? ''
  if ('startsWith' in rule) return cell.startsWith(rule.startsWith)
  return [rule.equals].flat().includes(cell)
}

// --- What it comes to ----------------------------------------------------------------------------------------------

/** In minor units: the line before its discount, and the discount. `unitPriceMinor` where the file states it. */
type Price = {
  readonly lineMinor: number
  readonly discountMinor: number
  readonly taxMinor: number | undefined
  readonly unitPriceMinor?: number
}

/** Of a refund the file may write quantity and amounts below zero or not: it is the same refund. */
function priceOf(
  mapping: SalesMapping,
  { right, isWrong, whole }: ReadDocument<SalesRow>,
  goesBack: boolean,
): Outcome<Price> {
  const field = mapping.unitPrice === undefined ? 'amount' : 'unitPrice'
  const problems: Problem[] = []
  const minor = (name: 'unitPrice' | 'amount' | 'discount' | 'tax'): number | undefined => {
    const text = right[name]
    if (text === undefined) return undefined
    const found = minorOf(name, goesBack ? String(text).replace(/^-/, '') : text, right.currency)
    if (!found.ok) problems.push(...found.problems)
    return found.ok ? found.value : undefined
  }
  const [price, discountMinor = 0, taxMinor] = [minor(field), minor('discount'), minor('tax')]
  if (right[field] === undefined && !isWrong(field)) problems.push({ field, message: 'is empty' })
  if (!goesBack && Number(right.quantity) < 0) {
    problems.push({ field: 'quantity', message: 'is below 0, and the mapping does not make this line a refund' })
  }
  if (whole === undefined || price === undefined || problems.length > 0) return { ok: false, problems }
  const units = Math.abs(whole.quantity)
  const lineMinor = field === 'amount' ? price + discountMinor : units * price
  // The price of one unit is rounded up where the file does not state it.
  if (Math.ceil(lineMinor / units) * units > MAX_AMOUNT_MINOR)
    return wrong(field, `makes a line that ${tooLarge(whole.currency)}`)
  if (discountMinor > lineMinor) return wrong('discount', 'is more than the line costs')
  return ok({ lineMinor, discountMinor, taxMinor, ...(field === 'unitPrice' && { unitPriceMinor: price }) })
}

type Fact = Pick<Draft, 'type' | 'data'>

function saleOf(row: SalesRow, { lineMinor, discountMinor, taxMinor, unitPriceMinor }: Price): Fact {
  const { orderId, line, productId, quantity, currency, customer, paymentMethod, channel } = row
  const { discountMinor: rest = 0, ...units } =
    unitPriceMinor === undefined ? { quantity, ...linePriceOf(lineMinor, quantity) } : { quantity, unitPriceMinor }
  const discount = discountMinor + rest
  const data = withoutAbsent({
    ...{ orderId, line, productId, ...units },
    discountMinor: discount === 0 ? undefined : discount,
    ...{ taxMinor, currency, channel, paymentMethod, customer },
  })
  return { type: 'sale.recorded', data }
}

/** What went back is what was paid: a refund in one, a cancellation in units at their price. */
function refundOf({ refunds }: SalesMapping, row: SalesRow, { lineMinor, discountMinor }: Price): readonly Fact[] {
  const { orderId, productId, currency, customer, reason } = row
  const units = Math.abs(row.quantity)
  const paidMinor = lineMinor - discountMinor
  if (refunds!.as === 'cancellation') {
    return evenUnits(paidMinor, units).map((of) => ({
      type: 'sale.cancelled',
      data: withoutAbsent({ orderId, productId, ...of, currency, reason, customer }),
    }))
  }
  const goods = { refundId: orderId, orderId, productId, quantity: units, amountMinor: paidMinor, currency }
  return [{ type: 'sale.refunded', data: withoutAbsent({ ...goods, ...refundReason(reason), customer }) }]
}
