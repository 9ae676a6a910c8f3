import { z } from 'zod'
import { withoutAbsent } from '#core/absent.ts'
import { Currency, Customer, Id, Instant, type SourceDocument, StoreId, Text } from '#core/events/envelope.ts'
import { MAX_AMOUNT_MINOR, tooLarge } from '#core/events/money.ts'
import { type Outcome, ok, type Problem, wrong } from '#core/outcome.ts'
import { rowKey } from '#core/row-key.ts'
import { readDocument } from './read-document.ts'
import { refundReason } from './refund-reason.ts'
import { currencyOfRegion } from './region-currency.ts'
import type { Source, SourceDefaults } from './source.ts'
import { minorOf, StatedAmount } from './stated-amount.ts'

const EVENT_TYPES = [
  'ORDER_PLACED',
  'ORDER_CANCELLED',
  'RETURN',
  'VIEW',
  'CLICK',
  'CART',
  'PRICE_CHANGED',
  'STOCK_UPDATED',
] as const

/** One document, one product, one event: the form that any marketplace bridge can fill. */
export const simpleForm = z.object({
  /** What happened. */
  eventType: z.enum(EVENT_TYPES),
  /** One of these three names the product. */
  asin: Id.optional(),
  /** The product, in place of `asin`. */
  skuId: Id.optional(),
  /** The product, in place of `asin`. */
  productId: Id.optional(),
  /** Decimal, as a number or as text: 999, 9.99, "9.99". Of one unit; for RETURN of the whole refund. */
  price: StatedAmount.optional(),
  currency: Currency.optional(),
  /** 1 if absent. For STOCK_UPDATED the level that is in stock now. */
  quantity: z.int().min(0).max(1_000_000_000).optional(),
  /** Part of the store's name, where none is given. */
  region: Id.max(100).optional(),
  /** The sender’s own id: a document that bears the same is the same. */
  eventId: Id.optional(),
  orderId: Id.optional(),
  storeId: StoreId.optional(),
  customerId: Customer.optional(),
  sessionId: Id.optional(),
  /** Why it was called off or came back. */
  reason: Text.optional(),
  occurredAt: Instant.optional(),
})
type SimpleForm = z.infer<typeof simpleForm>

/** The simple form as a marketplace sends it. Its store, where none is named, is the connection's, or the marketplace's in that region. */
export const simpleSource = (marketplace: string): Source => ({
  name: marketplace,
  translate: (document, defaults) => translate(document, defaults, marketplace),
})

function translate(
  document: unknown,
  { currency, storeId: present }: SourceDefaults,
  marketplace: string,
): Outcome<SourceDocument> {
  const { whole: form, problems: found, right, isWrong } = readDocument(simpleForm, document)
  // A price is judged in its currency: where that is wrong, neither the region's nor the merchant's stands in for it.
  const priced = isWrong('currency')
    ? priceOf({ ...right, region: undefined }, undefined)
    : priceOf(right, isWrong('region') ? undefined : currency)
  const problems = [...found, ...missingIn(document), ...quantityProblems(right), ...(priced.ok ? [] : priced.problems)]
  if (form === undefined || !priced.ok || problems.length > 0) return { ok: false, problems }
  const productId = (form.productId ?? form.skuId ?? form.asin)!
  const region = form.region?.toLowerCase()
  const storeId = form.storeId ?? present ?? (region === undefined ? marketplace : `${marketplace}-${region}`)
  return ok({
    providerId: providerIdOf(form, storeId, productId),
    drafts: [{ ...eventOf(form, productId, priced.value), storeId, occurredAt: form.occurredAt }],
  })
}

/** What a document cannot do without, by what its event needs: fields that the schema cannot ask for. */
function missingIn(document: unknown): Problem[] {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return []
  const form = document as Partial<Record<keyof SimpleForm, unknown>>
  const has = (...names: (keyof SimpleForm)[]) => names.some((name) => form[name] !== undefined)
  const problems: Problem[] = []
  const need = (field: keyof SimpleForm, isThere: boolean, why: string) => {
    if (!isThere) problems.push({ field, message: `is missing${why}` })
  }
  need('productId', has('productId', 'skuId', 'asin'), ': name the product as productId, skuId or asin')
  switch (form.eventType) {
    case 'ORDER_PLACED':
      need('price', has('price'), ': an order has a price')
      break
    case 'ORDER_CANCELLED':
      need('orderId', has('orderId'), ': say which order was cancelled')
      break
    case 'RETURN':
      need('price', has('price', 'orderId'), ', and without an orderId we cannot look it up')
      break
    case 'PRICE_CHANGED':
      need('price', has('price'), ': say what the price is now')
      break
    case 'STOCK_UPDATED':
      need('quantity', has('quantity'), ': say how many are in stock now')
      break
  }
  return problems
}

