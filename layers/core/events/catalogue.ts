/** Every type of event there is. Schemas, documents and the consumer's checks are made from this list. */
import { alertAcknowledged } from './alert-acknowledged.ts'
import { campaignClicked } from './campaign-clicked.ts'
import { campaignShown } from './campaign-shown.ts'
import { campaignSpent } from './campaign-spent.ts'
import { cartChanged } from './cart-changed.ts'
import { chargeRecorded } from './charge-recorded.ts'
import { checkoutCompleted } from './checkout-completed.ts'
import { competitorPriceObserved } from './competitor-price-observed.ts'
import { documentDiscarded } from './document-discarded.ts'
import { documentReplayed } from './document-replayed.ts'
import type { EventType } from './envelope.ts'
import { orderChanged } from './order-changed.ts'
import { priceChanged } from './price-changed.ts'
import { productClicked } from './product-clicked.ts'
import { productListed } from './product-listed.ts'
import { productViewed } from './product-viewed.ts'
import { purchaseOrderPlaced } from './purchase-order-placed.ts'
import { purchaseOrderReceived } from './purchase-order-received.ts'
import { rateRecorded } from './rate-recorded.ts'
import { saleCancelled } from './sale-cancelled.ts'
import { saleRecorded } from './sale-recorded.ts'
import { saleRefunded } from './sale-refunded.ts'
import { settingChanged } from './setting-changed.ts'
import { stockAdjusted } from './stock-adjusted.ts'
import { stockCounted } from './stock-counted.ts'
import { stockItemCounted } from './stock-item-counted.ts'
import { stockReceived } from './stock-received.ts'
import { storeListed } from './store-listed.ts'
import { timePassed } from './time-passed.ts'

/** What sources outside may send. */
export const TRADE_EVENTS: readonly EventType[] = [
  orderChanged,
  saleRecorded,
  saleCancelled,
  saleRefunded,
  chargeRecorded,
  stockReceived,
  stockAdjusted,
  stockCounted,
  stockItemCounted,
  productViewed,
  productClicked,
  cartChanged,
  checkoutCompleted,
  campaignShown,
  campaignClicked,
  campaignSpent,
  productListed,
  storeListed,
  priceChanged,
  competitorPriceObserved,
  purchaseOrderPlaced,
  purchaseOrderReceived,
  rateRecorded,
]

/** What only our own doors make: people's decisions and the passing of time. */
const OWN_EVENTS: readonly EventType[] = [
  settingChanged,
  alertAcknowledged,
  timePassed,
  documentReplayed,
  documentDiscarded,
]

export const EVENT_TYPES: ReadonlyMap<string, EventType> = new Map(
  [...TRADE_EVENTS, ...OWN_EVENTS].map((type) => [type.type, type]),
)
