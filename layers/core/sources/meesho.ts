/**
 * What Meesho, or a bridge in its name, pushes to a supplier's system. OUR READING: Meesho publishes no description of its
 * API (it hands credentials to integrators that it knows,
 * https://support.unicommerce.com/index.php/knowledge-base/integration-with-meesho/). Names of fields and of states are
 * those of the files that its supplier panel exports: "Sub Order No", "SKU", "Supplier Discounted Price (Incl GST and
 * Commision)", "Reason for Credit Entry" and so on, in snake case. Before it goes live, compare with the documents of your
 * own account: `docs/integrators/meesho.md`.
 *
 * | document | becomes |
 * | --- | --- |
 * | `sub_orders`: an order, whole, as it stands | `order.changed`, a line for each sub-order |
 * | `return_id`: a return that has come to an end | `sale.refunded`, once for a return |
 * | `stock`: levels | `stock.counted` |
 *
 * A sub-order that was cancelled, or is back undelivered (RTO_COMPLETE), leaves its order. On its way back it stays, and so
 * does a lost one. Documents have no ids of their own: they are what they say.
 */
import { z } from 'zod'
import { withoutAbsent } from '#core/absent.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import {
  Currency,
  type Draft,
  Id,
  Instant,
  PositiveInt,
  SignedInt,
  type SourceDocument,
} from '#core/events/envelope.ts'
import type { OrderChanged } from '#core/events/order-changed.ts'
import { type Outcome, ok } from '#core/outcome.ts'
import { rowKey } from '#core/row-key.ts'
import { linePriceProblems, orderLinesProblems } from './line-price.ts'
import { refundReason } from './refund-reason.ts'
import { withSimpleForm } from './simple-form.ts'
import type { Source, SourceDefaults } from './source.ts'
import { byCurrency, currencyNamed, fieldOf, VendorId, Words } from './vendor-fields.ts'

const has = (document: unknown, field: string): boolean => fieldOf(document, field) !== undefined

export const meesho: Source = withSimpleForm(
  { name: 'meesho', translate },
  (document) => has(document, 'sub_orders') || has(document, 'return_id') || has(document, 'stock'),
)

function translate(document: unknown, defaults: SourceDefaults): Outcome<SourceDocument> {
  const storeId = defaults.storeId ?? 'meesho'
  if (has(document, 'stock')) return levels(document, storeId)
  // Meesho sells in rupees; a merchant who keeps his books in another currency does not change that.
  const currency = has(document, 'currency') ? currencyNamed(document, 'currency') : RUPEES
  return has(document, 'sub_orders') ? order(document, storeId, currency) : returned(document, storeId, currency)
}

const RUPEES = 'INR'
const State = z.string().min(1).max(100)

const meeshoOrder = byCurrency(({ amount }) =>
  z.object({
    order_no: VendorId,
    /** When the order was given this state, with a zone. */
    updated_at: Instant,
    currency: Currency.default(RUPEES),
    payment_method: Words,
    sub_orders: z
      .array(
        z.object({
          sub_order_no: VendorId,
          sku: Id,
          quantity: PositiveInt.default(1),
          /** Of one unit, GST and commission included. */
          supplier_discounted_price: amount,
          reason_for_credit_entry: State,
        }),
      )
      .min(1, 'has no sub-orders'),
  }),
)

const HAS_LEFT = new Set(['CANCELLED', 'RTO_COMPLETE'])

function order(document: unknown, storeId: string, ofAmounts: string | undefined): Outcome<SourceDocument> {
  const parsed = meeshoOrder(ofAmounts).safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const { order_no, updated_at, currency, payment_method, sub_orders } = parsed.data
  const lines = sub_orders
    .filter(({ reason_for_credit_entry }) => !HAS_LEFT.has(reason_for_credit_entry.toUpperCase()))
    .map(({ sub_order_no, sku, quantity, supplier_discounted_price }) => ({
      lineId: sub_order_no,
      productId: sku,
      quantity,
      unitPriceMinor: supplier_discounted_price,
    }))
  const problems = [
    ...orderLinesProblems('sub_orders', lines),
    ...sub_orders.flatMap(({ quantity, supplier_discounted_price: unitPriceMinor }, i) =>
      linePriceProblems({ quantity, unitPriceMinor }, currency, {
        quantity: `sub_orders.${i}.quantity`,
        discount: `sub_orders.${i}.supplier_discounted_price`,
      }),
    ),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const data = withoutAbsent({
    orderId: order_no,
    changedAt: updated_at,
    isCancelled: lines.length === 0,
    lines,
    currency,
    channel: 'meesho',
    paymentMethod: payment_method,
  } satisfies Partial<{ [K in keyof OrderChanged]: unknown }>)
  // Several sub-orders may change within one second.
  const states = sub_orders.map((one) => `${one.sub_order_no} ${one.reason_for_credit_entry}`).join(',')
  return ok({
    providerId: rowKey('order', order_no, updated_at, states),
    drafts: [{ type: 'order.changed', storeId, occurredAt: updated_at, data }],
  })
}

const meeshoReturn = byCurrency(({ amount }) =>
  z.object({
    return_id: VendorId,
    order_no: VendorId,
    sub_order_no: VendorId,
    sku: Id,
    quantity: PositiveInt.default(1),
    status: State,
    updated_at: Instant,
    currency: Currency.default(RUPEES),
    refund_amount: amount,
    return_reason: Words,
  }),
)

/** The goods are back, or the money is. Before that a return may still be called off. */
const IS_OVER = new Set(['RETURNED', 'DELIVERED_TO_SUPPLIER', 'REFUNDED'])

function returned(document: unknown, storeId: string, ofAmounts: string | undefined): Outcome<SourceDocument> {
  const parsed = meeshoReturn(ofAmounts).safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const { return_id, order_no, sku, quantity, status, updated_at, currency, refund_amount, return_reason } = parsed.data
  if (!IS_OVER.has(status.toUpperCase())) return ok({ drafts: [] })
  const goods = { orderId: order_no, productId: sku, quantity, amountMinor: refund_amount, currency }
  const data = { refundId: return_id, ...goods, ...refundReason(return_reason) }
  return ok({
    providerId: rowKey('return', return_id),
    drafts: [{ type: 'sale.refunded', storeId, occurredAt: updated_at, data }],
  })
}

const stock = z.object({
  updated_at: Instant,
  stock: z
    .array(
      z.object({
        sku: Id,
        /** What may still be sold: open orders are taken off, since their sales have been booked. */
        available: SignedInt,
      }),
    )
    .min(1, 'has no levels'),
})

function levels(document: unknown, storeId: string): Outcome<SourceDocument> {
  const parsed = stock.safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const { updated_at, stock: rows } = parsed.data
  const drafts = rows.map(
    ({ sku, available }): Draft => ({
      type: 'stock.counted',
      storeId,
      occurredAt: updated_at,
      data: { productId: sku, level: available },
    }),
  )
  const stated = rows.map(({ sku, available }) => `${sku} ${available}`).join(',')
  return ok({ providerId: rowKey('stock', updated_at, stated), drafts })
}
