import { Customer, event, Id, Text } from './envelope.ts'

export const productClicked = event('product.clicked', 1, 'Somebody chose a product from a list.', {
  productId: Id,
  sessionId: Id.optional(),
  customer: Customer.optional(),
  channel: Text.optional(),
})
