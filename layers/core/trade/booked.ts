import type { ChargeRecorded } from '#core/events/charge-recorded.ts'
import type { SaleCancelled } from '#core/events/sale-cancelled.ts'
import type { SaleRecorded } from '#core/events/sale-recorded.ts'
import type { SaleRefunded } from '#core/events/sale-refunded.ts'
import { CannotApplyError, type Folded } from '#core/projection.ts'

/** Derived: a line of trade whose quantity and amount are settled. Everything that counts money or goods folds this. */
export const BOOKED = 'booked'

export type Booked = {
  readonly kind: 'sale' | 'cancellation' | 'refund' | 'charge'
  readonly orderId: string | undefined
  /** Absent for a charge: money without goods. */
  readonly productId: string | undefined
  readonly quantity: number
  /** In minor units. A sale's before discount; never negative but for a charge in the customer's favour. */
  readonly amountMinor: number
  readonly discountMinor: number
  readonly taxMinor: number
  readonly currency: string
  readonly reason: string | undefined
  readonly customer: string | undefined
  /** How the goods were sold, or the code of the charge. */
  readonly channel: string | undefined
  readonly paymentMethod: string | undefined
  /** The charge or cancellation takes back what was booked before. */
  readonly reversal: boolean
  /** Papers that were counted for the first time with this line, by kind (`orders`, `cancellations`, `documents`). */
  readonly counts: Readonly<Record<string, number>>
}

/** What an order sold of one product, at the price of its latest line. */
export type OrderLine = { readonly quantity: number; readonly unitPriceMinor: number; readonly currency: string }
export type OrderLines = Readonly<Record<string, OrderLine>>

const NOTHING_MORE = {
  orderId: undefined,
  productId: undefined,
  discountMinor: 0,
  taxMinor: 0,
  reason: undefined,
  customer: undefined,
  channel: undefined,
  paymentMethod: undefined,
  reversal: false,
}

/**
 * The event as a booked line. `lines`: the order's, for an event that leaves its price or quantity to the order.
 * @throws CannotApplyError when the amount is neither stated nor known from the order, or leaves the safe range.
 */
export function book(e: Folded, lines: OrderLines, counts: Booked['counts']): Booked | undefined {
  switch (e.type) {
    case 'sale.recorded':
      return bookSale(e.data as SaleRecorded, counts)
    case 'sale.cancelled':
      return bookCancellation(e.data as SaleCancelled, lines, counts)
    case 'sale.refunded':
      return bookRefund(e.data as SaleRefunded, lines, counts)
    case 'charge.recorded':
      return bookCharge(e.data as ChargeRecorded, counts)
    default:
      return undefined
  }
}

function bookSale(sale: SaleRecorded, counts: Booked['counts']): Booked {
  const { orderId, productId, quantity, unitPriceMinor, currency, customer, channel, paymentMethod } = sale
  const amountMinor = times(quantity, unitPriceMinor)
  const { discountMinor = 0, taxMinor = 0 } = sale
  const line = { orderId, productId, quantity, amountMinor, discountMinor, taxMinor, currency }
  return { ...NOTHING_MORE, kind: 'sale', ...line, customer, channel, paymentMethod, counts }
}

function bookCancellation(cancelled: SaleCancelled, lines: OrderLines, counts: Booked['counts']): Booked {
  const { orderId, productId, quantity, reason, customer } = cancelled
  const { unitPriceMinor, currency } = priceOf(cancelled, cancelled.unitPriceMinor, lines)
  const amountMinor = times(quantity, unitPriceMinor)
  const line = { orderId, productId, quantity, amountMinor, currency, reason, customer }
  return { ...NOTHING_MORE, kind: 'cancellation', ...line, reversal: true, counts }
}

function bookRefund(refund: SaleRefunded, lines: OrderLines, counts: Booked['counts']): Booked {
  const { orderId, productId, reason, customer } = refund
  const line = lines[productId]
  let { quantity, amountMinor } = refund
  let currency = refund.currency ?? line?.currency
  if (amountMinor === undefined) {
    const price = priceOf(refund, undefined, lines)
    quantity ??= 1
    amountMinor = times(quantity, price.unitPriceMinor)
    currency = price.currency
  }
  // A refund of money alone says nothing of goods: as many as it pays for, at least one.
  quantity ??=
    line === undefined || line.unitPriceMinor === 0
      ? 1
      : Math.min(line.quantity, Math.max(1, Math.round(amountMinor / line.unitPriceMinor)))
  if (currency === undefined)
    throw new CannotApplyError(`the refund of ${productId} has no currency, and its order none`)
  return {
    ...NOTHING_MORE,
    kind: 'refund',
    orderId,
    productId,
    quantity,
    amountMinor,
    currency,
    reason,
    customer,
    counts,
  }
}

function bookCharge(charge: ChargeRecorded, counts: Booked['counts']): Booked {
  const { orderId, code, amountMinor, currency, customer, reversal = false } = charge
  return {
    ...NOTHING_MORE,
    kind: 'charge',
    orderId,
    quantity: 0,
    amountMinor,
    currency,
    customer,
    channel: code,
    reversal,
    counts,
  }
}

function priceOf(
  { orderId, productId, currency }: { orderId?: string | undefined; productId: string; currency?: string | undefined },
  stated: number | undefined,
  lines: OrderLines,
): { unitPriceMinor: number; currency: string } {
  const line = lines[productId]
  if (stated !== undefined && currency !== undefined) return { unitPriceMinor: stated, currency }
  if (line === undefined) {
    throw new CannotApplyError(
      `no price is stated, and no sale of ${productId} in order ${orderId ?? '(none)'} is known: send the order first, or the price`,
    )
  }
  return { unitPriceMinor: stated ?? line.unitPriceMinor, currency: currency ?? line.currency }
}

function times(quantity: number, unitPriceMinor: number): number {
  const amount = quantity * unitPriceMinor
  if (!Number.isSafeInteger(amount))
    throw new CannotApplyError(`${quantity} times ${unitPriceMinor} is too much to count`)
  return amount
}
