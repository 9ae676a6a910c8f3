/** What is known of purchase orders: what is still on its way, and how long what has come took. */
import type { LocalDay } from './local-day.ts'

/** `purchase-order.placed`, its day that of the store's business date. */
export interface PlacedOrder {
  readonly purchaseOrderId: string
  readonly supplierId: string
  readonly storeId: string
  readonly productId: string
  readonly placedOn: LocalDay
  readonly quantity: number
  /** What the supplier promised. */
  readonly expectedOn?: LocalDay
}

/** `purchase-order.received`: one of an order's deliveries. */
export interface ReceivedOrder {
  readonly purchaseOrderId: string
  readonly receivedOn: LocalDay
  readonly quantity: number
}

/** An order that has come, at least in part. */
export interface LeadTimeSeen extends PlacedOrder {
  /** To its first delivery, 0 or more. */
  readonly leadDays: number
}

export interface InboundOrder extends PlacedOrder {
  /** Still to come. */
  readonly outstanding: number
}

/** After so many days without a delivery what is missing of an order that came in part is taken as not to come. */
const SHORT_FOR_GOOD_DAYS = 14

/** A delivery of an order that nobody placed says nothing, and is left out; a second placing of an order replaces the first. */
export function ordersSeen(
  placed: Iterable<PlacedOrder>,
  received: Iterable<ReceivedOrder>,
  today: LocalDay,
): { readonly leadTimes: readonly LeadTimeSeen[]; readonly inbound: readonly InboundOrder[] } {
  const orders = new Map([...placed].map((order) => [order.purchaseOrderId, order]))
  const deliveries = Map.groupBy(received, ({ purchaseOrderId }) => purchaseOrderId)
  const leadTimes: LeadTimeSeen[] = []
  const inbound: InboundOrder[] = []
  for (const order of orders.values()) {
    const came = deliveries.get(order.purchaseOrderId) ?? []
    const outstanding = order.quantity - came.reduce((sum, { quantity }) => sum + quantity, 0)
    const days = came.map(({ receivedOn }) => receivedOn)
    if (days.length > 0) leadTimes.push({ ...order, leadDays: Math.max(0, Math.min(...days) - order.placedOn) })
    if (outstanding > 0 && (days.length === 0 || today - Math.max(...days) < SHORT_FOR_GOOD_DAYS))
      inbound.push({ ...order, outstanding })
  }
  return { leadTimes, inbound }
}
