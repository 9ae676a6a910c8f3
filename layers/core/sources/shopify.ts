/**
 * Shopify's webhooks: https://shopify.dev/docs/api/webhooks. What they say of orders and refunds is read by
 * `shopify-order.ts` and `shopify-refund.ts`; products and levels of stock here.
 *
 * Which id identifies what (https://shopify.dev/docs/apps/build/webhooks/delivery-structure): `X-Shopify-Webhook-Id` is one
 * delivery, the same in each retry of it. `X-Shopify-Event-Id` is one action of the merchant: deliveries of several topics,
 * and in bulk of several orders, share it, so that it identifies no document. Hence
 * - what happens once has its own number, whatever brought it: an order's creation, its cancellation, a refund;
 * - everything else says how a thing stands, so that saying it twice changes nothing: it is the delivery's id, or, of a
 *   document without headers, topic, number and time.
 *
 * Orders are booked in one store, the connection's, whatever `location_id` an order has at some time: a difference to a
 * version that was booked elsewhere would be booked in two. Levels are kept by location, as `shopify-<location_id>`, since
 * two locations' levels in one store would overwrite each other.
 */
import { z } from 'zod'
import { withoutAbsent } from '#core/absent.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import { type Draft, Instant, SignedInt, type SourceDocument } from '#core/events/envelope.ts'
import { type Outcome, ok, wrong } from '#core/outcome.ts'
import { rowKey } from '#core/row-key.ts'
import { readShopifyOrder, shopifyProductId } from './shopify-order.ts'
import { readShopifyRefund } from './shopify-refund.ts'
import type { Headers, Source, SourceDefaults } from './source.ts'
import { byCurrency, fieldOf, Sku, VendorId, Words } from './vendor-fields.ts'

export const shopify: Source = { name: 'shopify', translate }

function translate(document: unknown, defaults: SourceDefaults, headers: Headers = {}): Outcome<SourceDocument> {
  const topic = headers['x-shopify-topic']
  if (topic === undefined) return wrong('X-Shopify-Topic', 'is a header that is missing: it says what the document is')
  const delivery = headers['x-shopify-webhook-id']
  const said: Said = {
    topic,
    storeId: defaults.storeId ?? 'shopify',
    currency: defaults.currency,
    triggeredAt: headers['x-shopify-triggered-at'],
    idOf: (...natural) => (delivery ? rowKey('delivery', delivery) : rowKey(topic, ...natural)),
  }
  const isTest = headers['x-shopify-test'] === 'true' || fieldOf(document, 'test') === true
  if (isTest || !Object.hasOwn(READERS, topic)) return ok({ drafts: [] })
  return READERS[topic]!(document, said)
}

type Said = {
  readonly topic: string
  readonly storeId: string
  readonly currency: string
  readonly triggeredAt: string | undefined
  /** Identity of a document that states how a thing stands. */
  readonly idOf: (a: string, b?: string, c?: string) => string
}
type Reader = (document: unknown, said: Said) => Outcome<SourceDocument>

const READERS: Readonly<Record<string, Reader>> = {
  'orders/create': order,
  'orders/updated': order,
  'orders/cancelled': order,
  'refunds/create': refund,
  'products/create': product,
  'products/update': product,
  'inventory_levels/update': level,
}

function order(document: unknown, { topic, storeId, idOf }: Said): Outcome<SourceDocument> {
  const read = readShopifyOrder(document, topic, storeId)
  if (!read.ok) return read
  const { orderId, updatedAt, drafts } = read.value
  return ok({ providerId: topic === 'orders/updated' ? idOf(orderId, updatedAt) : rowKey(topic, orderId), drafts })
}

function refund(document: unknown, { topic, storeId, currency }: Said): Outcome<SourceDocument> {
  const read = readShopifyRefund(document, storeId, currency)
  return read.ok ? ok({ providerId: rowKey(topic, read.value.refundId), drafts: read.value.drafts }) : read
}

/** https://shopify.dev/docs/api/admin-rest/latest/resources/product */
const shopifyProduct = byCurrency(({ amount }) =>
  z.object({
    id: VendorId,
    title: Words,
    vendor: Words,
    product_type: Words,
    /** The sample that Shopify sends has none. */
    updated_at: Instant.nullish(),
    variants: z.array(
      z.object({
        id: VendorId,
        title: Words,
        sku: Sku,
        price: amount,
        inventory_item_id: VendorId.nullish(),
      }),
    ),
  }),
)
type ShopifyProduct = z.infer<ReturnType<typeof shopifyProduct>>
type Variant = ShopifyProduct['variants'][number]

/** Each variant is a product of ours. Shopify names no currency here: it is the merchant's. */
function product(document: unknown, { storeId, currency, triggeredAt, idOf }: Said): Outcome<SourceDocument> {
  const parsed = shopifyProduct(currency).safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const { id, updated_at, variants } = parsed.data
  const occurredAt = updated_at ?? triggeredAtOf(triggeredAt)
  const drafts = variants.flatMap((variant): Draft[] => {
    const productId = shopifyProductId({ sku: variant.sku, variant_id: variant.id })
    const place = { storeId, occurredAt }
    return [
      { type: 'product.listed', ...place, data: listingOf(parsed.data, variant, productId, currency) },
      { type: 'price.changed', ...place, data: { productId, priceMinor: variant.price, currency } },
    ]
  })
  return ok({ providerId: idOf(id, occurredAt), drafts })
}

const triggeredAtOf = (header: string | undefined): string | undefined =>
  Instant.safeParse(header).success ? header : undefined

/** What Shopify calls the only variant of a product that has no variants. */
const DEFAULT_TITLE = 'Default Title'

function listingOf(of: ShopifyProduct, variant: Variant, productId: string, currency: string): object {
  const own = variant.title === DEFAULT_TITLE ? undefined : variant.title
  const title = [of.title, own].filter((part) => part !== undefined).join(', ')
  const aliases = [`variant-${variant.id}`]
  if (typeof variant.inventory_item_id === 'string') aliases.push(inventoryAlias(variant.inventory_item_id))
  return withoutAbsent({
    productId,
    isPartial: true,
    title: title === '' ? productId : title.slice(0, 500),
    category: of.product_type,
    brand: of.vendor,
    aliases: aliases.filter((alias) => alias !== productId),
    basePriceMinor: variant.price,
    currency,
  })
}

const inventoryAlias = (inventoryItemId: string): string => `inventory-item-${inventoryItemId}`

/** https://shopify.dev/docs/api/admin-rest/latest/resources/inventorylevel */
const inventoryLevel = z.object({
  inventory_item_id: VendorId,
  location_id: VendorId,
  /** Null: the item's stock is not tracked. */
  available: SignedInt.nullable(),
  updated_at: Instant,
})

function level(document: unknown, { idOf }: Said): Outcome<SourceDocument> {
  const parsed = inventoryLevel.safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const { inventory_item_id, location_id, available, updated_at } = parsed.data
  const providerId = idOf(inventory_item_id, location_id, updated_at)
  if (available === null) return ok({ providerId, drafts: [] })
  const data = { alias: inventoryAlias(inventory_item_id), level: available }
  const storeId = `shopify-${location_id}`
  return ok({
    providerId,
    drafts: [{ type: 'stock-item.counted', storeId, occurredAt: updated_at, data }],
  })
}
