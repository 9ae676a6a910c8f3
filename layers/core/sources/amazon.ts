/**
 * Amazon's notification ORDER_CHANGE, which its Selling Partner API puts into a queue:
 * https://developer-docs.amazon.com/sp-api/docs/notification-type-values#order_change, and the schema
 * https://github.com/amzn/selling-partner-api-models/blob/main/schemas/notifications/OrderChangeNotification.json
 *
 * It states no price: the catalogue's stands in, marked as an estimate, until the report of orders has it
 * (`amazon-orders-report.ts`). The report knows no order items: in both a line is a SKU, with the units of all its items.
 *
 * - `Pending` and `PendingAvailability` are no sale yet: nobody has paid. The order holds no lines.
 * - `Canceled` and `Unfulfillable` are called off.
 * - Only the whole order is booked (`NotificationLevel: OrderLevel`): one item of it says nothing of the others.
 */
import { z } from 'zod'
import { withoutAbsent } from '#core/absent.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import { Id, Instant, type SourceDocument } from '#core/events/envelope.ts'
import type { OrderChanged, StatedLine } from '#core/events/order-changed.ts'
import { type Outcome, ok } from '#core/outcome.ts'
import { rowKey } from '#core/row-key.ts'
import { type AmazonMarketplace, MARKETPLACE_OF_ID } from './amazon-marketplaces.ts'
import { orderLinesProblems } from './line-price.ts'
import { withSimpleForm } from './simple-form.ts'
import type { Source, SourceDefaults } from './source.ts'
import { fieldOf, Units, Words } from './vendor-fields.ts'

export const amazon: Source = withSimpleForm({ name: 'amazon', translate }, (document) =>
  isNotification(unwrapped(document)),
)

const isNotification = (document: unknown): boolean => fieldOf(document, 'NotificationType') !== undefined

/** A notification travels as text in the `Message` of a topic (SNS) and the `body` of a queue's record (SQS). */
function unwrapped(document: unknown): unknown {
  let inside = document
  for (let depth = 0; depth < 2; depth++) {
    const text = fieldOf(inside, 'Message') ?? fieldOf(inside, 'body')
    if (typeof text !== 'string') return inside
    try {
      inside = JSON.parse(text)
    } catch {
      return inside
    }
  }
  return inside
}

const orderChange = z.object({
  EventTime: Instant,
  Payload: z.object({
    OrderChangeNotification: z.object({
      NotificationLevel: z.string(),
      AmazonOrderId: Id,
      /** The time is null where Amazon knows none. */
      OrderChangeTrigger: z.object({ TimeOfOrderChange: Instant.nullish(), ChangeReason: Words }).nullish(),
      Summary: z.object({
        MarketplaceId: z.string().refine((id) => MARKETPLACE_OF_ID.has(id), 'is no marketplace of Amazon that we know'),
        OrderStatus: z.string().min(1).max(100),
        OrderItems: z.array(z.object({ SellerSKU: Id, Quantity: Units })),
      }),
    }),
  }),
  NotificationMetadata: z.object({ NotificationId: Id }).nullish(),
})
type OrderChange = z.infer<typeof orderChange>

function translate(document: unknown, defaults: SourceDefaults): Outcome<SourceDocument> {
  const notification = unwrapped(document)
  if (fieldOf(notification, 'NotificationType') !== 'ORDER_CHANGE') return ok({ drafts: [] })
  const parsed = orderChange.safeParse(notification)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const { EventTime, Payload, NotificationMetadata } = parsed.data
  const { NotificationLevel, AmazonOrderId, OrderChangeTrigger, Summary } = Payload.OrderChangeNotification
  if (NotificationLevel !== 'OrderLevel') return ok({ drafts: [] })
  const lines = linesOf(Summary)
  const problems = orderLinesProblems('Payload.OrderChangeNotification.Summary.OrderItems', lines)
  if (problems.length > 0) return { ok: false, problems }
  const changedAt = OrderChangeTrigger?.TimeOfOrderChange ?? EventTime
  const order = amazonOrder({
    orderId: AmazonOrderId,
    changedAt,
    status: Summary.OrderStatus,
    lines,
    marketplace: MARKETPLACE_OF_ID.get(Summary.MarketplaceId)!,
    reason: OrderChangeTrigger?.ChangeReason,
  })
  const id = NotificationMetadata?.NotificationId
  return ok({
    providerId:
      id === undefined ? rowKey('order', AmazonOrderId, changedAt, Summary.OrderStatus) : rowKey('notification', id),
    drafts: [{ ...order, storeId: defaults.storeId ?? order.storeId, occurredAt: changedAt }],
  })
}

/** A line for each SKU, with the units of all its items; of no units none. */
function linesOf({ OrderItems }: OrderChange['Payload']['OrderChangeNotification']['Summary']): StatedLine[] {
  const units = new Map<string, number>()
  for (const { SellerSKU, Quantity } of OrderItems) units.set(SellerSKU, (units.get(SellerSKU) ?? 0) + Quantity)
  return [...units]
    .filter(([, quantity]) => quantity > 0)
    .map(([sku, quantity]) => ({ lineId: sku, productId: sku, quantity }))
}

/** Reports write Cancelled. */
const CALLED_OFF = new Set(['Canceled', 'Cancelled', 'Unfulfillable'])
const NO_SALE = new Set(['Pending', 'PendingAvailability'])

export type StatedOrder = {
  readonly orderId: string
  readonly changedAt: string
  readonly status: string
  readonly lines: readonly StatedLine[]
  readonly marketplace: AmazonMarketplace
  readonly currency?: string | undefined
  readonly reason?: string | undefined
}

export const isCalledOff = (status: string): boolean => CALLED_OFF.has(status)

/** A version of an order, whoever states it: notifications and reports must name the same store and lines. */
export const amazonOrder = ({ orderId, changedAt, status, lines, marketplace, currency, reason }: StatedOrder) => ({
  type: 'order.changed',
  storeId: marketplace.storeId,
  data: withoutAbsent({
    orderId,
    changedAt,
    isCancelled: isCalledOff(status),
    lines: NO_SALE.has(status) ? [] : lines,
    currency: currency ?? marketplace.currency,
    reason: isCalledOff(status) ? reason : undefined,
    channel: marketplace.salesChannel,
  } satisfies Partial<{ [K in keyof OrderChanged]: unknown }>),
})
