/** Orders as a marketplace's bridge posts them: one document each, every one with an id of its own. */
import { randomFrom } from '#test/chaos/traffic.ts'

export const WEBHOOK_PATH = '/integrations/amazon/webhook'
const STORES = 20
const PRODUCTS = 5_000
const PEOPLE = 20_000

/**
 * Order after order as JSON text; `run` keeps the ids of several runs apart. `named`: the share that says who bought; the
 * door gives each new person a token, durably, before it answers.
 */
export function webhookOrders(run: string, named: number): () => string {
  const random = randomFrom(1)
  const pick = (count: number) => Math.floor(random() * count)
  let n = 0
  return () =>
    JSON.stringify({
      eventType: 'ORDER_PLACED',
      orderId: `${run}-${n++}`,
      productId: `P${pick(PRODUCTS)}`,
      storeId: `shop-${pick(STORES)}`,
      price: (9_900 + pick(20_000)) / 100,
      quantity: 1,
      region: 'IN',
      ...(random() < named && { customerId: `person-${pick(PEOPLE)}@example.com` }),
    })
}
