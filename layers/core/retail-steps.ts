/**
 * Everything that is folded, in order: for each event, and for each fact derived from it, the engine runs the steps that
 * name its type from top to bottom. A new projection is a line here; a changed one is a new version of it.
 */
import {
  aliases,
  itemCounts,
  knownStores,
  productAliases,
  productListing,
  storeListing,
  unlisted,
  unlistedProducts,
  unlistedStores,
} from './catalogue/listings.ts'
import { productGroups } from './catalogue/product-groups.ts'
import { alertPlaces } from './inventory/alert-places.ts'
import { closedAlerts, openAlerts } from './inventory/alerts.ts'
import { purchaseOrders } from './inventory/purchase-orders.ts'
import { rankedAlerts } from './inventory/ranked-alerts.ts'
import { stockLevel } from './inventory/stock-level.ts'
import { storeRhythm } from './inventory/store-rhythm-row.ts'
import { allCells } from './metrics/cells.ts'
import { exchangeRates } from './metrics/exchange-rates.ts'
import { measures } from './metrics/measures.ts'
import { tick, watermark } from './metrics/watermark.ts'
import type { Step } from './projection.ts'
import { merchantSettings, productSettings } from './settings/settings.ts'
import { carts } from './trade/carts.ts'
import { customers } from './trade/customers.ts'
import { orderLines } from './trade/order-lines.ts'
import { orderVersions } from './trade/order-versions.ts'
import { orders } from './trade/orders.ts'
import { priceHistory } from './trade/price-history.ts'
import { recentOfProduct } from './trade/recent-of-product.ts'
import { refunds } from './trade/refunds.ts'
import { transactions } from './trade/transactions.ts'

export const retailSteps: readonly Step[] = [
  tick,
  watermark,
  merchantSettings,
  productSettings,
  productListing,
  productGroups,
  aliases,
  productAliases,
  itemCounts,
  storeListing,
  knownStores,
  unlisted,
  unlistedProducts,
  unlistedStores,
  orderVersions,
  orderLines,
  orders,
  customers,
  carts,
  purchaseOrders,
  stockLevel,
  storeRhythm,
  openAlerts,
  rankedAlerts,
  alertPlaces,
  closedAlerts,
  transactions,
  refunds,
  recentOfProduct,
  priceHistory,
  measures,
  ...allCells,
  exchangeRates,
]
