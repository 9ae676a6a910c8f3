/** What was ordered of a product for a store, and what has come of it. */
import type { PurchaseOrderPlaced } from '#core/events/purchase-order-placed.ts'
import type { PurchaseOrderReceived } from '#core/events/purchase-order-received.ts'
import type { StockReceived } from '#core/events/stock-received.ts'
import { dayOfDate } from '#core/metrics/business-time.ts'
import { type Folded, projection } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'

/** Dates are business dates of the store. */
export type PurchaseOrder = Pick<PurchaseOrderPlaced, 'supplierId' | 'quantity' | 'expectedOn'> & {
  readonly id: string
  readonly placedOn: string
  readonly received: number
  /** Of its first delivery, and of its last. */
  readonly firstCameOn?: string
  readonly lastCameOn?: string
}
/** In the order in which they were placed. */
export type PurchaseOrders = { readonly orders: readonly PurchaseOrder[] }
export const NO_ORDERS: PurchaseOrders = { orders: [] }

/** So many are remembered: those that have come go first, then the oldest. */
const MOST_ORDERS = 16

export const purchaseOrders = projection<PurchaseOrders>({
  name: 'purchase-orders',
  version: 1,
  of: ['purchase-order.placed', 'purchase-order.received', 'stock.received'],
  key: ordersKey,
  empty: NO_ORDERS,
  fold: (row, e) => {
    if (e.type === 'purchase-order.placed') return placed(row, e)
    if (e.type === 'stock.received') return cameUnnamed(row, e.data, e.businessDate)
    const { purchaseOrderId, quantity } = e.data as PurchaseOrderReceived
    const at = row.orders.findIndex(({ id }) => id === purchaseOrderId)
    return at < 0 ? row : { orders: row.orders.with(at, came(row.orders[at]!, quantity, e.businessDate)) }
  },
})

/** Undefined: the event is of no order. HOT. */
export function ordersKey(e: Folded): string | undefined {
  const isOf = isOfOrder(e.type) || (e.type === 'stock.received' && isPersonsDelivery(e.data))
  return isOf ? rowKey(e.merchantId, e.storeId, e.data.productId) : undefined
}

export const isOfOrder = (type: string): boolean =>
  type === 'purchase-order.placed' || type === 'purchase-order.received'

/** A second placing of an order replaces the first. */
function placed({ orders }: PurchaseOrders, e: Folded): PurchaseOrders {
  const { purchaseOrderId: id, supplierId, quantity, expectedOn } = e.data as PurchaseOrderPlaced
  const before = orders.find((order) => order.id === id)
  const order: PurchaseOrder = {
    ...(before ?? { received: 0 }),
    id,
    supplierId,
    quantity,
    placedOn: e.businessDate,
    ...(expectedOn !== undefined && { expectedOn }),
  }
  const next = [...orders.filter((one) => one.id !== id), order]
  if (next.length <= MOST_ORDERS) return { orders: next }
  const over = Math.max(0, next.findIndex(hasCome))
  return { orders: next.toSpliced(over, 1) }
}

/** Without a delivery for so long, what is missing of an order that came in part is taken as not to come; or an order of which nothing came. */
const SHORT_FOR_GOOD_DAYS = 14
const LOST_DAYS = 90

const hasCome = ({ quantity, received }: PurchaseOrder): boolean => received >= quantity

/** What of an order says how much of it is still to come. */
export type Waiting = Pick<PurchaseOrder, 'quantity' | 'received' | 'placedOn' | 'lastCameOn'>

/** Units of an order that are still to come. `today`: a date of the store. */
export function outstandingOf(order: Waiting, today: string): number {
  const waits = dayOfDate(today) - dayOfDate(order.lastCameOn ?? order.placedOn)
  const isGivenUp = waits >= (order.lastCameOn === undefined ? LOST_DAYS : SHORT_FOR_GOOD_DAYS)
  return isGivenUp ? 0 : Math.max(0, order.quantity - order.received)
}

/** Units on their way, of all orders. */
export const inboundOf = (orders: readonly Waiting[], today: string): number =>
  orders.reduce((sum, order) => sum + outstandingOf(order, today), 0)

/** Orders of which something is still to come. */
export const waitingOf = ({ orders }: PurchaseOrders, today: string): Waiting[] =>
  orders
    .filter((order) => outstandingOf(order, today) > 0)
    .map(({ quantity, received, placedOn, lastCameOn }) => ({
      quantity,
      received,
      placedOn,
      ...(lastCameOn !== undefined && { lastCameOn }),
    }))

const came = (order: PurchaseOrder, quantity: number, on: string): PurchaseOrder => ({
  ...order,
  received: order.received + quantity,
  firstCameOn: order.firstCameOn ?? on,
  lastCameOn: on,
})

/** Whoever books a delivery by hand names no order: programs that do without tell of it in an event of its own. */
const isPersonsDelivery = ({ purchaseOrderId, reason }: StockReceived): boolean =>
  purchaseOrderId === undefined && reason !== undefined && /^delivery(:|$)/.test(reason)

/** It is of the orders that wait, the oldest first. */
function cameUnnamed(row: PurchaseOrders, { quantity }: StockReceived, on: string): PurchaseOrders {
  let left = quantity
  const orders = row.orders.map((order) => {
    const part = Math.min(left, outstandingOf(order, on))
    left -= part
    return part === 0 ? order : came(order, part, on)
  })
  return left === quantity ? row : { orders }
}
