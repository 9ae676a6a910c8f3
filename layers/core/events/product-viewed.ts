import { Customer, event, Id, Text } from './envelope.ts'

export const productViewed = event('product.viewed', 1, 'Somebody looked at a product.', {
  productId: Id,
  sessionId: Id.optional(),
  customer: Customer.optional(),
  channel: Text.optional(),
})
