/**
 * What only the simulator knows: lines for tests and benchmarks, which no model may see. Dates are the chain's local days,
 * instants epoch ms.
 */
export type Truth =
  | {
      readonly kind: 'product'
      readonly productId: string
      readonly category: string
      /** Of demand for price: units are proportional to (price / referencePriceMinor)^elasticity. */
      readonly elasticity: number
      readonly referencePriceMinor: number
      /** Share of the chain's demand before season, price and assortment. */
      readonly popularity: number
      /** Bought with it more often than by chance. */
      readonly companionId?: string
    }
  | {
      readonly kind: 'supplier'
      readonly supplierId: string
      readonly promisedDays: number
      readonly lateShare: number
      readonly shortShare: number
    }
  /** Units that customers wanted and that they got, where they wanted any. */
  | {
      readonly kind: 'demand'
      readonly date: string
      readonly storeId: string
      readonly productId: string
      readonly wanted: number
      readonly sold: number
    }
  | {
      readonly kind: 'purchase-order'
      readonly purchaseOrderId: string
      readonly supplierId: string
      readonly storeId: string
      readonly productId: string
      readonly placedAt: number
      readonly deliversAt: number
      readonly ordered: number
      readonly delivers: number
      /** It was on its way when the world began: its lead time says nothing. */
      readonly opening: boolean
    }
  | { readonly kind: 'customer-left'; readonly customer: string; readonly leftAt: number; readonly orders: number }
  | {
      readonly kind: 'anomaly'
      readonly what: 'demand-spike' | 'store-outage' | 'bad-batch' | 'theft'
      readonly storeId?: string
      readonly productId?: string
      readonly from: number
      readonly to: number
      /** Demand or refunds are so many times the usual; of a theft: units. */
      readonly size: number
    }
  | {
      readonly kind: 'campaign'
      readonly campaignId: string
      readonly productIds: readonly string[]
      readonly from: number
      readonly to: number
      /** Share off the price; demand is uplift times what the price alone makes of it. */
      readonly discount: number
      readonly uplift: number
      /** Chance that somebody who is shown the variant follows it. */
      readonly clickShares: Readonly<Record<string, number>>
    }
  | {
      readonly kind: 'weather'
      readonly date: string
      readonly region: string
      readonly rain: boolean
      readonly temperatureC: number
    }
