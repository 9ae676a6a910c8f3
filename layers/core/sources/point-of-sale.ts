/** The documents of the point-of-sale world, as they stand: transactions, refunds, inventory movements, one line each. */
import { z } from 'zod'
import { withoutAbsent } from '#core/absent.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import {
  Currency,
  Customer,
  Id,
  Instant,
  PositiveInt,
  SignedInt,
  type SourceDocument,
  Text,
} from '#core/events/envelope.ts'
import { MAX_AMOUNT_MINOR, toMinor, tooLarge } from '#core/events/money.ts'
import { type Outcome, ok, wrong } from '#core/outcome.ts'
import { rowKey } from '#core/row-key.ts'
import { refundReason } from './refund-reason.ts'
import type { Source, SourceDefaults } from './source.ts'

const Decimal = z.union([z.number(), z.string()])
/** Point-of-sale clocks are often local: a time without a zone is refused rather than guessed. */
const line = {
  product_id: Id,
  store_id: Id,
  customer_id: Customer.nullish(),
  currency: Currency.optional(),
  timestamp: Instant,
}

export const posTransaction = z.object({
  transaction_id: Id,
  ...line,
  /** Of the whole line; or unit_price and quantity. Where all are stated, the amount is what was paid. */
  amount: Decimal.optional(),
  unit_price: Decimal.optional(),
  quantity: PositiveInt.optional(),
  payment_method: Text.nullish(),
})
export const posRefund = z.object({
  refund_id: Id,
  original_transaction_id: Id.nullish(),
  ...line,
  refund_amount: Decimal,
  quantity: PositiveInt.optional(),
  reason: Text.nullish(),
})
export const posInventory = z.object({
  inventory_id: Id,
  store_id: Id,
  product_id: Id,
  quantity_change: SignedInt,
  new_quantity: SignedInt.nullish(),
  reason: Text.nullish(),
  timestamp: Instant,
})

export const pointOfSale: Source = { name: 'pos', translate }

/** Whether a document is one of these three. */
export const isPointOfSale = (document: object): boolean =>
  'transaction_id' in document || 'refund_id' in document || 'inventory_id' in document

function translate(document: unknown, defaults: SourceDefaults): Outcome<SourceDocument> {
  if (typeof document !== 'object' || document === null) return wrong('', 'is not a JSON object')
  if ('refund_id' in document) return refund(document, defaults)
  if ('inventory_id' in document) return inventory(document)
  return transaction(document, defaults)
}

/** Lines of one transaction come as documents of their own: the product tells them apart. Each store has its own numbers. */
function transaction(document: object, defaults: SourceDefaults): Outcome<SourceDocument> {
  const parsed = posTransaction.safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const { transaction_id, product_id, store_id, customer_id, timestamp, payment_method, ...t } = parsed.data
  const currency = t.currency ?? defaults.currency
  const price = linePrice(t, currency)
  if (!price.ok) return price
  const data = withoutAbsent({
    orderId: transaction_id,
    productId: product_id,
    ...price.value,
    currency,
    customer: customer_id ?? undefined,
    paymentMethod: payment_method ?? undefined,
    channel: 'pos',
  })
  const drafts = [{ type: 'sale.recorded', storeId: store_id, occurredAt: timestamp, data }]
  return ok({ providerId: rowKey('transaction', store_id, transaction_id, product_id), drafts })
}

type LinePrice = { quantity: number; unitPriceMinor: number; discountMinor?: number }

/**
 * The line's amount to the last minor unit. Where the amount is not a whole multiple of the quantity, the unit price is
 * rounded up and the rest is a discount, so that the line still adds up.
 */
function linePrice(
  { amount, unit_price, quantity = 1 }: Pick<z.infer<typeof posTransaction>, 'amount' | 'unit_price' | 'quantity'>,
  currency: string,
): Outcome<LinePrice> {
  const [field, stated] = amount === undefined ? ['unit_price', unit_price] : ['amount', amount]
  if (stated === undefined) return wrong('amount', 'is missing: state the amount, or unit_price and quantity')
  const minor = toMinor(stated, currency)
  if (!minor.ok) return wrong(field!, minor.problems[0]!.message)
  if (minor.value < 0) return wrong(field!, 'must not be below 0: send a refund instead')
  const line = amount === undefined ? { quantity, unitPriceMinor: minor.value } : lineOf(minor.value, quantity)
  if (line.unitPriceMinor * quantity <= MAX_AMOUNT_MINOR) return ok(line)
  return wrong('quantity', `times the price ${tooLarge(currency)}`)
}

function lineOf(amountMinor: number, quantity: number): LinePrice {
  const rest = amountMinor % quantity
  const unitPriceMinor = (amountMinor - rest) / quantity
  if (rest === 0) return { quantity, unitPriceMinor }
  return { quantity, unitPriceMinor: unitPriceMinor + 1, discountMinor: quantity - rest }
}

function refund(document: object, defaults: SourceDefaults): Outcome<SourceDocument> {
  const parsed = posRefund.safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const { refund_id, original_transaction_id, product_id, store_id, customer_id, timestamp, reason, ...r } = parsed.data
  const currency = r.currency ?? defaults.currency
  const amount = toMinor(r.refund_amount, currency)
  if (!amount.ok) return wrong('refund_amount', amount.problems[0]!.message)
  if (amount.value < 0) return wrong('refund_amount', 'must not be below 0')
  const data = withoutAbsent({
    refundId: refund_id,
    orderId: original_transaction_id ?? undefined,
    productId: product_id,
    quantity: r.quantity,
    amountMinor: amount.value,
    currency,
    ...refundReason(reason ?? undefined),
    customer: customer_id ?? undefined,
  })
  const drafts = [{ type: 'sale.refunded', storeId: store_id, occurredAt: timestamp, data }]
  return ok({ providerId: rowKey('refund', store_id, refund_id, product_id), drafts })
}

/**
 * Where the document states the new level, the level counts: it is right even when the movement was reported by another
 * document too, as a sale is. Some systems use one `inventory_id` for a shelf, so the time is part of the identity.
 */
function inventory(document: object): Outcome<SourceDocument> {
  const parsed = posInventory.safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const { inventory_id, store_id, product_id, quantity_change, new_quantity, timestamp } = parsed.data
  const reason = parsed.data.reason ?? undefined
  const isLevel = typeof new_quantity === 'number'
  if (!isLevel && quantity_change === 0) return wrong('quantity_change', 'must not be 0 without a new_quantity')
  const draft = isLevel
    ? { type: 'stock.counted', data: withoutAbsent({ productId: product_id, level: new_quantity, reason }) }
    : { type: 'stock.adjusted', data: withoutAbsent({ productId: product_id, quantity: quantity_change, reason }) }
  const drafts = [{ ...draft, storeId: store_id, occurredAt: timestamp }]
  return ok({ providerId: rowKey('inventory', store_id, inventory_id, product_id, timestamp), drafts })
}
