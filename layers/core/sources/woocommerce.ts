/**
 * WooCommerce's webhooks: https://developer.woocommerce.com/docs/apis/rest-api/v3/webhooks/; orders and products are those
 * of its REST API, version 3 (https://developer.woocommerce.com/docs/apis/rest-api/v3/orders/ and `/products/`).
 *
 * `X-WC-Webhook-Delivery-ID` identifies no delivery: it is a hash of the webhook's number and the second, so that two orders
 * of one second share it (`WC_Webhook::get_new_delivery_id`). A document is what it says: number, time of change, state.
 *
 * What an order's `status` means here:
 * - `pending`, `failed`, `checkout-draft`, `auto-draft`: no sale, or no sale any more. The order holds no lines.
 * - `cancelled`, `trash`, and `refunded`, which is all money back: called off.
 * - anything else (`processing`, `on-hold`, `completed`, a shop's own): a sale. Goods are reserved from `on-hold` on.
 *
 * Not booked: part refunds, of which an order lists reasons and totals without lines; postage, which each version of an
 * order states again; stock that variations share with their product.
 */
import { z } from 'zod'
import { withoutAbsent } from '#core/absent.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import { Currency, Customer, type Draft, Instant, SignedInt, type SourceDocument } from '#core/events/envelope.ts'
import type { OrderChanged, StatedLine } from '#core/events/order-changed.ts'
import { type Outcome, ok, wrong } from '#core/outcome.ts'
import { rowKey } from '#core/row-key.ts'
import { linePriceOf, linePriceProblems, orderLinesProblems } from './line-price.ts'
import type { Headers, Source, SourceDefaults } from './source.ts'
import { byCurrency, currencyNamed, Sku, Units, VendorId, Words } from './vendor-fields.ts'

export const wooCommerce: Source = { name: 'woocommerce', translate }

/** What WooCommerce sends, unsigned, when a webhook is saved: `webhook_id=123`. It asks for a 200 and says nothing. */
export function isWooCommercePing(body: Uint8Array, contentType: string | undefined): boolean {
  const isForm = contentType?.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded'
  return isForm && body.length <= 40 && /^webhook_id=\d+$/.test(new TextDecoder().decode(body).trim())
}

function translate(document: unknown, defaults: SourceDefaults, headers: Headers = {}): Outcome<SourceDocument> {
  const topic = headers['x-wc-webhook-topic']
  if (topic === undefined)
    return wrong('X-WC-Webhook-Topic', 'is a header that is missing: it says what the document is')
  const storeId = defaults.storeId ?? 'woocommerce'
  switch (topic) {
    case 'order.created':
    case 'order.updated':
    case 'order.restored':
      return order(document, topic, storeId)
    case 'order.deleted':
      return deletedOrder(document, { ...defaults, storeId }, headers['x-wc-webhook-delivery-id'])
    case 'product.created':
    case 'product.updated':
    case 'product.restored':
      return product(document, { ...defaults, storeId }, headers['x-wc-webhook-delivery-id'])
    default:
      return ok({ drafts: [] })
  }
}

/** `2026-03-02T09:30:00`, in UTC without saying so. */
const GmtTime = z
  .string()
  .transform((time) => (/[Zz]|[+-]\d\d:\d\d$/.test(time) ? time : `${time}Z`))
  .pipe(Instant)

/** '' of a guest who gave none. */
const Email = z.union([z.literal(''), Customer], 'is no address that we can keep')

const wooOrder = byCurrency(({ amount }) =>
  z.object({
    id: VendorId,
    status: z.string().min(1).max(100),
    currency: Currency,
    date_created_gmt: GmtTime,
    date_modified_gmt: GmtTime,
    prices_include_tax: z.boolean().nullish(),
    created_via: Words,
    payment_method: Words,
    billing: z.object({ email: Email.nullish() }).nullish(),
    line_items: z.array(
      z.object({
        id: VendorId,
        product_id: VendorId.nullish(),
        variation_id: VendorId.nullish(),
        sku: Sku,
        quantity: Units,
        /** Of the whole line, without tax: before coupons, and after them. */
        subtotal: amount,
        subtotal_tax: amount.nullish(),
        total: amount,
        total_tax: amount.nullish(),
      }),
    ),
  }),
)
type WooOrder = z.infer<ReturnType<typeof wooOrder>>
type WooLine = WooOrder['line_items'][number]

const NO_SALE = new Set(['pending', 'failed', 'checkout-draft', 'auto-draft'])
const CALLED_OFF = new Set(['cancelled', 'refunded', 'trash'])

function order(document: unknown, topic: string, storeId: string): Outcome<SourceDocument> {
  const parsed = wooOrder(currencyNamed(document, 'currency')).safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const whole = parsed.data
  const stated = whole.line_items.map((line) => (line.quantity > 0 ? lineOf(line, whole) : undefined))
  const lines = stated.filter((line) => line !== undefined)
  const problems = [
    ...orderLinesProblems('line_items', lines),
    ...stated.flatMap((line, i) =>
      line === undefined
        ? []
        : linePriceProblems(line, whole.currency, {
            quantity: `line_items.${i}.quantity`,
            discount: `line_items.${i}.total`,
          }),
    ),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const { id, status, date_modified_gmt } = whole
  const occurredAt = topic === 'order.created' ? whole.date_created_gmt : date_modified_gmt
  const paid = lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor - (line.discountMinor ?? 0), 0)
  return ok({
    providerId: rowKey('order', id, date_modified_gmt, status, String(paid)),
    drafts: [{ type: 'order.changed', storeId, occurredAt, data: changedOf(whole, lines) }],
  })
}

