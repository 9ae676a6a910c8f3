import type { z } from 'zod'
import { Currency, event, Id, Minor } from './envelope.ts'

export const priceChanged = event('price.changed', 1, 'A product sells at another price from now on.', {
  productId: Id,
  priceMinor: Minor,
  currency: Currency,
})
export type PriceChanged = z.infer<typeof priceChanged.data>
