/**
 * A chain's day as events: 20 stores, 5,000 products, unless it is said (few sell much, most sell little), 20,000 people. Sales, views,
 * carts, clicks, refunds of real orders, deliveries, corrections; each pair of store and product is stocked before its
 * first other event, and every product and store is listed first. The same seed gives the same events.
 */
import { randomFrom } from '#test/chaos/traffic.ts'

/** How many a chain has. */
export type ChainSize = {
  readonly stores: number
  readonly products: number
  /** Units of a product that a store begins with. */
  readonly opening: number
}
const A_CHAIN: ChainSize = { stores: 20, products: 5_000, opening: 100 }
const PEOPLE = 20_000
const CURRENCY = 'INR'
/** Orders that may still be given back, by store. */
const RECENT_ORDERS = 64

export type TrafficEvent = {
  readonly type: string
  readonly id: string
  readonly storeId: string
  readonly data: Readonly<Record<string, unknown>>
}
type Sold = { readonly orderId: string; readonly productId: string; readonly unitPriceMinor: number }

export class RetailTraffic {
  private readonly random: () => number
  private readonly run: string
  private readonly size: ChainSize
  private readonly stocked: Uint8Array
  private readonly sold: Sold[][]
  private readonly productOf: () => number
  private readonly storeOf: () => number
  private n = 0

  /** `run` keeps the ids of several runs apart. */
  constructor(run: string, seed = 1, size = A_CHAIN) {
    this.run = run
    this.size = size
    this.stocked = new Uint8Array(size.stores * size.products)
    this.sold = Array.from({ length: size.stores }, () => [])
    this.random = randomFrom(seed)
    this.productOf = zipf(size.products, 0.9, this.random)
    this.storeOf = zipf(size.stores, 0.6, this.random)
  }

  /** What the merchant says about stores and products, once. */
  *listings(): Generator<TrafficEvent> {
    for (let s = 0; s < this.size.stores; s++) {
      const data = { name: `Shop ${s}`, region: `region-${s % 4}`, currency: CURRENCY, timeZone: 'UTC' }
      yield { type: 'store.listed', id: this.id(), storeId: `shop-${s}`, data }
    }
    for (let p = 0; p < this.size.products; p++) {
      const data = {
        productId: `P${p}`,
        title: `Product ${p}`,
        category: `category-${p % 40}`,
        brand: `brand-${p % 200}`,
      }
      yield { type: 'product.listed', id: this.id(), storeId: '-', data }
    }
  }

  next(): TrafficEvent {
    const s = this.storeOf()
    const p = this.productOf()
    const { type, data } = this.happening(s, p)
    return { type, id: this.id(), storeId: `shop-${s}`, data }
  }

  private id(): string {
    return `${this.run}-${(this.n++).toString(16).padStart(12, '0')}`
  }

  private happening(s: number, p: number): Pick<TrafficEvent, 'type' | 'data'> {
    const productId = `P${p}`
    const pair = s * this.size.products + p
    const dice = this.random()
    if (this.stocked[pair] === 0) {
      this.stocked[pair] = 1
      return { type: 'stock.received', data: { productId, quantity: this.size.opening } }
    }
    if (dice < 0.55) return this.sale(s, productId, 99 + ((p * 7_919) % 20_000))
    if (dice < 0.75) return { type: 'product.viewed', data: { productId, sessionId: `s${this.upTo(50_000)}` } }
    if (dice < 0.84)
      return { type: 'cart.changed', data: { productId, cartId: `c${this.upTo(50_000)}`, quantity: 1 + this.upTo(3) } }
    if (dice < 0.9) return { type: 'product.clicked', data: { productId, sessionId: `s${this.upTo(50_000)}` } }
    if (dice < 0.94) return this.refund(s) ?? this.sale(s, productId, 999)
    if (dice < 0.985) return { type: 'stock.received', data: { productId, quantity: 5 + this.upTo(30) } }
    return { type: 'stock.adjusted', data: { productId, quantity: -1 - this.upTo(2), reason: 'broken' } }
  }

  private sale(s: number, productId: string, unitPriceMinor: number): Pick<TrafficEvent, 'type' | 'data'> {
    const orderId = `o-${this.run}-${this.n}`
    const quantity = this.random() < 0.8 ? 1 : 2 + this.upTo(3)
    const recent = this.sold[s]!
    recent[this.n % RECENT_ORDERS] = { orderId, productId, unitPriceMinor }
    const customer = this.random() < 0.5 ? { customer: `person-${this.upTo(PEOPLE)}` } : undefined
    return {
      type: 'sale.recorded',
      data: { orderId, productId, quantity, unitPriceMinor, currency: CURRENCY, ...customer },
    }
  }

  private refund(s: number): Pick<TrafficEvent, 'type' | 'data'> | undefined {
    const slot = this.upTo(RECENT_ORDERS)
    const sold = this.sold[s]![slot]
    if (sold === undefined) return undefined
    delete this.sold[s]![slot]
    const { orderId, productId, unitPriceMinor } = sold
    const data = { orderId, productId, quantity: 1, amountMinor: unitPriceMinor, currency: CURRENCY }
    return { type: 'sale.refunded', data: { refundId: `r-${orderId}`, ...data, reason: 'changed_mind' } }
  }

  private upTo(count: number): number {
    return Math.floor(this.random() * count)
  }
}

/** Numbers from 0 to `count - 1`, the k-th with a share like 1 / (k + 1)^skew. */
function zipf(count: number, skew: number, random: () => number): () => number {
  const upTo = new Float64Array(count)
  let sum = 0
  for (let k = 0; k < count; k++) upTo[k] = sum += (k + 1) ** -skew
  return () => {
    const x = random() * sum
    let low = 0
    for (let high = count - 1; low < high; ) {
      const middle = (low + high) >> 1
      if (upTo[middle]! < x) low = middle + 1
      else high = middle
    }
    return low
  }
}