const MAX_IN_CART = 1_000_000

function quantityProblems({ eventType, quantity = 1 }: Partial<SimpleForm>): readonly Problem[] {
  if (eventType === undefined || eventType === 'STOCK_UPDATED') return []
  if (eventType === 'CART') {
    return quantity <= MAX_IN_CART ? [] : [{ field: 'quantity', message: `must be ${MAX_IN_CART} or less` }]
  }
  return quantity > 0 ? [] : [{ field: 'quantity', message: 'must be 1 or more' }]
}

type Priced = { readonly minor: number | undefined; readonly currency: string | undefined }

/** The price in minor units of the currency it is in: its own, its region's, or the merchant's (undefined: not known). */
function priceOf(form: Partial<SimpleForm>, ofMerchant: string | undefined): Outcome<Priced> {
  const { eventType, price, quantity = 1, currency, region } = form
  const code = currency ?? (region === undefined ? ofMerchant : currencyOfRegion(region))
  if (price === undefined) return ok({ minor: undefined, currency: code })
  const minor = minorOf('price', price, code)
  const isUnknown = code === undefined && region !== undefined
  const unknown = isUnknown
    ? [{ field: 'currency', message: `is missing, and we do not know the currency of region ${region}` }]
    : []
  if (!minor.ok) return { ok: false, problems: [...minor.problems, ...unknown] }
  const isLine = eventType === 'ORDER_PLACED' || eventType === 'ORDER_CANCELLED'
  if (isLine && minor.value * quantity > MAX_AMOUNT_MINOR) return wrong('quantity', `times price ${tooLarge(code!)}`)
  return ok({ minor: minor.value, currency: code })
}

/** The event's own id; else an order's product and what became of it, once each. Without either each document is new. */
function providerIdOf(form: SimpleForm, storeId: string, productId: string): string | undefined {
  const { eventId, orderId, eventType } = form
  if (eventId !== undefined) return rowKey('event', eventId)
  const isTrade = eventType === 'ORDER_PLACED' || eventType === 'ORDER_CANCELLED' || eventType === 'RETURN'
  return orderId !== undefined && isTrade ? rowKey('order', storeId, orderId, productId, eventType) : undefined
}

/** What happened, in our own words; everything that it needs was found to be there. */
function eventOf(form: SimpleForm, productId: string, { minor, currency }: Priced): { type: string; data: object } {
  const { eventType, orderId, customerId: customer, sessionId, reason, quantity = 1 } = form
  const known = (type: string, data: object) => ({ type, data: withoutAbsent({ productId, customer, ...data }) })
  switch (eventType) {
    case 'ORDER_PLACED':
      return known('sale.recorded', { orderId, quantity, unitPriceMinor: minor, currency })
    case 'ORDER_CANCELLED':
      return known('sale.cancelled', {
        orderId,
        quantity,
        reason,
        ...(minor !== undefined && { unitPriceMinor: minor, currency }),
      })
    case 'RETURN':
      return known('sale.refunded', {
        orderId,
        ...((form.quantity !== undefined || minor === undefined) && { quantity }),
        ...(minor !== undefined && { amountMinor: minor, currency }),
        ...refundReason(reason),
      })
    case 'VIEW':
      return known('product.viewed', { sessionId })
    case 'CLICK':
      return known('product.clicked', { sessionId })
    case 'CART':
      return known('cart.changed', { cartId: sessionId, quantity })
    case 'PRICE_CHANGED':
      return { type: 'price.changed', data: { productId, priceMinor: minor, currency } }
    case 'STOCK_UPDATED':
      return { type: 'stock.counted', data: withoutAbsent({ productId, level: quantity, reason }) }
  }
}

/** A source whose vendor has documents of its own, for which the simple form stays open to bridges. */
export const withSimpleForm = (vendor: Source, isVendors: (document: unknown) => boolean): Source => {
  const simple = simpleSource(vendor.name)
  return {
    name: vendor.name,
    translate: (document, defaults, headers) =>
      (isVendors(document) ? vendor : simple).translate(document, defaults, headers),
  }
}
