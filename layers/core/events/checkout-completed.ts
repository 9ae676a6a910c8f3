import { Customer, event, Id } from './envelope.ts'

export const checkoutCompleted = event('checkout.completed', 1, 'A cart became an order.', {
  /** The cart, as `cart.changed` named it. */
  cartId: Id,
  orderId: Id,
  customer: Customer.optional(),
})
