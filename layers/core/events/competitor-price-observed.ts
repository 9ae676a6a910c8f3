import { Currency, event, Id, Minor } from './envelope.ts'

export const competitorPriceObserved = event('competitor-price.observed', 1, 'A competitor asks this price.', {
  productId: Id,
  /** Who asks it. */
  competitor: Id,
  priceMinor: Minor,
  currency: Currency,
})
