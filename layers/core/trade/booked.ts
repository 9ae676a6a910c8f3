import type { ChargeRecorded } from '#core/events/charge-recorded.ts'
import { MAX_AMOUNT_MINOR } from '#core/events/money.ts'
import type { SaleCancelled } from '#core/events/sale-cancelled.ts'
import type { SaleRecorded } from '#core/events/sale-recorded.ts'
import type { SaleRefunded } from '#core/events/sale-refunded.ts'
import { CannotApplyError, type Folded } from '#core/projection.ts'

/** Derived: a line of trade whose quantity and amount are settled. Everything that counts money or goods folds this. */
export const BOOKED = 'booked'

export type Booked = {
  readonly kind: 'sale' | 'cancellation' | 'refund' | 'charge' | 'correction'
  readonly orderId: string | undefined
  /** Absent for a charge: money without goods. */
  readonly productId: string | undefined
  readonly quantity: number
  /** In minor units. A sale's before discount; negative for a charge in the customer's favour, or a correction downwards. */
  readonly amountMinor: number
  readonly discountMinor: number
  readonly taxMinor: number
  readonly currency: string
  readonly reason: string | undefined
  /** The source's own words, beside a reason of ours. */
  readonly note: string | undefined
  readonly customer: string | undefined
  /** How the goods were sold, or the code of the charge. */
  readonly channel: string | undefined
  readonly paymentMethod: string | undefined
  /** The source has not said the price: it is the catalogue's. */
  readonly isEstimated: true | undefined
  /** The charge or cancellation takes back what was booked before. */
  readonly reversal: boolean
  /** Papers that were counted for the first time with this line, by kind (`orders`, `cancellations`, `documents`). */
  readonly counts: Readonly<Record<string, number>>
}

/** What an order sold of one product: units of all its lines, and what was paid for them, discounts taken off. */
export type OrderLine = {
  readonly productId: string
  readonly quantity: number
  readonly paidMinor: number
  readonly currency: string
}
export type OrderLines = readonly OrderLine[]

/** Facts that the versions of an order derive: sales and cancellations that know more than a source says of them. */
export type Sold = SaleRecorded & Pick<Partial<Booked>, 'isEstimated'>
/** `amountMinor`: what was paid for all its units. */
export type CalledOff = SaleCancelled & Pick<Partial<Booked>, 'amountMinor'>

/** Derived: the price of units that were sold before turns out to be another. Amounts are differences. */
export const SALE_CORRECTED = 'sale.corrected'
export type SaleCorrected = Pick<Booked, 'amountMinor' | 'discountMinor' | 'taxMinor' | 'currency'> & {
  readonly orderId: string
  readonly productId: string
}

const NOTHING_MORE = {
  orderId: undefined,
  productId: undefined,
  discountMinor: 0,
  taxMinor: 0,
  reason: undefined,
  note: undefined,
  customer: undefined,
  channel: undefined,
  paymentMethod: undefined,
  isEstimated: undefined,
  reversal: false,
}

/**
 * The event as a booked line. `lines`: the order's, for an event that leaves its price or quantity to the order.
 * @throws CannotApplyError when the amount is neither stated nor known from the order, or leaves the safe range.
 */
export function book(e: Folded, lines: OrderLines, counts: Booked['counts']): Booked | undefined {
  switch (e.type) {
    case 'sale.recorded':
      return bookSale(e.data as Sold, counts)
    case 'sale.cancelled':
      return bookCancellation(e.data as CalledOff, lines, counts)
    case 'sale.refunded':
      return bookRefund(e.data as SaleRefunded, lines, counts)
    case SALE_CORRECTED:
      return bookCorrection(e.data as SaleCorrected, counts)
    case 'charge.recorded':
      return bookCharge(e.data as ChargeRecorded, counts)
    default:
      return undefined
  }
}

function bookSale(sale: Sold, counts: Booked['counts']): Booked {
  const { orderId, productId, quantity, unitPriceMinor, currency, customer, channel, paymentMethod, isEstimated } = sale
  const amountMinor = times(quantity, unitPriceMinor)
  const { discountMinor = 0, taxMinor = 0 } = sale
  const line = { orderId, productId, quantity, amountMinor, discountMinor, taxMinor, currency }
  return { ...NOTHING_MORE, kind: 'sale', ...line, customer, channel, paymentMethod, isEstimated, counts }
}

