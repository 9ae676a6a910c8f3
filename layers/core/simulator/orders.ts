/** Goods that somebody wants become an order, as far as they are there. */
import { CATEGORIES } from './categories.ts'
import { customerId, ordered } from './customers.ts'
import { emit } from './emit.ts'
import { happens, pickWeighted } from './random.ts'
import { refundLater } from './refunds.ts'
import { STORE_PROFILES } from './store-profiles.ts'
import { CURRENCY, type Run } from './world.ts'

const PAYMENTS = ['upi', 'card', 'cash', 'wallet', 'cod'] as const
const PAYMENT_SHARES = { store: [48, 27, 20, 5, 0], online: [52, 24, 0, 9, 15] } as const
const COUPON_SHARE = 0.08
const COUPON = 0.1

export type Wanted = {
  readonly store: number
  /** -1: nobody knows who it is. */
  readonly customer: number
  readonly slots: readonly number[]
  readonly quantities: readonly number[]
  readonly cartId?: string
  readonly channel: 'store' | 'web' | 'app'
}

/** Records what was wanted and sells what is there; false where nothing is. */
export function sell(run: Run, { store, customer, slots, quantities, cartId, channel }: Wanted): boolean {
  const { world, random } = run
  const { profile, id: storeId } = world.stores[store]!
  const first = world.firstPair[store]!
  const gets: number[] = []
  let lines = 0
  for (let i = 0; i < slots.length; i++) {
    const pair = first + slots[i]!
    const wanted = quantities[i]!
    if (world.wantedToday[pair] === 0) world.pairsToday.push(pair)
    const sold = Math.min(wanted, world.onHand[pair]!)
    world.wantedToday[pair]! += wanted
    world.soldToday[pair]! += sold
    world.onHand[pair]! -= sold
    gets.push(sold)
    if (sold > 0) lines++
  }
  if (lines === 0) return false
  const orderId = `${world.key}-o${(world.counts.orders++).toString(36)}`
  const who = customer < 0 ? undefined : { customer: customerId(customer) }
  if (cartId !== undefined) emit(run, 'checkout.completed', storeId, { cartId, orderId, ...who })
  const { products, priceMinor } = world.assortments[profile]!
  const sells = STORE_PROFILES[profile]!.channel
  const paymentMethod = PAYMENTS[pickWeighted(random, PAYMENT_SHARES[sells])]!
  const off = sells === 'online' && happens(random, COUPON_SHARE) ? COUPON : 0
  let line = 0
  for (let i = 0; i < slots.length; i++) {
    const quantity = gets[i]!
    if (quantity === 0) continue
    const slot = slots[i]!
    const product = world.products[products[slot]!]!
    const unitPriceMinor = priceMinor[slot]!
    const discountMinor = Math.round(off * quantity * unitPriceMinor)
    const paidMinor = quantity * unitPriceMinor - discountMinor
    const { taxRate } = CATEGORIES[product.category]!
    emit(run, 'sale.recorded', storeId, {
      orderId,
      line: ++line,
      lines,
      productId: product.id,
      quantity,
      unitPriceMinor,
      ...(discountMinor > 0 && { discountMinor }),
      taxMinor: Math.round((paidMinor * taxRate) / (1 + taxRate)),
      currency: CURRENCY,
      channel,
      paymentMethod,
      ...who,
    })
    refundLater(run, { store, slot, orderId, quantity, paidMinor, customer })
  }
  if (customer >= 0) ordered(run, store, customer)
  return true
}
