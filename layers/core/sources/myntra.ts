/**
 * What Myntra pushes to a seller's system. OUR READING: Myntra's own page says how the exchange works and not what its
 * documents look like (https://mmip.myntrainfo.com/documentation, Omni and PPMP API V4: one line for each unit; orders, lines
 * and goods are named by Myntra's order id, its line id and the seller's SKU; levels are absolute). Names of fields and of
 * states are those of the reports that Myntra gives its sellers (order line id, seller sku code, final amount; WP, PK, SH,
 * DL, C, F, RTO, L). Before it goes live, compare with the documents of your own account: `docs/integrators/myntra.md`.
 *
 * | document | becomes |
 * | --- | --- |
 * | `orderLines`: an order, whole, as it stands | `order.changed` |
 * | `returnLines`: a return that has come to an end | `sale.refunded` for each line, once for a return |
 * | `inventory`: levels | `stock.counted` |
 *
 * A line that was cancelled (F, IC) or came back undelivered (RTO) leaves its order: nobody kept the goods or paid for them.
 * A lost one (L) stays: Myntra pays for it. Documents have no ids of their own: they are what they say.
 */
import { z } from 'zod'
import { withoutAbsent } from '#core/absent.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import { Currency, type Draft, Id, Instant, SignedInt, type SourceDocument } from '#core/events/envelope.ts'
import { MAX_AMOUNT_MINOR, tooLarge } from '#core/events/money.ts'
import type { OrderChanged } from '#core/events/order-changed.ts'
import { type Outcome, ok } from '#core/outcome.ts'
import { rowKey } from '#core/row-key.ts'
import { orderLinesProblems } from './line-price.ts'
import { refundReason } from './refund-reason.ts'
import { withSimpleForm } from './simple-form.ts'
import type { Source, SourceDefaults } from './source.ts'
import { byCurrency, currencyNamed, fieldOf, VendorId, Words } from './vendor-fields.ts'

const has = (document: unknown, field: string): boolean => fieldOf(document, field) !== undefined

export const myntra: Source = withSimpleForm(
  { name: 'myntra', translate },
  (document) => has(document, 'orderLines') || has(document, 'returnLines') || has(document, 'inventory'),
)

function translate(document: unknown, defaults: SourceDefaults): Outcome<SourceDocument> {
  const storeId = defaults.storeId ?? 'myntra'
  if (has(document, 'inventory')) return levels(document, storeId)
  // Myntra sells in rupees; a merchant who keeps his books in another currency does not change that.
  const currency = has(document, 'currency') ? currencyNamed(document, 'currency') : RUPEES
  return has(document, 'orderLines') ? order(document, storeId, currency) : returned(document, storeId, currency)
}

const RUPEES = 'INR'
const State = z.string().min(1).max(100)

const myntraOrder = byCurrency(({ amount }) =>
  z.object({
    orderId: VendorId,
    /** When the order was given this state, with a zone. */
    updatedOn: Instant,
    currency: Currency.default(RUPEES),
    paymentMethod: Words,
    cancellationReason: Words,
    orderLines: z
      .array(
        z.object({
          orderLineId: VendorId,
          sellerSkuCode: Id,
          status: State,
          /** What the buyer pays for this unit, tax included; the discount is what it had been more. */
          finalAmount: amount,
          discount: amount.nullish(),
          taxAmount: amount.nullish(),
        }),
      )
      .min(1, 'has no lines'),
  }),
)

const HAS_LEFT = new Set(['F', 'IC', 'CANCELLED', 'RTO'])

