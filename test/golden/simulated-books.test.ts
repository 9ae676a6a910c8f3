/** What hangs together: stock, orders, deliveries, customers, and the truth behind them. */
import { describe, expect, it } from 'vitest'
import { DAY_MS } from '#core/metrics/business-time.ts'
import { SETTINGS } from '#core/settings/settings.ts'
import { dateOf, localDay } from '#core/simulator/local-time.ts'
import { type AnyDocument, ofType, simulated, truthOf } from '#test/fixtures/simulated-history.ts'

const told = simulated({ stores: 6, products: 60, days: 70, eventsPerDay: 4_000 })
const at = ({ occurredAt }: AnyDocument) => Date.parse(occurredAt)

describe('stock', () => {
  it('is what the documents say, and never below zero', () => {
    const levels = new Map<string, number>()
    let lowest = 0
    const restocks = (reason: string) => SETTINGS[`restock.${reason}` as 'restock.other'].default
    const moves: Record<string, (data: AnyDocument['data']) => number> = {
      'stock.received': ({ quantity }) => quantity,
      'stock.adjusted': ({ quantity }) => quantity,
      'sale.recorded': ({ quantity }) => -quantity,
      'sale.cancelled': ({ quantity }) => quantity,
      'sale.refunded': ({ quantity, reason }) => (restocks(reason) ? quantity : 0),
    }
    for (const { type, storeId, data } of told.documents) {
      const move = moves[type]
      if (move === undefined) continue
      const key = `${storeId}/${data.productId}`
      const level = (levels.get(key) ?? 0) + move(data)
      lowest = Math.min(lowest, level)
      levels.set(key, level)
    }
    expect(lowest).toBe(0)
    const { stores, products, assortments, firstPair, onHand } = told.world
    for (const [i, { id, profile }] of stores.entries()) {
      for (const [slot, product] of assortments[profile]!.products.entries()) {
        expect(onHand[firstPair[i]! + slot]).toBe(levels.get(`${id}/${products[product]!.id}`))
      }
    }
  })

  it('runs out now and then', () => {
    const demand = truthOf(told, 'demand')
    const wanted = demand.reduce((sum, line) => sum + line.wanted, 0)
    const sold = demand.reduce((sum, line) => sum + line.sold, 0)
    expect(1 - sold / wanted).toBeGreaterThan(0.002)
    expect(1 - sold / wanted).toBeLessThan(0.1)
  })
})

describe('causes come before effects', () => {
  it('goods that come back were sold before, to whoever brings them, and not more of them', () => {
    const left = new Map<string, { units: number; paid: number; at: number; customer: string | undefined }>()
    for (const sale of ofType(told, 'sale.recorded')) {
      const { orderId, productId, quantity, unitPriceMinor, discountMinor = 0, customer } = sale.data
      const paid = quantity * unitPriceMinor - discountMinor
      left.set(`${sale.storeId}/${orderId}/${productId}`, { units: quantity, paid, at: at(sale), customer })
    }
    const back = [...ofType(told, 'sale.refunded'), ...ofType(told, 'sale.cancelled')]
    expect(back.length).toBeGreaterThan(1_000)
    for (const refund of back) {
      const { orderId, productId, quantity, amountMinor = 0, customer } = refund.data
      const sale = left.get(`${refund.storeId}/${orderId}/${productId}`)!
      sale.units -= quantity
      sale.paid -= amountMinor
      expect(sale.units).toBeGreaterThanOrEqual(0)
      expect(sale.paid).toBeGreaterThanOrEqual(0)
      expect(at(refund)).toBeGreaterThan(sale.at)
      expect(customer).toBe(sale.customer)
    }
  })

  it('a delivery follows its order, of that product, when and as much as the truth says', () => {
    const orders = new Map(ofType(told, 'purchase-order.placed').map((order) => [order.data.purchaseOrderId, order]))
    const truths = new Map(truthOf(told, 'purchase-order').map((order) => [order.purchaseOrderId, order]))
    const received = ofType(told, 'purchase-order.received')
    expect(received.length).toBeGreaterThan(500)
    let late = 0
    let short = 0
    for (const delivery of received) {
      const order = orders.get(delivery.data.purchaseOrderId)!
      const truth = truths.get(delivery.data.purchaseOrderId)!
      expect([order.storeId, order.data.productId]).toEqual([delivery.storeId, delivery.data.productId])
      expect(at(order)).toBeLessThan(at(delivery))
      expect([truth.placedAt, truth.deliversAt]).toEqual([at(order), at(delivery)])
      expect([truth.ordered, truth.delivers]).toEqual([order.data.quantity, delivery.data.quantity])
      if (dateOf(localDay(at(delivery))) > order.data.expectedOn) late++
      if (truth.delivers < truth.ordered) short++
    }
    expect([late / received.length > 0.05, short / received.length > 0.02]).toEqual([true, true])
  })

  it('an order completes a cart that was filled, and a cart is bought at most once', () => {
    const carts = new Set(ofType(told, 'cart.changed').map(({ data }) => data.cartId))
    const bought = ofType(told, 'checkout.completed').map(({ data }) => data.cartId)
    expect(new Set(bought).size).toBe(bought.length)
    expect(bought.filter((cart) => !carts.has(cart))).toEqual([])
    // Most carts are left behind, as the field’s surveys find (about 70 %).
    expect(1 - bought.length / carts.size).toBeGreaterThan(0.5)
    expect(1 - bought.length / carts.size).toBeLessThan(0.75)
  })

  it('sells at the price that was last announced', () => {
    const listed = new Map(ofType(told, 'product.listed').map(({ data }) => [data.productId, data.basePriceMinor]))
    const prices = new Map<string, number>()
    for (const { type, storeId, data } of told.documents) {
      const key = `${storeId}/${data.productId}`
      if (type === 'price.changed') prices.set(key, data.priceMinor)
      if (type === 'sale.recorded') expect(data.unitPriceMinor).toBe(prices.get(key) ?? listed.get(data.productId))
    }
  })
})

