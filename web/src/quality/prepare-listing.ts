import { toMinor } from '#core/events/money.ts'
import type { ProductListed } from '#core/events/product-listed.ts'
import type { StoreListed } from '#core/events/store-listed.ts'

/** What somebody writes of a product or store that nobody has listed: text, as it stands in the fields. */
export type ProductFields = Readonly<
  Record<'title' | 'category' | 'brand' | 'supplierId' | 'price' | 'unitCost' | 'currency' | 'packSize', string>
>
export type StoreFields = Readonly<
  Record<'name' | 'city' | 'region' | 'timeZone' | 'currency' | 'openingHours' | 'sizeSqft', string>
>

/** The event that lists it. What is empty is left out; what is no number goes as it is, for the engine to refuse. */
export function productListing(productId: string, fields: ProductFields) {
  const { price, unitCost, packSize, currency, ...texts } = fields
  const data: Record<string, unknown> = {
    productId,
    ...said(texts),
    ...said({ currency: currency.toUpperCase() }),
    ...amount('basePriceMinor', price, currency),
    ...amount('unitCostMinor', unitCost, currency),
    ...(packSize.trim() !== '' && { packSize: numberOr(packSize) }),
  }
  return { type: 'product.listed', storeId: '-', data: data as ProductListed }
}

export function storeListing(storeId: string, { sizeSqft, currency, ...texts }: StoreFields) {
  const data: Record<string, unknown> = {
    ...said(texts),
    ...said({ currency: currency.toUpperCase() }),
    ...(sizeSqft.trim() !== '' && { sizeSqft: numberOr(sizeSqft) }),
  }
  return { type: 'store.listed', storeId, data: data as StoreListed }
}

const said = (fields: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()]])),
  )
const numberOr = (text: string): number | string => (Number.isNaN(Number(text)) ? text.trim() : Number(text))

/** '9.99' of a currency with two digits is 999, exactly; what cannot be it goes as it is, for the engine to say why. */
function amount(name: string, text: string, currency: string): Record<string, number | string> {
  if (text.trim() === '') return {}
  const minor = minorOf(text, currency)
  return { [name]: minor.ok ? minor.value : text.trim() }
}

/** Why it is no amount of this currency; null: it is one, or nothing is said. */
export function amountFault(text: string, currency: string): string | null {
  if (text.trim() === '') return null
  const minor = minorOf(text, currency)
  return minor.ok ? null : minor.problems[0]!.message
}

const minorOf = (text: string, currency: string) =>
  toMinor(text.trim().replace(',', '.'), currency.trim().toUpperCase())