function order(document: unknown, storeId: string, ofAmounts: string | undefined): Outcome<SourceDocument> {
  const parsed = myntraOrder(ofAmounts).safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const { orderId, updatedOn, currency, paymentMethod, cancellationReason, orderLines } = parsed.data
  const lines = orderLines
    .filter(({ status }) => !HAS_LEFT.has(status.toUpperCase()))
    .map(({ orderLineId, sellerSkuCode, finalAmount, discount, taxAmount }) => ({
      lineId: orderLineId,
      productId: sellerSkuCode,
      quantity: 1,
      unitPriceMinor: finalAmount + (discount ?? 0),
      ...(discount && { discountMinor: discount }),
      ...(taxAmount && { taxMinor: taxAmount }),
    }))
  const problems = [
    ...orderLinesProblems('orderLines', lines),
    ...orderLines.flatMap(({ finalAmount, discount }, i) =>
      finalAmount + (discount ?? 0) <= MAX_AMOUNT_MINOR
        ? []
        : [{ field: `orderLines.${i}.discount`, message: `and finalAmount: the price ${tooLarge(currency)}` }],
    ),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const data = withoutAbsent({
    orderId,
    changedAt: updatedOn,
    isCancelled: lines.length === 0,
    lines,
    currency,
    reason: cancellationReason,
    channel: 'myntra',
    paymentMethod,
  } satisfies Partial<{ [K in keyof OrderChanged]: unknown }>)
  // Several lines may change within one second.
  const states = orderLines.map(({ orderLineId, status }) => `${orderLineId} ${status}`).join(',')
  return ok({
    providerId: rowKey('order', orderId, updatedOn, states),
    drafts: [{ type: 'order.changed', storeId, occurredAt: updatedOn, data }],
  })
}

const myntraReturn = byCurrency(({ amount }) =>
  z.object({
    returnId: VendorId,
    orderId: VendorId,
    status: State,
    updatedOn: Instant,
    currency: Currency.default(RUPEES),
    returnLines: z
      .array(z.object({ orderLineId: VendorId, sellerSkuCode: Id, refundAmount: amount, returnReason: Words }))
      .min(1, 'has no lines'),
  }),
)

/** The goods are back, or the money is. Before that a return may still be called off. */
const IS_OVER = new Set(['RECEIVED', 'COMPLETED', 'REFUNDED'])

function returned(document: unknown, storeId: string, ofAmounts: string | undefined): Outcome<SourceDocument> {
  const parsed = myntraReturn(ofAmounts).safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const { returnId, orderId, status, updatedOn, currency, returnLines } = parsed.data
  if (!IS_OVER.has(status.toUpperCase())) return ok({ drafts: [] })
  const drafts = returnLines.map(({ orderLineId, sellerSkuCode, refundAmount, returnReason }): Draft => {
    const goods = { orderId, productId: sellerSkuCode, quantity: 1, amountMinor: refundAmount, currency }
    const data = { refundId: `${returnId}-${orderLineId}`, ...goods, ...refundReason(returnReason) }
    return { type: 'sale.refunded', storeId, occurredAt: updatedOn, data }
  })
  return ok({ providerId: rowKey('return', returnId), drafts })
}

const inventory = z.object({
  updatedOn: Instant,
  inventory: z
    .array(
      z.object({
        sellerSkuCode: Id,
        /** Absent: the seller's only one. */
        warehouseId: VendorId.nullish(),
        /** What may still be sold: open orders are taken off, since their sales have been booked. */
        availableCount: SignedInt,
      }),
    )
    .min(1, 'has no levels'),
})

function levels(document: unknown, storeId: string): Outcome<SourceDocument> {
  const parsed = inventory.safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const { updatedOn, inventory: rows } = parsed.data
  const drafts = rows.map(
    ({ sellerSkuCode, warehouseId, availableCount }): Draft => ({
      type: 'stock.counted',
      storeId: typeof warehouseId === 'string' ? `myntra-${warehouseId}` : storeId,
      occurredAt: updatedOn,
      data: { productId: sellerSkuCode, level: availableCount },
    }),
  )
  const stated = rows.map((row) => `${row.warehouseId ?? ''} ${row.sellerSkuCode} ${row.availableCount}`).join(',')
  return ok({ providerId: rowKey('inventory', updatedOn, stated), drafts })
}
