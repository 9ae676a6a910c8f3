/** Amounts of whole lines as prices of units, where the one is no whole multiple of the other. Amounts in minor units. */

export type Units = { readonly quantity: number; readonly unitPriceMinor: number }

/** At one price: rounded up, and the rest is a discount, so that the line still adds up. */
export function discounted(amountMinor: number, quantity: number): Units & { readonly discountMinor?: number } {
  const rest = amountMinor % quantity
  const unitPriceMinor = (amountMinor - rest) / quantity
  if (rest === 0) return { quantity, unitPriceMinor }
  return { quantity, unitPriceMinor: unitPriceMinor + 1, discountMinor: quantity - rest }
}

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
