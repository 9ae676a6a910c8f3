import { Customer, event, Id, Text } from './envelope.ts'

export const productViewed = event('product.viewed', 1, 'Somebody looked at a product.', {
  productId: Id,
  sessionId: Id.optional(),
  customer: Customer.optional(),
  /** By which way it was seen, in the source’s words. */
  channel: Text.optional(),
})
