/** The documents of the point-of-sale world, as they stand: transactions, refunds, inventory movements, one line each. */
import { z } from 'zod'
import { withoutAbsent } from '#core/absent.ts'
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
import { type Outcome, ok, type Problem, wrong } from '#core/outcome.ts'
import { rowKey } from '#core/row-key.ts'
import { type LinePrice, linePriceOf, linePriceProblems } from './line-price.ts'
import { type ReadDocument, readDocument } from './read-document.ts'
import { refundReason } from './refund-reason.ts'
import type { Source, SourceDefaults } from './source.ts'
import { minorOf, StatedAmount } from './stated-amount.ts'

/** Point-of-sale clocks are often local: a time without a zone is refused rather than guessed. */
const line = {
  product_id: Id,
  store_id: Id,
  customer_id: Customer.nullish(),
  currency: Currency.optional(),
  timestamp: Instant,
}

export const posTransaction = z.object({
  /** The sale: one that bears the same is the same. */
  transaction_id: Id,
  ...line,
  /** Of the whole line; or unit_price and quantity. Where all are stated, the amount is what was paid. */
  amount: StatedAmount.optional(),
  unit_price: StatedAmount.optional(),
  quantity: PositiveInt.optional(),
  payment_method: Text.nullish(),
})
export const posRefund = z.object({
  /** The refund: one that bears the same is the same. */
  refund_id: Id,
  /** The sale that it gives back. */
  original_transaction_id: Id.nullish(),
  ...line,
  refund_amount: StatedAmount,
  /** Units; as many as the amount pays for, at least one, if absent. */
  quantity: PositiveInt.optional(),
  /** Why it came back. */
  reason: Text.nullish(),
})
export const posInventory = z.object({
  /** The movement: one that bears the same is the same. */
  inventory_id: Id,
  store_id: Id,
  product_id: Id,
  /** Units; below zero there are fewer than before. */
  quantity_change: SignedInt,
  /** The level there is now, which counts over the change. */
  new_quantity: SignedInt.nullish(),
  /** Why there are more or fewer. */
  reason: Text.nullish(),
  timestamp: Instant,
})

export const pointOfSale: Source = { name: 'pos', translate }

/** Whether a document is one of these three. */
export const isPointOfSale = (document: object): boolean =>
  'transaction_id' in document || 'refund_id' in document || 'inventory_id' in document

function translate(document: unknown, defaults: SourceDefaults): Outcome<SourceDocument> {
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    return wrong('', 'is not a JSON object')
  if ('refund_id' in document) return refund(document, defaults)
  if ('inventory_id' in document) return inventory(document)
  return transaction(document, defaults)
}

/** What its schema found wrong, and what was found after that. */
const refused = (found: readonly Problem[], then: Outcome<unknown>): Outcome<never> => ({
  ok: false,
  problems: then.ok ? found : [...found, ...then.problems],
})

/** Undefined where it was stated and is none. */
const currencyIn = (
  { right, isWrong }: Pick<ReadDocument<{ currency?: string | undefined }>, 'right' | 'isWrong'>,
  defaults: SourceDefaults,
): string | undefined => (isWrong('currency') ? undefined : (right.currency ?? defaults.currency))

/** Lines of one transaction come as documents of their own: the product tells them apart. Each store has its own numbers. */
function transaction(document: object, defaults: SourceDefaults): Outcome<SourceDocument> {
  const read = readDocument(posTransaction, document)
  const currency = currencyIn(read, defaults)
  const price = linePrice(read, currency)
  if (read.whole === undefined || !price.ok) return refused(read.problems, price)
  const { transaction_id, product_id, store_id, customer_id, timestamp, payment_method } = read.whole
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

/** The line's amount, or unit price and quantity, to the last minor unit. */
function linePrice(
  { right, isWrong }: ReadDocument<z.infer<typeof posTransaction>>,
  currency: string | undefined,
): Outcome<LinePrice & { quantity: number }> {
  const { amount, unit_price, quantity = 1 } = right
  if (isWrong('amount') || (amount === undefined && isWrong('unit_price'))) return { ok: false, problems: [] }
  const [field, stated] = amount === undefined ? ['unit_price', unit_price] : ['amount', amount]
  if (stated === undefined) return wrong('amount', 'is missing: state the amount, or unit_price and quantity')
  const minor = minorOf(field!, stated, currency, 'must not be below 0: send a refund instead')
  if (!minor.ok) return minor
  const price = amount === undefined ? { unitPriceMinor: minor.value } : linePriceOf(minor.value, quantity)
  const line = { quantity, ...price }
  const problems = linePriceProblems(line, currency!, { quantity: 'quantity', discount: 'amount' })
  return problems.length === 0 ? ok(line) : { ok: false, problems }
}

function refund(document: object, defaults: SourceDefaults): Outcome<SourceDocument> {
  const read = readDocument(posRefund, document)
  const currency = currencyIn(read, defaults)
  const stated = read.right.refund_amount
  const amount: Outcome<number> =
    stated === undefined ? { ok: false, problems: [] } : minorOf('refund_amount', stated, currency)
  if (read.whole === undefined || !amount.ok) return refused(read.problems, amount)
  const { refund_id, original_transaction_id, product_id, store_id, customer_id, timestamp, reason } = read.whole
  const data = withoutAbsent({
    refundId: refund_id,
    orderId: original_transaction_id ?? undefined,
    productId: product_id,
    quantity: read.whole.quantity,
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
  const { whole, problems, right, isWrong } = readDocument(posInventory, document)
  const isLevel = typeof right.new_quantity === 'number'
  const moved: Outcome<unknown> =
    !isLevel && !isWrong('new_quantity') && right.quantity_change === 0
      ? wrong('quantity_change', 'must not be 0 without a new_quantity')
      : ok(undefined)
  if (whole === undefined || !moved.ok) return refused(problems, moved)
  const { inventory_id, store_id, product_id, quantity_change, new_quantity, timestamp } = whole
  const reason = whole.reason ?? undefined
  const draft = isLevel
    ? { type: 'stock.counted', data: withoutAbsent({ productId: product_id, level: new_quantity, reason }) }
    : { type: 'stock.adjusted', data: withoutAbsent({ productId: product_id, quantity: quantity_change, reason }) }
  const drafts = [{ ...draft, storeId: store_id, occurredAt: timestamp }]
  return ok({ providerId: rowKey('inventory', store_id, inventory_id, product_id, timestamp), drafts })
}