describe('the truth', () => {
  it('says of each day what was sold, and never less was wanted', () => {
    const sold = new Map<string, number>()
    for (const sale of ofType(told, 'sale.recorded')) {
      const key = `${dateOf(localDay(at(sale)))}/${sale.storeId}/${sale.data.productId}`
      sold.set(key, (sold.get(key) ?? 0) + sale.data.quantity)
    }
    for (const { date, storeId, productId, wanted, sold: units } of truthOf(told, 'demand')) {
      const key = `${date}/${storeId}/${productId}`
      expect(wanted).toBeGreaterThanOrEqual(units)
      expect(sold.get(key) ?? 0).toBe(units)
      sold.delete(key)
    }
    expect(sold.size).toBe(0)
  })

  it('knows who has left: they buy nothing more, others come back', () => {
    const left = new Map(truthOf(told, 'customer-left').map(({ customer, leftAt }) => [customer, leftAt]))
    expect(left.size).toBeGreaterThan(100)
    const orders = new Map<string, Set<string>>()
    for (const sale of ofType(told, 'sale.recorded')) {
      const { customer, orderId } = sale.data
      if (customer === undefined) continue
      expect(at(sale)).toBeLessThanOrEqual(left.get(customer) ?? Infinity)
      orders.set(customer, (orders.get(customer) ?? new Set()).add(orderId))
    }
    const backAgain = [...orders.values()].filter(({ size }) => size > 1).length
    expect(backAgain / orders.size).toBeGreaterThan(0.3)
  })

  it('names what was planted, and where', () => {
    const many = simulated({ stores: 30, products: 60, days: 60, eventsPerDay: 2_000 })
    const anomalies = truthOf(many, 'anomaly')
    expect(new Set(anomalies.map(({ what }) => what))).toEqual(
      new Set(['demand-spike', 'store-outage', 'bad-batch', 'theft']),
    )
    const sales = ofType(many, 'sale.recorded')
    for (const { what, storeId, from, to } of anomalies) {
      if (what !== 'store-outage') continue
      const shut = many.world.stores.find(({ id }) => id === storeId)!
      if (shut.profile === 3) continue // sessions that had begun are carried through
      expect(sales.filter((sale) => sale.storeId === storeId && at(sale) >= from && at(sale) < to)).toEqual([])
    }
    expect(anomalies.every(({ from, to }) => to >= from && to - from < 12 * DAY_MS)).toBe(true)
  })
})