function changedOf(order: WooOrder, lines: readonly StatedLine[]): object {
  const { id, status, currency, date_modified_gmt, created_via, payment_method, billing } = order
  const isCancelled = CALLED_OFF.has(status)
  const email = billing?.email?.trim().toLowerCase()
  return withoutAbsent({
    orderId: id,
    changedAt: date_modified_gmt,
    isCancelled,
    lines: NO_SALE.has(status) ? [] : lines,
    currency,
    reason: isCancelled ? status : undefined,
    channel: created_via,
    paymentMethod: payment_method,
    // Numbers of customers are the shop's own, and a guest has none.
    customer: email === '' ? undefined : email,
  } satisfies { [K in keyof OrderChanged]: unknown })
}

/** Where the shop's prices hold the tax (`prices_include_tax`), so does the line's; WooCommerce states it without. */
function lineOf(line: WooLine, { prices_include_tax }: WooOrder) {
  const { subtotal_tax, total_tax } = line
  const taxMinor = total_tax ?? 0
  const before = line.subtotal + (prices_include_tax === true ? (subtotal_tax ?? 0) : 0)
  const after = line.total + (prices_include_tax === true ? taxMinor : 0)
  // A shop's own code may raise a total above its subtotal: the price is then what was paid.
  const price = linePriceOf(Math.max(before, after), line.quantity, Math.max(before, after) - after)
  const named = { lineId: line.id, productId: productIdOf(line.sku, line.product_id, line.variation_id) }
  return { ...named, quantity: line.quantity, ...price, ...(taxMinor > 0 && { taxMinor }) }
}

/** The SKU; else the variation's number; else the product's. A line whose product is gone has 0 for both. */
function productIdOf(sku: string | undefined, product: string | null | undefined, variation?: string | null): string {
  if (sku !== undefined) return sku
  return isNumber(variation) ? `variation-${variation}` : `product-${product ?? 0}`
}
const isNumber = (id: string | null | undefined): boolean => id !== undefined && id !== null && id !== '0'

/** A deletion states the order's number and nothing else: it is a version of now. */
function deletedOrder(
  document: unknown,
  { storeId, currency }: SourceDefaults & { storeId: string },
  delivery: string | undefined,
): Outcome<SourceDocument> {
  const parsed = z.object({ id: VendorId }).safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const { id } = parsed.data
  const data = { orderId: id, isCancelled: true, lines: [], currency, reason: 'deleted' }
  // It may come back from the trash, and be deleted again.
  const providerId = rowKey('order.deleted', id, delivery)
  return ok({ providerId, drafts: [{ type: 'order.changed', storeId, data }] })
}

const wooProduct = byCurrency(({ amount }) => {
  /** '' where there is none. */
  const price = z.preprocess((stated) => (stated === '' || stated === null ? undefined : stated), amount.optional())
  return z.object({
    id: VendorId,
    name: Words,
    type: z.string(),
    sku: Sku,
    price,
    regular_price: price,
    /** `parent`: a variation shares the stock of its product. */
    manage_stock: z.union([z.boolean(), z.literal('parent')], 'must be true, false or parent').nullish(),
    stock_quantity: SignedInt.nullish(),
    date_modified_gmt: GmtTime,
    categories: z.array(z.object({ name: Words })).nullish(),
    brands: z.array(z.object({ name: Words })).nullish(),
  })
})
type WooProduct = z.infer<ReturnType<typeof wooProduct>>

/** Nobody buys these: their variations, or the products in the group, are what is sold. */
const NOT_SOLD = new Set(['variable', 'grouped', 'external'])

/** WooCommerce names no currency here: it is the merchant's. */
function product(
  document: unknown,
  { storeId, currency }: SourceDefaults & { storeId: string },
  delivery: string | undefined,
): Outcome<SourceDocument> {
  const parsed = wooProduct(currency).safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const whole = parsed.data
  const { id, price, stock_quantity, date_modified_gmt: occurredAt } = whole
  // A level may fall and rise again without a new time of change: only the delivery tells the two apart.
  const providerId = rowKey('product', id, occurredAt, String(stock_quantity), delivery)
  if (NOT_SOLD.has(whole.type)) return ok({ providerId, drafts: [] })
  const isVariation = whole.type === 'variation'
  const number = isVariation ? `variation-${id}` : `product-${id}`
  const productId = whole.sku ?? number
  const listed = listingOf(whole, productId, number, currency)
  const drafts: Draft[] = [{ type: 'product.listed', storeId, occurredAt, data: listed }]
  if (price !== undefined) {
    drafts.push({ type: 'price.changed', storeId, occurredAt, data: { productId, priceMinor: price, currency } })
  }
  if (whole.manage_stock === true && typeof stock_quantity === 'number') {
    // As of now: an order that takes goods leaves the product's time of change as it was.
    drafts.push({ type: 'stock.counted', storeId, data: { productId, level: stock_quantity } })
  }
  return ok({ providerId, drafts })
}

function listingOf(product: WooProduct, productId: string, number: string, currency: string): object {
  const { name, categories, brands, regular_price, price } = product
  const basePriceMinor = regular_price ?? price
  return withoutAbsent({
    productId,
    isPartial: true,
    title: name ?? productId,
    category: categories?.[0]?.name,
    brand: brands?.[0]?.name,
    aliases: productId === number ? undefined : [number],
    basePriceMinor,
    currency: basePriceMinor === undefined ? undefined : currency,
  })
}
