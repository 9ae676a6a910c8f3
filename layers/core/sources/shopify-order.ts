/**
 * Shopify's order, as `orders/create`, `orders/updated` and `orders/cancelled` send it.
 * https://shopify.dev/docs/api/admin-rest/latest/resources/order, https://shopify.dev/docs/api/webhooks
 *
 * Amounts are the shop's own money: `price`, `amount` and `currency`, not the `presentment_money` that a buyer saw. They
 * hold the tax where the shop's prices do (`taxes_included`).
 *
 * A line's `quantity` never falls. What was taken out of it again stands in the order's `refunds`:
 * - `restock_type: cancel`: units that were never sent. They leave the order here, and `refunds/create` does not book them.
 * - any other: units that had been sold and for which money went back. They stay in the order, and `refunds/create`
 *   books them. So a unit leaves by one of two doors, never by both.
 */
import { z } from 'zod'
import { withoutAbsent } from '#core/absent.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import { Currency, type Draft, Instant } from '#core/events/envelope.ts'
import { MAX_AMOUNT_MINOR, tooLarge } from '#core/events/money.ts'
import type { OrderChanged, StatedLine } from '#core/events/order-changed.ts'
import { type Outcome, ok, wrong } from '#core/outcome.ts'
import { linePriceProblems, orderLinesProblems } from './line-price.ts'
import { byCurrency, currencyNamed, Sku, Units, VendorId, Words } from './vendor-fields.ts'

const shopifyOrder = byCurrency(({ amount }) =>
  z.object({
    id: VendorId,
    created_at: Instant,
    updated_at: Instant,
    cancelled_at: Instant.nullish(),
    cancel_reason: Words,
    currency: Currency,
    financial_status: z.string().nullish(),
    source_name: Words,
    payment_gateway_names: z.array(Words).nullish(),
    customer: z.object({ id: VendorId }).nullish(),
    line_items: z.array(
      z.object({
        id: VendorId,
        variant_id: VendorId.nullish(),
        sku: Sku,
        quantity: Units,
        price: amount,
        discount_allocations: z.array(z.object({ amount })).nullish(),
        tax_lines: z.array(z.object({ price: amount })).nullish(),
      }),
    ),
    shipping_lines: z.array(z.object({ price: amount, discounted_price: amount.nullish() })).nullish(),
    refunds: z
      .array(
        z.object({
          refund_line_items: z
            .array(z.object({ line_item_id: VendorId, quantity: Units, restock_type: z.string().nullish() }))
            .nullish(),
        }),
      )
      .nullish(),
  }),
)
type ShopifyOrder = z.infer<ReturnType<typeof shopifyOrder>>
type ShopifyLine = ShopifyOrder['line_items'][number]

export type ReadOrder = { readonly orderId: string; readonly updatedAt: string; readonly drafts: readonly Draft[] }

/**
 * The order as it stands. With it, once each: postage, when the order is created; and its reversal, when an order is
 * cancelled for which nobody had paid (where somebody had, the refund says what of the postage goes back).
 */
