/** A shop's day, disordered: orders, returns, views, stock, things that are held; some with the provider's id, some without. */

/** A small seeded generator (mulberry32, T. Ettinger, public domain), so that a failing run can be repeated. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export type Document = {
  readonly path: string
  readonly body: object
  /** The provider names it: sent again it must change nothing. */
  readonly hasId: boolean
}

const HOUR_MS = 3_600_000

export function* traffic(seed: number): Generator<Document, never> {
  const random = randomFrom(seed)
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!
  const product = () => `P${Math.floor(random() ** 2 * 40)}`
  const store = () => `shop-${Math.floor(random() * 6)}`
  let n = 0
  for (;;) {
    n++
    const marketplace = pick(['amazon', 'myntra', 'meesho', 'generic'])
    const path = `/integrations/${marketplace}/webhook`
    const common = {
      productId: product(),
      storeId: store(),
      customerId: `person-${Math.floor(random() * 30)}@example.com`,
    }
    const orderId = `o-${seed}-${n}`
    const dice = random()
    if (dice < 0.4)
      yield {
        path,
        hasId: true,
        body: {
          ...common,
          eventType: 'ORDER_PLACED',
          orderId,
          price: pick([9.99, 20, '3.50']),
          quantity: 1 + Math.floor(random() * 3),
          region: 'IN',
        },
      }
    else if (dice < 0.48)
      yield { path, hasId: false, body: { ...common, eventType: 'ORDER_PLACED', price: 5, quantity: 1, region: 'IN' } }
    else if (dice < 0.56)
      yield {
        path,
        hasId: true,
        body: {
          ...common,
          eventType: 'RETURN',
          orderId,
          price: 9.99,
          region: 'IN',
          reason: pick(['changed_mind', 'defective', 'too small']),
        },
      }
    else if (dice < 0.64) yield { path, hasId: false, body: { ...common, eventType: 'VIEW' } }
    else if (dice < 0.7)
      yield {
        path,
        hasId: true,
        body: { ...common, eventType: 'STOCK_UPDATED', quantity: Math.floor(random() * 50), eventId: `s-${orderId}` },
      }
    else if (dice < 0.74) {
      // Too far ahead: taken, and held.
      const occurredAt = new Date(Date.now() + HOUR_MS).toISOString()
      yield {
        path,
        hasId: true,
        body: { ...common, eventType: 'ORDER_PLACED', price: 1, region: 'IN', eventId: `f-${orderId}`, occurredAt },
      }
    } else if (dice < 0.78) {
      // Of an order that nobody has sent: held.
      yield { path, hasId: true, body: { ...common, eventType: 'ORDER_CANCELLED', orderId: `unknown-${orderId}` } }
    } else {
      const events = Array.from({ length: 1 + Math.floor(random() * 20) }, (_, i) =>
        eventOf(`${orderId}-${i}`, random, product(), store()),
      )
      yield { path: '/collect', hasId: true, body: { events } }
    }
  }
}

function eventOf(id: string, random: () => number, productId: string, storeId: string): object {
  const timestamp = new Date(Date.now() - Math.floor(random() * 20 * 60_000)).toISOString()
  const dice = random()
  if (dice < 0.4)
    return {
      transaction_id: id,
      product_id: productId,
      store_id: storeId,
      amount: '7.77',
      quantity: 2,
      timestamp,
      customer_id: `c${Math.floor(random() * 20)}`,
    }
  if (dice < 0.5)
    return {
      refund_id: id,
      original_transaction_id: `t-${id}`,
      product_id: productId,
      store_id: storeId,
      refund_amount: 3,
      reason: 'defective',
      timestamp,
    }
  if (dice < 0.6) return { inventory_id: id, product_id: productId, store_id: storeId, quantity_change: 5, timestamp }
  if (dice < 0.8) return { type: 'stock.received', id, storeId, data: { productId, quantity: 10 } }
  return { type: 'cart.changed', id, storeId, data: { cartId: `cart-${id}`, productId, quantity: 1 } }
}
