/**
 * Amazon's report of all orders, GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL, a row for each item of an order, its
 * columns separated by tabs: https://developer-docs.amazon.com/sp-api/docs/order-tracking-reports-attributes
 *
 * It has the prices that notifications lack, and orders whose notification was lost. A document is the rows of one order.
 * `item-price` and `item-promotion-discount` are of all units of the row. Postage and gift wrap are not booked: each
 * version of an order states them again. Rows of `Non-Amazon` are no sales of Amazon: it sends goods for another shop.
 */
import { z } from 'zod'
import { problemsOf } from '#core/events/decode-event.ts'
import { Currency, Id, Instant, type SourceDocument } from '#core/events/envelope.ts'
import type { StatedLine } from '#core/events/order-changed.ts'
import { type Outcome, ok, type Problem, wrong } from '#core/outcome.ts'
import { rowKey } from '#core/row-key.ts'
import { amazonOrder, isCalledOff } from './amazon.ts'
import { MARKETPLACE_OF_SITE } from './amazon-marketplaces.ts'
import { linePriceOf, linePriceProblems, orderLinesProblems } from './line-price.ts'
import type { Source, SourceDefaults } from './source.ts'
import { byCurrency, currencyNamed, fieldOf } from './vendor-fields.ts'

export const amazonOrdersReport: Source = { name: 'amazon', translate }

/** What a report must have, as its first line names it, in no particular order. */
export const AMAZON_ORDERS_COLUMNS = [
  'amazon-order-id',
  'purchase-date',
  'last-updated-date',
  'order-status',
  'sales-channel',
  'sku',
  'quantity',
  'currency',
  'item-price',
  'item-tax',
  'item-promotion-discount',
] as const

type Row = Readonly<Record<string, string>>

/** The rows of each order, orders in the order of their first rows: an order's rows need not lie together. */
export function ordersInReport(rows: Iterable<Row>): Row[][] {
  const orders = new Map<string, Row[]>()
  for (const row of rows) {
    const id = row['amazon-order-id'] ?? ''
    const known = orders.get(id)
    if (known === undefined) orders.set(id, [row])
    else known.push(row)
  }
  return [...orders.values()]
}

/** An empty field is none. */
const orNone = <T>(schema: z.ZodType<T>) => z.preprocess((text) => (text === '' ? undefined : text), schema.optional())

const Site = z
  .string()
  .refine(
    (site) => isNotAmazons(site) || MARKETPLACE_OF_SITE.has(site.toLowerCase()),
    'is no site of Amazon that we know',
  )

const isNotAmazons = (site: string): boolean => site.toLowerCase().startsWith('non-amazon')

const reportRows = byCurrency(({ amount, signed }) =>
  z
    .array(
      z.object({
        'amazon-order-id': Id,
        'purchase-date': Instant,
        'last-updated-date': Instant,
        'order-status': z.string().min(1).max(100),
        'sales-channel': Site,
        sku: Id,
        quantity: orNone(
          z
            .string()
            .regex(/^\d{1,9}$/, 'is not a whole number')
            .transform(Number),
        ),
        currency: orNone(Currency),
        'item-price': orNone(amount),
        'item-tax': orNone(amount),
        /** Some marketplaces write it below 0. */
        'item-promotion-discount': orNone(signed),
      }),
    )
    .min(1, 'has no rows'),
)
type ReportRow = z.infer<ReturnType<typeof reportRows>>[number]

function translate(document: unknown, defaults: SourceDefaults): Outcome<SourceDocument> {
  const parsed = reportRows(currencyIn(document)).safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const rows = parsed.data
  const first = rows[0]!
  const other = rows.findIndex((row) => row['amazon-order-id'] !== first['amazon-order-id'])
  if (other > 0) return wrong(`${other}.amazon-order-id`, 'is of another order than the row before')
  if (isNotAmazons(first['sales-channel'])) return ok({ drafts: [] })
  const marketplace = MARKETPLACE_OF_SITE.get(first['sales-channel'].toLowerCase())!
  const currency = first.currency ?? marketplace.currency
  const lines = linesOf(rows)
  const problems: Problem[] = [
    ...orderLinesProblems('sku', lines),
    ...lines.flatMap((line) => priceProblems(line, currency)),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const { 'amazon-order-id': orderId, 'last-updated-date': changedAt, 'order-status': status } = first
  const order = amazonOrder({ orderId, changedAt, status, lines, marketplace, currency })
  // A sale that no notification told of happened when it was bought, a cancellation when the order was changed.
  const occurredAt = isCalledOff(status) ? changedAt : first['purchase-date']
  return ok({
    providerId: rowKey('report', orderId, changedAt, status, paidFor(rows)),
    drafts: [{ ...order, storeId: defaults.storeId ?? order.storeId, occurredAt }],
  })
}

/** The order's currency; that of its site where no row names one. Undefined: a row names what is none. */
function currencyIn(document: unknown): string | undefined {
  if (!Array.isArray(document)) return undefined
  const named = document.find((row) => fieldOf(row, 'currency') !== '')
  if (named !== undefined) return currencyNamed(named, 'currency')
  const site = fieldOf(document[0], 'sales-channel')
  return typeof site === 'string' ? MARKETPLACE_OF_SITE.get(site.toLowerCase())?.currency : undefined
}

/** Tells apart two reports of one update, the first of which did not have the price yet. */
const paidFor = (rows: readonly ReportRow[]): string => rows.map((row) => row['item-price'] ?? '').join('+')

/** A line for each SKU, as in the notification. Without a price where one of its rows has none. */
function linesOf(rows: readonly ReportRow[]): StatedLine[] {
  return [...Map.groupBy(rows, ({ sku }) => sku)].flatMap(([sku, items]) => {
    const sum = (of: (row: ReportRow) => number | undefined) => items.reduce((total, row) => total + (of(row) ?? 0), 0)
    const quantity = sum((row) => row.quantity)
    if (quantity === 0) return []
    const line = { lineId: sku, productId: sku, quantity }
    if (items.some((row) => row['item-price'] === undefined)) return [line]
    const discount = sum((row) => Math.abs(row['item-promotion-discount'] ?? 0))
    const taxMinor = sum((row) => row['item-tax'])
    const price = linePriceOf(
      sum((row) => row['item-price']),
      quantity,
      discount,
    )
    return [{ ...line, ...price, ...(taxMinor > 0 && { taxMinor }) }]
  })
}

const priceProblems = ({ unitPriceMinor, quantity, discountMinor = 0 }: StatedLine, currency: string) =>
  unitPriceMinor === undefined
    ? []
    : linePriceProblems({ unitPriceMinor, quantity, discountMinor }, currency, {
        quantity: 'item-price',
        discount: 'item-promotion-discount',
      })
