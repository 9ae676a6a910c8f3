import { MAX_AMOUNT_MINOR, tooLarge } from '#core/events/money.ts'
import { MAX_ORDER_LINES, type StatedLine } from '#core/events/order-changed.ts'
import type { Problem } from '#core/outcome.ts'

export type LinePrice = { unitPriceMinor: number; discountMinor?: number }

/**
 * A line's amount as a price of one unit, to the last minor unit. Where the amount is not a whole multiple of the
 * quantity, the unit price is rounded up and the rest is a discount, so that the line still adds up.
 */
export function linePriceOf(amountMinor: number, quantity: number, discountMinor = 0): LinePrice {
  const unitPriceMinor = Math.ceil(amountMinor / quantity)
  const discount = unitPriceMinor * quantity - amountMinor + discountMinor
  return discount === 0 ? { unitPriceMinor } : { unitPriceMinor, discountMinor: discount }
}

type Units = { readonly quantity: number; readonly unitPriceMinor: number }

/** At one price; at two, a minor unit apart, where only so the units add up to the amount. */
export function evenUnits(amountMinor: number, quantity: number): readonly Units[] {
  const lower = Math.floor(amountMinor / quantity)
  const dearer = amountMinor - lower * quantity
  if (dearer === 0) return [{ quantity, unitPriceMinor: lower }]
  return [
    { quantity: quantity - dearer, unitPriceMinor: lower },
    { quantity: dearer, unitPriceMinor: lower + 1 },
  ]
}

type PricedLine = {
  readonly quantity: number
  readonly unitPriceMinor: number
  readonly discountMinor?: number | undefined
  readonly taxMinor?: number | undefined
}
/** As the document names what it says of a line. */
type LineFields = { readonly quantity: string; readonly discount: string; readonly tax?: string }

/** What the fields of a priced line say together. */
export function linePriceProblems(line: PricedLine, currency: string, fields: LineFields): readonly Problem[] {
  const { quantity, unitPriceMinor, discountMinor = 0, taxMinor = 0 } = line
  if (quantity * unitPriceMinor > MAX_AMOUNT_MINOR)
    return [{ field: fields.quantity, message: `times the price ${tooLarge(currency)}` }]
  if (discountMinor > quantity * unitPriceMinor)
    return [{ field: fields.discount, message: 'is more than the line costs' }]
  if (fields.tax !== undefined && taxMinor > MAX_AMOUNT_MINOR)
    return [{ field: fields.tax, message: tooLarge(currency) }]
  return []
}

const MAX_UNITS = 1_000_000_000

/** What an order's lines say together, by the name of their list. */
export function orderLinesProblems(field: string, lines: readonly StatedLine[]): readonly Problem[] {
  if (lines.length > MAX_ORDER_LINES) {
    return [{ field, message: `has ${lines.length} lines: an order may have ${MAX_ORDER_LINES}` }]
  }
  // Vendors' lines that are one of ours add up.
  if (lines.some(({ quantity }) => quantity > MAX_UNITS)) {
    return [{ field, message: `have more than ${MAX_UNITS} units on one line` }]
  }
  const ids = new Set(lines.map(({ lineId }) => lineId))
  return ids.size === lines.length ? [] : [{ field, message: 'names a line twice' }]
}
