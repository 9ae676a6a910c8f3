import { z } from 'zod'
import { withoutAbsent } from '#core/absent.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import { Currency, Customer, Id, Instant, type SourceDocument, Text } from '#core/events/envelope.ts'
import { toMinor } from '#core/events/money.ts'
import { type Outcome, ok, wrong } from '#core/outcome.ts'
import { refundReason } from './refund-reason.ts'
import { currencyOfRegion } from './region-currency.ts'
import type { Source, SourceDefaults } from './source.ts'

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
  eventType: z.enum(EVENT_TYPES),
  /** One of these three names the product. */
  asin: Id.optional(),
  skuId: Id.optional(),
  productId: Id.optional(),
  /** Decimal, as a number or as text: 999, 9.99, "9.99". Of one unit; for RETURN of the whole refund. */
  price: z.union([z.number(), z.string()]).optional(),
  currency: Currency.optional(),
  /** 1 if absent. For STOCK_UPDATED the level that is in stock now. */
  quantity: z.int().min(0).max(1_000_000_000).optional(),
  region: Text.min(1).optional(),
  eventId: Id.optional(),
  orderId: Id.optional(),
  storeId: Id.optional(),
  customerId: Customer.optional(),
  sessionId: Id.optional(),
  reason: Text.optional(),
  occurredAt: Instant.optional(),
})
type SimpleForm = z.infer<typeof simpleForm>

/** The simple form as a marketplace sends it. Its store, where none is named, is the marketplace's in that region. */
export const simpleSource = (marketplace: string): Source => ({
  name: marketplace,
  translate: (document, defaults) => translate(document, defaults, marketplace),
})

function translate(document: unknown, { currency }: SourceDefaults, marketplace: string): Outcome<SourceDocument> {
  const parsed = simpleForm.safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const form = parsed.data
  const productId = form.productId ?? form.skuId ?? form.asin
  if (productId === undefined) return wrong('productId', 'is missing: name the product as productId, skuId or asin')
  const ofRegion = form.region === undefined ? undefined : currencyOfRegion(form.region)
  if (form.price !== undefined && form.currency === undefined && form.region !== undefined && ofRegion === undefined) {
    return wrong('currency', `is missing, and we do not know the currency of region ${form.region}`)
  }
  const data = dataOf(form, productId, form.currency ?? ofRegion ?? currency)
  if (!data.ok) return data
  const region = form.region?.toLowerCase()
  return ok({
    providerId: providerIdOf(form, productId),
    drafts: [
      {
        ...data.value,
        storeId: form.storeId ?? (region === undefined ? marketplace : `${marketplace}-${region}`),
        occurredAt: form.occurredAt,
      },
    ],
  })
}

/** The event's own id; else an order's product and what became of it, once each. Without either each document is new. */
function providerIdOf({ eventId, orderId, eventType }: SimpleForm, productId: string): string | undefined {
  if (eventId !== undefined) return `event:${eventId}`
  const isTrade = eventType === 'ORDER_PLACED' || eventType === 'ORDER_CANCELLED' || eventType === 'RETURN'
  return orderId !== undefined && isTrade ? `order:${orderId}:${productId}:${eventType}` : undefined
}

function dataOf(form: SimpleForm, productId: string, currency: string): Outcome<{ type: string; data: object }> {
  const { eventType, orderId, customerId: customer, sessionId, reason } = form
  const quantity = form.quantity ?? 1
  if (quantity === 0 && eventType !== 'STOCK_UPDATED' && eventType !== 'CART')
    return wrong('quantity', 'must be 1 or more')
  const price = form.price === undefined ? ok(undefined) : toMinor(form.price, currency)
  if (!price.ok) return wrong('price', price.problems[0]!.message)
  if (price.value !== undefined && price.value < 0) return wrong('price', 'must not be below 0')
  const minor = price.value
  const known = <T extends object>(type: string, data: T) =>
    ok({ type, data: withoutAbsent({ productId, customer, ...data }) })
  switch (eventType) {
    case 'ORDER_PLACED':
      if (minor === undefined) return wrong('price', 'is missing: an order has a price')
      return known('sale.recorded', { orderId, quantity, unitPriceMinor: minor, currency })
    case 'ORDER_CANCELLED':
      if (orderId === undefined) return wrong('orderId', 'is missing: say which order was cancelled')
      return known('sale.cancelled', {
        orderId,
        quantity,
        reason,
        ...(minor !== undefined && { unitPriceMinor: minor, currency }),
      })
    case 'RETURN':
      if (minor === undefined && orderId === undefined)
        return wrong('price', 'is missing, and without an orderId we cannot look it up')
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
      if (minor === undefined) return wrong('price', 'is missing: say what the price is now')
      return ok({ type: 'price.changed', data: { productId, priceMinor: minor, currency } })
    case 'STOCK_UPDATED':
      if (form.quantity === undefined) return wrong('quantity', 'is missing: say how many are in stock now')
      return ok({ type: 'stock.counted', data: withoutAbsent({ productId, level: form.quantity, reason }) })
  }
}
