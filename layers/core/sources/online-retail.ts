/**
 * Lines of the data set Online Retail (Chen 2015, doi:10.24432/C5BW33) and of files like it: one shop's invoices, a line
 * for each product, without line numbers. A line is judged by itself, so that any order of lines gives the same figures.
 *
 * | line | becomes |
 * | --- | --- |
 * | product, units > 0, price > 0 | `sale.recorded` |
 * | product, units > 0, price 0, of a customer | `sale.recorded` at 0: a gift |
 * | product, units > 0, price 0, of nobody | `stock.adjusted`: goods were found |
 * | product, units < 0, price > 0, or on an invoice `C...` | `sale.cancelled` of that invoice, at the line's own price |
 * | product, units < 0, price 0 | `stock.adjusted`: goods were written off |
 * | any other code (POST, M, BANK CHARGES ...), and all of an invoice `A...` | `charge.recorded`, signed; on `C...` a reversal |
 */
import { z } from 'zod'
import { withoutAbsent } from '#core/absent.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import { type Draft, Id, SignedInt, type SourceDocument, Text } from '#core/events/envelope.ts'
import { exponentOf, MAX_AMOUNT_MINOR } from '#core/events/money.ts'
import { parseTime } from '#core/events/parse-time.ts'
import { instantOfWall } from '#core/metrics/business-time.ts'
import { type Outcome, ok, wrong } from '#core/outcome.ts'
import { evenUnits } from './line-price.ts'
import type { Source } from './source.ts'

export const ONLINE_RETAIL_STORE = 'online-retail'
const CURRENCY = 'GBP'
/** The clock on the shop's wall, by which the file tells the time. */
const TIME_ZONE = 'Europe/London'

/** As the file's header names them, in no particular order. */
export const ONLINE_RETAIL_COLUMNS = [
  'invoice',
  'stock_code',
  'description',
  'quantity',
  'invoice_ts',
  'unit_price',
  'customer_id',
  'country',
] as const

const Local = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/, 'is not a local time like 2011-12-09T12:50:00')
const Whole = z.string().regex(/^-?\d{1,10}$/, 'is not a whole number')
const Price = z.string().regex(/^-?\d{1,12}(\.\d{1,12})?$/, 'is not a decimal amount like 2.55')

/** Fields as text, an empty one is missing. `country` is the customer's; our events have no place for it. */
const onlineRetailLine = z.object({
  invoice: Id,
  stock_code: Id,
  description: Text,
  quantity: Whole.transform(Number).pipe(SignedInt.refine((n) => n !== 0, 'must not be 0')),
  invoice_ts: Local,
  unit_price: Price,
  customer_id: z.string().max(320),
})
type Line = z.infer<typeof onlineRetailLine>

export const onlineRetail: Source = { name: 'import:online-retail', translate }

/** The shop itself, before its first line. */
export const onlineRetailShop: Draft = {
  type: 'store.listed',
  storeId: ONLINE_RETAIL_STORE,
  data: { name: 'Online Retail', timeZone: TIME_ZONE, currency: CURRENCY },
}

/** What the catalogue says of a product; the title is one that a sale of it bore. */
export const onlineRetailListing = (productId: string, title: string): Draft => ({
  type: 'product.listed',
  storeId: ONLINE_RETAIL_STORE,
  data: { productId, title },
})

/** The product that a draft sells, whose line's description then names it: other lines are described by what happened. */
export const productSoldBy = ({ type, data }: Draft): string | undefined => {
  const { productId, unitPriceMinor } = data as { productId?: string; unitPriceMinor?: number }
  return type === 'sale.recorded' && unitPriceMinor !== 0 ? productId : undefined
}

/** Codes were typed by hand: 85123a is 85123A. */
const codeOf = ({ stock_code }: Line): string => stock_code.toUpperCase()
const PRODUCT = /^\d{5}[A-Z]{0,2}$/

function translate(document: unknown): Outcome<SourceDocument> {
  const parsed = onlineRetailLine.safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const line = parsed.data
  const occurredAt = instantOf(line.invoice_ts)
  if (occurredAt === undefined) return wrong('invoice_ts', 'is no time that there is')
  const facts = factsOf(line)
  if (!facts.ok) return facts
  return ok({ drafts: facts.value.map((fact) => ({ ...fact, storeId: ONLINE_RETAIL_STORE, occurredAt })) })
}

type Fact = Pick<Draft, 'type' | 'data'>

function factsOf(line: Line): Outcome<readonly Fact[]> {
  const { invoice, quantity, unit_price } = line
  const amount = amountMinorOf(quantity, unit_price)
  if (amount === undefined) return wrong('unit_price', `${unit_price} times ${quantity} is too much for one line`)
  const isReversal = invoice.startsWith('C')
  if (!PRODUCT.test(codeOf(line)) || invoice.startsWith('A')) return ok([chargeOf(line, amount, isReversal)])
  if (unit_price.startsWith('-')) return wrong('unit_price', 'must not be below 0 for goods')
  const customer = line.customer_id === '' ? undefined : line.customer_id
  const goods = { orderId: invoice, productId: codeOf(line), currency: CURRENCY, customer }
  const isPriced = /[1-9]/.test(unit_price)
  if (quantity > 0 && (isPriced || customer !== undefined)) return ok(tradeOf('sale.recorded', quantity, amount, goods))
  if (quantity < 0 && (isPriced || isReversal)) return ok(tradeOf('sale.cancelled', -quantity, Math.abs(amount), goods))
  const reason = line.description === '' ? undefined : line.description
  const data = withoutAbsent({ productId: codeOf(line), quantity, reason, documentId: invoice })
  return ok([{ type: 'stock.adjusted', data }])
}

function chargeOf(line: Line, amountMinor: number, isReversal: boolean): Fact {
  const data = {
    orderId: line.invoice,
    code: codeOf(line),
    amountMinor,
    currency: CURRENCY,
    reversal: isReversal ? true : undefined,
    note: line.description === '' ? undefined : line.description,
    customer: line.customer_id === '' ? undefined : line.customer_id,
  }
  return { type: 'charge.recorded', data: withoutAbsent(data) }
}

function tradeOf(type: 'sale.recorded' | 'sale.cancelled', units: number, amountMinor: number, goods: object): Fact[] {
  return evenUnits(amountMinor, units).map((of) => ({ type, data: withoutAbsent({ ...goods, ...of }) }))
}

const PENNY_DIGITS = exponentOf(CURRENCY)!

/**
 * Quantity times price in pennies, exact; of a price in fractions of a penny the line's amount is rounded, once, half
 * away from zero. Undefined beyond what one amount may be.
 */
function amountMinorOf(quantity: number, price: string): number | undefined {
  const [whole = '', fraction = ''] = price.split('.')
  const scale = 10n ** BigInt(Math.max(0, fraction.length - PENNY_DIGITS))
  const exact = BigInt(whole + fraction.padEnd(PENNY_DIGITS, '0')) * BigInt(quantity)
  const half = exact < 0n ? -scale : scale
  const amount = Number((2n * exact + half) / (2n * scale))
  return Math.abs(amount) <= MAX_AMOUNT_MINOR ? amount : undefined
}

/** UTC of a time on the shop's wall. */
function instantOf(local: string): string | undefined {
  const wallMs = parseTime(`${local}Z`)
  return Number.isNaN(wallMs) ? undefined : new Date(instantOfWall(wallMs, TIME_ZONE)).toISOString()
}
