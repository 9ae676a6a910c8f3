/** A shop with something on every page: two stores, four products, a week of trade, an alert, something set aside. */
import type { EngineApi } from './engine-api.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
export const PASSWORD = 'wobbly tangerine harbour 42'
export const MANAGER = { email: 'meera@shop.example', store: 'north' }

const PRODUCTS = [
  { productId: 'LAMP', title: 'Desk lamp', category: 'Lighting', brand: 'Asha', basePriceMinor: 49_900 },
  { productId: 'KURTA', title: 'Cotton kurta', category: 'Kurtas', brand: 'Asha', basePriceMinor: 99_900 },
  { productId: 'MUG', title: 'Blue mug', category: 'Kitchen', brand: 'Khet', basePriceMinor: 24_900 },
  { productId: 'TEA', title: 'Green tea', category: 'Grocery', brand: 'Khet', basePriceMinor: 19_900 },
]
const STORES = [
  {
    storeId: 'north',
    name: 'High Street',
    city: 'Jaipur',
    region: 'North',
    sizeSqft: 1_200,
    openingHours: '00:00-24:00',
  },
  {
    storeId: 'south',
    name: 'Beach Road',
    city: 'Chennai',
    region: 'South',
    sizeSqft: 800,
    openingHours: '00:00-24:00',
  },
]
const SETTLE_MS = 60_000
const REASONS = ['defective', 'changed_mind', 'wrong_item']

export async function openSmallShop(engine: EngineApi, now = Date.now()): Promise<void> {
  const at = (daysAgo: number, minutesAgo: number) =>
    new Date(now - daysAgo * DAY_MS - minutesAgo * MINUTE_MS).toISOString()
  const collect = async (events: readonly object[]) => {
    const { status, body } = await engine.post('/collect', { events })
    if (status !== 202) throw new Error(`the shop was not taken: ${status} ${JSON.stringify(body).slice(0, 500)}`)
  }
  await collect([
    ...PRODUCTS.map((data) => ({ type: 'product.listed', storeId: '-', data: { ...data, currency: 'INR' } })),
    ...STORES.map(({ storeId, ...data }) => ({
      type: 'store.listed',
      storeId,
      data: { ...data, timeZone: 'Asia/Kolkata', currency: 'INR' },
    })),
  ])
  // A sale's date is of the zone that its store is known to have when it comes in.
  await engine.settled(SETTLE_MS)
  await collect(
    STORES.flatMap(({ storeId }) =>
      PRODUCTS.map(({ productId }) => ({
        type: 'stock.counted',
        id: `count-${storeId}-${productId}`,
        storeId,
        occurredAt: at(8, 0),
        data: { productId, level: productId === 'LAMP' ? 16 : 200 },
      })),
    ),
  )
  // The same every day, a sale in each store every quarter of an hour of the last hour, and refunds of some.
  const trade = [8, 7, 6, 5, 4, 3, 2, 1, 0].flatMap((daysAgo) =>
    STORES.flatMap(({ storeId }, s) =>
      PRODUCTS.flatMap(({ productId, basePriceMinor }, p) => {
        const orderId = `${storeId}-${productId}-${daysAgo}`
        const sale = {
          transaction_id: orderId,
          product_id: productId,
          store_id: storeId,
          customer_id: `person-${p}@example.com`,
          amount: ((basePriceMinor * 2) / 100).toFixed(2),
          quantity: 2,
          timestamp: at(daysAgo, 10 + 5 * p + s),
          payment_method: 'card',
        }
        if (p + (daysAgo % 3) !== 2) return [sale]
        const refund = {
          refund_id: `back-${orderId}`,
          original_transaction_id: orderId,
          product_id: productId,
          store_id: storeId,
          refund_amount: (basePriceMinor / 100).toFixed(2),
          reason: REASONS[(daysAgo + s) % REASONS.length],
          timestamp: at(daysAgo, 5),
        }
        return [sale, refund]
      }),
    ),
  )
  await collect(trade)
  // Of a product that nobody has listed, and a cancellation of an order that nobody has sent.
  await collect([{ ...saleOf('NEW-1', 'north'), timestamp: at(0, 3) }])
  const { status } = await engine.post('/integrations/amazon/webhook', {
    eventType: 'ORDER_CANCELLED',
    asin: 'LAMP',
    orderId: 'never-sent',
  })
  if (status !== 202) throw new Error(`the cancellation was answered ${status}`)
  await engine.post('/integrations', { source: 'generic', label: 'Our bridge', ratePerSecond: 50 })
  const { body: invited } = await engine.post('/users', {
    email: MANAGER.email,
    role: 'store-manager',
    stores: [MANAGER.store],
  })
  const code = new URL(invited.path, engine.address).searchParams.get('code')
  await engine.post('/join', { code, name: 'Meera', password: PASSWORD }, { asStranger: true })
}

const saleOf = (productId: string, storeId: string) => ({
  transaction_id: `T-${productId}`,
  product_id: productId,
  store_id: storeId,
  amount: '99.00',
  quantity: 1,
  payment_method: 'cash',
})
