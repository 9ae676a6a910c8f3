import { Customer, event, Id, Text } from './envelope.ts'

export const productClicked = event('product.clicked', 1, 'Somebody chose a product from a list.', {
  productId: Id,
  sessionId: Id.optional(),
  customer: Customer.optional(),
  /** By which way it was seen, in the source’s words. */
  channel: Text.optional(),
})