function bookCancellation(cancelled: CalledOff, lines: OrderLines, counts: Booked['counts']): Booked {
  const { orderId, productId, quantity, unitPriceMinor, reason, customer } = cancelled
  const line = lineOf(lines, productId)
  const stated = cancelled.amountMinor ?? (unitPriceMinor === undefined ? undefined : times(quantity, unitPriceMinor))
  const { amountMinor, currency } =
    stated === undefined
      ? paidFor(quantity, line, cancelled)
      : { amountMinor: stated, currency: currencyOf(cancelled, line) }
  const goods = { orderId, productId, quantity, amountMinor, currency, reason, customer }
  return { ...NOTHING_MORE, kind: 'cancellation', ...goods, reversal: true, counts }
}

function bookRefund(refund: SaleRefunded, lines: OrderLines, counts: Booked['counts']): Booked {
  const { orderId, productId, reason, note, customer } = refund
  // Without an order the lines are those of whatever paper bears the refund's own id.
  const line = orderId === undefined ? undefined : lineOf(lines, productId)
  const { amountMinor, currency } =
    refund.amountMinor === undefined
      ? paidFor(refund.quantity ?? 1, line, refund)
      : { amountMinor: refund.amountMinor, currency: currencyOf(refund, line) }
  const quantity = refund.quantity ?? unitsFor(amountMinor, currency, line)
  const goods = { orderId, productId, quantity, amountMinor, currency, reason, note, customer }
  return { ...NOTHING_MORE, kind: 'refund', ...goods, counts }
}

/** A refund of money alone says nothing of goods: as many as it pays for at the order's price, at least one. */
function unitsFor(amountMinor: number, currency: string, line: OrderLine | undefined): number {
  if (line === undefined || line.paidMinor === 0 || line.currency !== currency) return 1
  return Math.min(line.quantity, Math.max(1, Math.round(amountMinor / (line.paidMinor / line.quantity))))
}

function bookCorrection(corrected: SaleCorrected, counts: Booked['counts']): Booked {
  const { amountMinor, discountMinor, taxMinor, orderId } = corrected
  if ([amountMinor, discountMinor, taxMinor].some((minor) => Math.abs(minor) > MAX_AMOUNT_MINOR))
    throw new CannotApplyError(`a version of order ${orderId} changes an amount by more than one line may cost`)
  return { ...NOTHING_MORE, ...corrected, kind: 'correction', quantity: 0, counts }
}

function bookCharge(charge: ChargeRecorded, counts: Booked['counts']): Booked {
  const { orderId, code, amountMinor, currency, note, customer, reversal = false } = charge
  return {
    ...NOTHING_MORE,
    kind: 'charge',
    orderId,
    quantity: 0,
    amountMinor,
    currency,
    note,
    customer,
    channel: code,
    reversal,
    counts,
  }
}

const lineOf = (lines: OrderLines, productId: string): OrderLine | undefined =>
  lines.find((line) => line.productId === productId)

type Unpriced = {
  readonly orderId?: string | undefined
  readonly productId: string
  readonly currency?: string | undefined
}

/** The share of what was paid that so many units are worth; of all units, all of it. */
function paidFor(
  quantity: number,
  line: OrderLine | undefined,
  { orderId, productId, currency }: Unpriced,
): { amountMinor: number; currency: string } {
  if (line === undefined) {
    throw new CannotApplyError(
      `no price is stated, and no sale of ${productId} in order ${orderId ?? '(none)'} is known: send the order first, or the price`,
    )
  }
  if (currency !== undefined && currency !== line.currency) {
    throw new CannotApplyError(`${productId} was sold in ${line.currency}: state the price in ${currency}`)
  }
  if (quantity > line.quantity) {
    throw new CannotApplyError(
      `order ${orderId} is known to have ${line.quantity} of ${productId}, not ${quantity}: state the price if there were more`,
    )
  }
  const whole = Math.floor(line.paidMinor / line.quantity)
  const rest = line.paidMinor % line.quantity
  const amountMinor = times(quantity, whole) + Math.round((rest * quantity) / line.quantity)
  return { amountMinor, currency: line.currency }
}

function currencyOf({ productId, currency }: Unpriced, line: OrderLine | undefined): string {
  const known = currency ?? line?.currency
  if (known === undefined) {
    throw new CannotApplyError(`the price of ${productId} is without a currency, and no order is known to have one`)
  }
  return known
}

/** Doors refuse a line beyond the bound; only an order's own price times another quantity can still exceed it here. */
function times(quantity: number, unitPriceMinor: number): number {
  const amount = quantity * unitPriceMinor
  if (amount > MAX_AMOUNT_MINOR)
    throw new CannotApplyError(`${quantity} times ${unitPriceMinor} is too much for one line`)
  return amount
}
