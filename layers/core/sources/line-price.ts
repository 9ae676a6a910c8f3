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

/** Where a vendor's document states what an event's line cannot hold; names are those of its fields. */
export type LineFields = { readonly quantity: string; readonly discount: string }

/** What the fields of a priced line say together. */
export function linePriceProblems(
  { quantity, unitPriceMinor, discountMinor = 0 }: LinePrice & { readonly quantity: number },
  currency: string,
  fields: LineFields,
): readonly Problem[] {
  if (quantity * unitPriceMinor > MAX_AMOUNT_MINOR)
    return [{ field: fields.quantity, message: `times the price ${tooLarge(currency)}` }]
  if (discountMinor > quantity * unitPriceMinor)
    return [{ field: fields.discount, message: 'is more than the line costs' }]
  return []
}

/** What an order's lines say together, by the name of their list. */
export function orderLinesProblems(field: string, lines: readonly StatedLine[]): readonly Problem[] {
  if (lines.length > MAX_ORDER_LINES) {
    return [{ field, message: `has ${lines.length} lines: an order may have ${MAX_ORDER_LINES}` }]
  }
  const ids = new Set(lines.map(({ lineId }) => lineId))
  return ids.size === lines.length ? [] : [{ field, message: 'names a line twice' }]
}