export function readShopifyOrder(document: unknown, topic: string, storeId: string): Outcome<ReadOrder> {
  const parsed = shopifyOrder(currencyNamed(document, 'currency')).safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const order = parsed.data
  const lines = linesOf(order)
  const problems = [
    ...orderLinesProblems('line_items', lines),
    ...order.line_items.flatMap((line, i) =>
      linePriceProblems(priced(line, line.quantity), order.currency, {
        quantity: `line_items.${i}.quantity`,
        discount: `line_items.${i}.discount_allocations`,
        tax: `line_items.${i}.tax_lines`,
      }),
    ),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const postageMinor = (order.shipping_lines ?? []).reduce(
    (sum, line) => sum + (line.discounted_price ?? line.price),
    0,
  )
  if (postageMinor > MAX_AMOUNT_MINOR) return wrong('shipping_lines', tooLarge(order.currency))
  const occurredAt = topic === 'orders/create' ? order.created_at : order.updated_at
  const changed = { type: 'order.changed', storeId, occurredAt, data: changedOf(order, lines) }
  const postage = postageOf(order, topic, postageMinor).map((data) => ({
    type: 'charge.recorded',
    storeId,
    occurredAt,
    data,
  }))
  return ok({ orderId: order.id, updatedAt: order.updated_at, drafts: [changed, ...postage] })
}

const changedOf = (order: ShopifyOrder, lines: readonly StatedLine[]): object =>
  withoutAbsent({
    orderId: order.id,
    changedAt: order.updated_at,
    isCancelled: isCancelled(order) && lines.length === 0,
    lines,
    currency: order.currency,
    reason: order.cancel_reason,
    channel: order.source_name,
    paymentMethod: order.payment_gateway_names?.[0],
    customer: customerOf(order),
  } satisfies { [K in keyof OrderChanged]: unknown })

const isCancelled = ({ cancelled_at }: ShopifyOrder): boolean => typeof cancelled_at === 'string'

/** Shopify's numbers of customers are its own: another source of the merchant may have the same number for another. */
const customerOf = ({ customer }: Pick<ShopifyOrder, 'customer'>): string | undefined =>
  customer === undefined || customer === null ? undefined : `shopify-customer-${customer.id}`

/** What the order holds: of a cancelled one only the units whose money goes back by a refund. */
function linesOf(order: ShopifyOrder): StatedLine[] {
  const unitsBack = (line: ShopifyLine, isOurs: (restockType: string | null | undefined) => boolean) =>
    (order.refunds ?? [])
      .flatMap(({ refund_line_items }) => refund_line_items ?? [])
      .filter(({ line_item_id, restock_type }) => line_item_id === line.id && isOurs(restock_type))
      .reduce((units, { quantity }) => units + quantity, 0)
  return order.line_items.flatMap((line) => {
    const kept = isCancelled(order)
      ? unitsBack(line, (type) => type !== 'cancel')
      : line.quantity - unitsBack(line, (type) => type === 'cancel')
    const quantity = Math.min(kept, line.quantity)
    return quantity > 0 ? [{ lineId: line.id, productId: shopifyProductId(line), ...priced(line, quantity) }] : []
  })
}

/** Discount and tax are stated of all units of the line: fewer units have their share. */
function priced(line: ShopifyLine, quantity: number) {
  const share = (minor: number) => (line.quantity === 0 ? 0 : Math.round((minor * quantity) / line.quantity))
  const discountMinor = share((line.discount_allocations ?? []).reduce((sum, { amount }) => sum + amount, 0))
  const taxMinor = share((line.tax_lines ?? []).reduce((sum, { price }) => sum + price, 0))
  return {
    quantity,
    unitPriceMinor: line.price,
    ...(discountMinor > 0 && { discountMinor }),
    ...(taxMinor > 0 && { taxMinor }),
  }
}

/** Things sold that are no product of the shop: an item typed in by hand, a tip. */
const CUSTOM_ITEM = 'custom-item'

/** A variant's SKU; else its number; else, for what was typed in by hand, one name for all. */
export function shopifyProductId(named: { sku?: string | undefined; variant_id?: string | null | undefined }): string {
  if (named.sku !== undefined) return named.sku
  return named.variant_id === undefined || named.variant_id === null ? CUSTOM_ITEM : `variant-${named.variant_id}`
}

const WAS_PAID = new Set(['paid', 'partially_paid', 'partially_refunded', 'refunded'])

function postageOf(order: ShopifyOrder, topic: string, postageMinor: number): object[] {
  const isBack = topic === 'orders/cancelled' && !WAS_PAID.has(order.financial_status ?? '')
  if (postageMinor === 0 || !(isBack || topic === 'orders/create')) return []
  const amount = isBack ? { amountMinor: -postageMinor, reversal: true } : { amountMinor: postageMinor }
  const charge = { orderId: order.id, code: SHIPPING, currency: order.currency, customer: customerOf(order) }
  return [withoutAbsent({ ...charge, ...amount })]
}

/** The code of a charge that is postage. */
export const SHIPPING = 'shipping'
