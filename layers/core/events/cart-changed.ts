import { z } from 'zod'
import { Customer, event, Id } from './envelope.ts'

/** A cart holds `quantity` of a product from now on; 0 takes it out. */
export const cartChanged = event('cart.changed', 1, 'A cart holds this many of a product from now on.', {
  /** Absent: a cart of its own, which nobody can be seen to leave or to buy. */
  cartId: Id.optional(),
  productId: Id,
  /** Units that the cart holds now; 0: the product was taken out. */
  quantity: z.int().min(0).max(1_000_000),
  customer: Customer.optional(),
})
