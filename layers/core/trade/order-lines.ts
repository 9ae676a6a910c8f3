import { withoutAbsent } from '#core/absent.ts'
import { type ProductListing, productListing, productListingKey } from '#core/catalogue/listings.ts'
import { type Stock, stockKey, stockLevel } from '#core/inventory/stock-level.ts'
import { type Beside, CannotApplyError, type Derived, type Folded, projection } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'
import { SALE_CORRECTED } from './booked.ts'
import { KEEP_ORDERS_MS, ORDER_LINE, type OrderLineFact } from './order-versions.ts'

/** One line of an order as it is booked: what all its versions so far add up to. */
export type OrderedLine = {
  /** 0: no longer in the order. */
  readonly quantity: number
  readonly unitPriceMinor: number
  /** Of the whole line. */
  readonly discountMinor: number
  readonly taxMinor: number
  readonly currency: string
  /** The source did not say the price: it is the catalogue's. */
  readonly isEstimated: boolean
  /** Epoch ms at our door. */
  readonly touchedAt: number
}

const NO_LINE: OrderedLine = {
  quantity: 0,
  unitPriceMinor: 0,
  discountMinor: 0,
  taxMinor: 0,
  currency: '',
  isEstimated: false,
  touchedAt: 0,
}

/**
 * Books by their difference the versions in which an order's line comes: units more are sold, units fewer are cancelled at
 * what was paid for them, and whatever then still differs from what the line costs now is a correction.
 */
export const orderLines = projection<OrderedLine>({
  name: 'order-lines',
  version: 1,
  of: [ORDER_LINE],
  key: (e) => rowKey(e.merchantId, e.storeId, e.data.orderId, e.data.lineId, e.data.productId),
  empty: NO_LINE,
  beside: {
    listing: { of: productListing, key: productListingKey },
    stock: { of: stockLevel, key: (e) => stockKey(e.merchantId, e.storeId, e.data.productId) },
  },
  fold: (row, e, beside) => {
    const line = e.data as OrderLineFact
    if (line.isOld) return withOldPrice(row, line)
    if (line.quantity === 0)
      return row.quantity === 0 ? row : { ...row, quantity: 0, discountMinor: 0, taxMinor: 0, touchedAt: e.receivedAt }
    const { currency, quantity } = line
    if (row.currency !== '' && row.currency !== currency) {
      throw new CannotApplyError(
        `order ${line.orderId} was in ${row.currency}: a version of it in ${currency} cannot be compared`,
      )
    }
    const price = priceOf(line, row, beside)
    // What a version leaves open is as it was, of as many units as there are now.
    const open = (minor: number) => shareOf(minor, quantity, row.quantity)
    const discount = line.discountMinor ?? open(row.discountMinor)
    const discountMinor = Math.min(discount, quantity * price.unitPriceMinor)
    const taxMinor = line.taxMinor ?? open(row.taxMinor)
    return { ...price, quantity, discountMinor, taxMinor, currency, touchedAt: e.receivedAt }
  },
  derives: (before, after, e) => differences(before, after!, e),
  expiresAt: (row) => row.touchedAt + KEEP_ORDERS_MS,
})

/** A report of the past knows what was paid, where the newest version does not say. */
function withOldPrice(row: OrderedLine, { unitPriceMinor, currency, quantity, ...line }: OrderLineFact): OrderedLine {
  if (!row.isEstimated || row.quantity === 0 || unitPriceMinor === undefined || currency !== row.currency) return row
  const now = (minor = 0) => shareOf(minor, row.quantity, quantity)
  const [discountMinor, taxMinor] = [now(line.discountMinor), now(line.taxMinor)]
  return { ...row, unitPriceMinor, discountMinor, taxMinor, isEstimated: false }
}

type Price = Pick<OrderedLine, 'unitPriceMinor' | 'isEstimated'>

/** The stated price; else the one that the line has already; else the shop's present price, or the catalogue's. */
function priceOf(line: OrderLineFact, row: OrderedLine, { stock, listing }: Beside): Price {
  const { unitPriceMinor, productId, currency } = line
  if (unitPriceMinor !== undefined) return { unitPriceMinor, isEstimated: false }
  if (row.quantity > 0) return { unitPriceMinor: row.unitPriceMinor, isEstimated: row.isEstimated }
  const { priceMinor, currency: ofPrice } = stock as Stock
  if (priceMinor !== undefined && ofPrice === currency) return { unitPriceMinor: priceMinor, isEstimated: true }
  const { basePriceMinor, currency: ofListing = currency } = listing as ProductListing
  if (basePriceMinor !== undefined && ofListing === currency)
    return { unitPriceMinor: basePriceMinor, isEstimated: true }
  throw new CannotApplyError(
    `order ${line.orderId} states no price of ${productId}, and the catalogue has none in ${currency}: list the product with its price, then replay the document`,
  )
}

const shareOf = (minor: number, units: number, ofUnits: number): number =>
  ofUnits === 0 ? 0 : Math.round((minor * units) / ofUnits)

const paid = ({ quantity, unitPriceMinor, discountMinor }: OrderedLine): number =>
  Math.max(0, quantity * unitPriceMinor - discountMinor)

function differences(was: OrderedLine, is: OrderedLine, e: Folded): readonly Derived[] {
  const { orderId, productId, customer, channel, paymentMethod, reason } = e.data as OrderLineFact
  const { currency } = is
  const facts: Derived[] = []
  const add = (type: string, data: object, part: string) =>
    facts.push({ type, data: withoutAbsent({ orderId, productId, currency, ...data }), part })
  const kept = Math.min(was.quantity, is.quantity)
  const ofKept = (minor: number): number => shareOf(minor, kept, was.quantity)
  let netMinor = ofKept(paid(was))
  let taxMinor = ofKept(was.taxMinor)
  if (was.quantity > kept) {
    const quantity = was.quantity - kept
    add('sale.cancelled', { quantity, amountMinor: paid(was) - netMinor, reason, customer }, 'cancelled')
  }
  if (is.quantity > kept) {
    const { unitPriceMinor } = is
    const quantity = is.quantity - kept
    const discountMinor = Math.min(Math.max(0, is.discountMinor - was.discountMinor), quantity * unitPriceMinor)
    const tax = Math.max(0, is.taxMinor - was.taxMinor)
    const isEstimated = is.isEstimated ? true : undefined
    const sold = {
      quantity,
      unitPriceMinor,
      discountMinor,
      taxMinor: tax,
      isEstimated,
      customer,
      channel,
      paymentMethod,
    }
    add('sale.recorded', sold, 'sold')
    netMinor += quantity * unitPriceMinor - discountMinor
    taxMinor += tax
  }
  // What the line costs now, less all that has been booked of it.
  const amountMinor = kept * (is.unitPriceMinor - was.unitPriceMinor)
  const correction = { amountMinor, discountMinor: netMinor + amountMinor - paid(is), taxMinor: is.taxMinor - taxMinor }
  const isRight = Object.values(correction).every((minor) => minor === 0)
  if (is.quantity > 0 && !isRight) add(SALE_CORRECTED, correction, 'corrected')
  return facts
}
