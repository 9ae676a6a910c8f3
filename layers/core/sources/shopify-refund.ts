/**
 * Shopify's refund, as `refunds/create` sends it. https://shopify.dev/docs/api/admin-rest/latest/resources/refund
 *
 * | in the refund | becomes |
 * | --- | --- |
 * | a line with `restock_type: cancel` | nothing here: the order's next version is without these units |
 * | any other line | `sale.refunded` of its `subtotal` |
 * | postage given back | `charge.recorded` `shipping`, below zero, a reversal |
 * | another `order_adjustments` (more or less was paid back than the lines are worth) | `charge.recorded` of its `kind`, as signed |
 */
import { z } from 'zod'
import { withoutAbsent } from '#core/absent.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import { type Draft, Id, Instant, PositiveInt } from '#core/events/envelope.ts'
import { type Outcome, ok } from '#core/outcome.ts'
import { refundReason } from './refund-reason.ts'
import { SHIPPING, shopifyProductId } from './shopify-order.ts'
import { byCurrency, currencyNamed, fieldOf, Sku, VendorId, Words } from './vendor-fields.ts'

/** What an adjustment is that is not of the postage. */
const DISCREPANCY = 'refund_discrepancy'

const shopifyRefund = byCurrency(({ amount, signed }) =>
  z.object({
    id: VendorId,
    order_id: VendorId,
    created_at: Instant,
    note: Words,
    refund_line_items: z.array(
      z.object({
        id: VendorId,
        quantity: PositiveInt,
        restock_type: z.string().nullish(),
        subtotal: amount,
        line_item: z.object({ sku: Sku, variant_id: VendorId.nullish() }),
      }),
    ),
    /** Since API version 2024-10 in place of the adjustments of kind `shipping_refund`. */
    refund_shipping_lines: z
      .array(z.object({ id: VendorId, subtotal_amount_set: z.object({ shop_money: z.object({ amount }) }) }))
      .nullish(),
    order_adjustments: z.array(z.object({ kind: Id.default(DISCREPANCY), amount: signed })).nullish(),
    transactions: z.array(z.object({ test: z.boolean().nullish() })).nullish(),
  }),
)
type ShopifyRefund = z.infer<ReturnType<typeof shopifyRefund>>

export function readShopifyRefund(
  document: unknown,
  storeId: string,
  ofMerchant: string,
): Outcome<{ readonly refundId: string; readonly drafts: readonly Draft[] }> {
  const currency = shopCurrencyIn(document) ?? ofMerchant
  const parsed = shopifyRefund(currency).safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const refund = parsed.data
  const paid = refund.transactions ?? []
  const isTest = paid.length > 0 && paid.every(({ test }) => test === true)
  const facts = isTest ? [] : [...goodsBack(refund, currency), ...moneyBack(refund, currency)]
  return ok({ refundId: refund.id, drafts: facts.map((fact) => ({ ...fact, storeId, occurredAt: refund.created_at })) })
}

type Fact = Pick<Draft, 'type' | 'data'>

function goodsBack({ id, order_id, note, refund_line_items }: ShopifyRefund, currency: string): Fact[] {
  return refund_line_items
    .filter(({ restock_type }) => restock_type !== 'cancel')
    .map((line) => ({
      type: 'sale.refunded',
      data: {
        refundId: `${id}-${line.id}`,
        orderId: order_id,
        productId: shopifyProductId(line.line_item),
        quantity: line.quantity,
        amountMinor: line.subtotal,
        currency,
        ...reasonOf(note, line.restock_type),
      },
    }))
}

/**
 * The note's reason, where it is one of ours. Else, of goods that Shopify put back into stock, `changed_mind`: of the
 * reasons that say no more, the one whose goods are stock again by default. Else `other`. The note itself may name people,
 * and is not kept.
 */
function reasonOf(note: string | undefined, restockType: string | null | undefined): object {
  const { reason } = refundReason(note)
  const isRestocked = restockType === 'return' || restockType === 'legacy_restock'
  return { reason: reason === 'other' && isRestocked ? 'changed_mind' : reason }
}

function moneyBack({ order_id, refund_shipping_lines, order_adjustments }: ShopifyRefund, currency: string): Fact[] {
  const charge = (code: string, amountMinor: number): Fact[] =>
    amountMinor === 0
      ? []
      : [
          {
            type: 'charge.recorded',
            data: withoutAbsent({
              orderId: order_id,
              code,
              amountMinor,
              currency,
              reversal: code === SHIPPING ? true : undefined,
            }),
          },
        ]
  const postage = refund_shipping_lines ?? []
  const adjustments = (order_adjustments ?? []).filter(({ kind }) => postage.length === 0 || kind !== SHIPPING_REFUND)
  return [
    ...postage.flatMap(({ subtotal_amount_set }) => charge(SHIPPING, 0 - subtotal_amount_set.shop_money.amount)),
    ...adjustments.flatMap(({ kind, amount }) => charge(kind === SHIPPING_REFUND ? SHIPPING : kind, amount)),
  ]
}

const SHIPPING_REFUND = 'shipping_refund'

/** A refund names the shop's currency only inside its amounts. */
function shopCurrencyIn(document: unknown): string | undefined {
  const sets = [
    ['refund_line_items', 'subtotal_set'],
    ['refund_shipping_lines', 'subtotal_amount_set'],
    ['order_adjustments', 'amount_set'],
  ] as const
  for (const [list, set] of sets) {
    const items = fieldOf(document, list)
    if (!Array.isArray(items)) continue
    const code = currencyNamed(fieldOf(fieldOf(items[0], set), 'shop_money'), 'currency_code')
    if (code !== undefined) return code
  }
  return undefined
}
