import { productListing, productListingKey, storeListing, storeListingKey, zoneOf } from '#core/catalogue/listings.ts'
import type { PriceChanged } from '#core/events/price-changed.ts'
import type { StockAdjusted } from '#core/events/stock-adjusted.ts'
import type { StockCounted } from '#core/events/stock-counted.ts'
import type { StockReceived } from '#core/events/stock-received.ts'
import { offsetAt } from '#core/metrics/business-time.ts'
import { COUNTED, type Counted } from '#core/metrics/counted.ts'
import { type Beside, type Derived, type Folded, projection } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'
import {
  merchantSettings,
  productSettings,
  productSettingsKey,
  settingOf,
  settingsKey,
} from '#core/settings/settings.ts'
import { BOOKED, type Booked } from '#core/trade/booked.ts'
import { ALERT_CHANGED, ALERT_OPENED, ALERT_RESOLVED, type AlertFact } from './alerts.ts'
import { type Current, currentAfter } from './current-sums.ts'
import { isOfOrder, ordersKey, purchaseOrders, type Waiting, waitingOf } from './purchase-orders.ts'
import { conditionOf, type StockCondition } from './stock-alert.ts'
import { rhythmOf } from './store-rhythm.ts'
import { storeRhythm, storeRhythmKey } from './store-rhythm-row.ts'
import { thresholdsOf } from './thresholds.ts'
import { NO_VELOCITY, recordSold, unitsPerDay, type Velocity } from './velocity.ts'

/** Units of one product in one store, and how long they last. */
export type Stock = Current & {
  /** Below zero: more was sold than was known to be there. */
  readonly onHand: number
  /** Somebody has said how much is there, by a delivery or a count; else only sales are known. */
  readonly tracked: boolean
  /** Epoch ms of the newest movement, and of the newest count; 0: none yet. */
  readonly movedAt: number
  readonly countedAt: number
  /** Sum of what counts booked: level counted less level known. */
  readonly countedDifference: number
  /** Movements of the last minutes, [epoch ms, units, ...] in log order: a count that comes late leaves them be. */
  readonly recent: readonly number[]
  readonly velocity: Velocity
  readonly priceMinor?: number
  readonly currency?: string
  /** Epoch ms since when it has been the price. */
  readonly pricedAt?: number
  /** Purchase orders on their way: of rows that were written before it, none is known. */
  readonly waiting?: readonly Waiting[]
  readonly alert?: OpenAlert
}
type OpenAlert = StockCondition & { readonly id: string; readonly openedAt: number }

/** How long, and how many, movements are remembered for a count that arrives after them. */
export const RECENT_MS = 5 * 60_000
export const RECENT_MOVEMENTS = 16

export const stockLevel = projection<Stock>({
  name: 'stock',
  version: 2,
  of: [
    BOOKED,
    'stock.received',
    'stock.adjusted',
    'stock.counted',
    'price.changed',
    'purchase-order.placed',
    'purchase-order.received',
  ],
  key: (e) => (e.data.productId === undefined ? undefined : stockKey(e.merchantId, e.storeId, e.data.productId)),
  empty: {
    onHand: 0,
    tracked: false,
    movedAt: 0,
    countedAt: 0,
    countedDifference: 0,
    recent: [],
    velocity: NO_VELOCITY,
  },
  beside: {
    settings: { of: merchantSettings, key: settingsKey },
    ofProduct: { of: productSettings, key: productSettingsKey },
    listing: { of: productListing, key: productListingKey },
    store: { of: storeListing, key: storeListingKey },
    rhythm: { of: storeRhythm, key: storeRhythmKey },
    orders: { of: purchaseOrders, key: ordersKey },
  },
  fold: (row, e, beside) =>
    isOfOrder(e.type) ? awaited(row, e, beside) : withAlert(moved(row, e, beside), row, e, beside),
  derives: (before, after, e) => {
    const facts: Derived[] = alertFacts(before, after!, e)
    const ranOut = before.onHand > 0 && after!.onHand <= 0
    if (ranOut) facts.push({ type: COUNTED, data: stockOutOf(e.data.productId) })
    return facts
  },
  tells: (before, after, e) =>
    before.onHand === after!.onHand &&
    before.alert === after!.alert &&
    before.waiting === after!.waiting &&
    before.today === after!.today &&
    before.priceMinor === after!.priceMinor &&
    before.currency === after!.currency
      ? undefined
      : [{ channel: 'live', topic: 'stock', subject: `${e.storeId}/${e.data.productId}`, data: after! }],
})

export const stockKey = (merchantId: string, storeId: string, productId: string): string =>
  rowKey(merchantId, storeId, productId)

const stockOutOf = (productId: string): Counted => ({ productId, sums: { stockOuts: 1 } })

function moved(row: Stock, e: Folded, beside: Beside): Stock {
  switch (e.type) {
    case BOOKED:
      return bookedMovement(row, e, beside)
    case 'stock.received':
      return {
        ...movedBy((e.data as StockReceived).quantity, awaited(waited(row, e, beside), e, beside), e),
        tracked: true,
      }
    case 'stock.adjusted':
      return movedBy((e.data as StockAdjusted).quantity, waited(row, e, beside), e)
    case 'stock.counted':
      return counted((e.data as StockCounted).level, waited(row, e, beside), e)
    default: {
      const { priceMinor, currency } = e.data as PriceChanged
      return e.at < (row.pricedAt ?? 0) ? row : { ...row, priceMinor, currency, pricedAt: e.at }
    }
  }
}

/** With the orders that are on their way after the event; the same where there is none before or after it. */
function awaited(row: Stock, e: Folded, { orders }: Beside): Stock {
  if (ordersKey(e) === undefined) return row
  const { waiting: before, ...rest } = row
  const waiting = waitingOf(orders, e.businessDate)
  if (waiting.length === 0) return before === undefined ? row : rest
  return { ...row, waiting }
}

function bookedMovement(row: Stock, e: Folded, beside: Beside): Stock {
  const { kind, quantity } = e.data as Booked
  const { today, quarter } = currentAfter(row, e)
  if (kind === 'sale')
    return { ...movedBy(-quantity, row, e), velocity: velocityAfter(row, e, quantity, beside), today, quarter }
  const back = quantity > 0 && isForSaleAgain(e.data, beside) ? movedBy(quantity, waited(row, e, beside), e) : row
  return back === row && today === row.today && quarter === row.quarter ? row : { ...back, today, quarter }
}

const isForSaleAgain = ({ kind, reason }: Booked, { settings }: Beside): boolean =>
  kind !== 'refund' || settingOf(`restock.${reason}` as 'restock.other', settings)

/** The row as it stands when something other than a sale moves it: until then it was there to be sold, or was not. */
function waited(row: Stock, e: Folded, beside: Beside): Stock {
  const velocity = velocityAfter(row, e, 0, beside)
  return velocity === row.velocity ? row : { ...row, velocity }
}

function velocityAfter(row: Stock, e: Folded, sold: number, { settings, store, rhythm }: Beside): Velocity {
  const wasThere = row.onHand > 0 || !row.tracked
  const hours = rhythmOf(rhythm, offsetAt(e.at, zoneOf(store, settings)))
  return recordSold(row.velocity, e.at, sold, wasThere, hours)
}

/**
 * A relative movement. One that happened before the last count, and arrives after it, was in the count already: it moves
 * nothing.
 */
function movedBy(units: number, row: Stock, e: Folded): Stock {
  if (e.at < row.countedAt) return row
  const since = e.at - RECENT_MS
  const recent: number[] = []
  for (let i = Math.max(0, row.recent.length - 2 * (RECENT_MOVEMENTS - 1)); i < row.recent.length; i += 2) {
    if (row.recent[i]! >= since) recent.push(row.recent[i]!, row.recent[i + 1]!)
  }
  recent.push(e.at, units)
  return { ...row, onHand: row.onHand + units, movedAt: Math.max(row.movedAt, e.at), recent }
}

/**
 * An absolute level as of the event's time: what moved after that time, and was applied before, still counts. A count
 * that is older than the last one says nothing new.
 */
function counted(level: number, row: Stock, e: Folded): Stock {
  if (e.at < row.countedAt) return row
  let later = 0
  for (let i = 0; i < row.recent.length; i += 2) if (row.recent[i]! > e.at) later += row.recent[i + 1]!
  const onHand = level + later
  const countedDifference = row.countedDifference + onHand - row.onHand
  return { ...row, onHand, tracked: true, countedAt: e.at, countedDifference }
}

function withAlert(row: Stock, before: Stock, e: Folded, { settings, ofProduct, listing }: Beside): Stock {
  if (row === before) return row
  const known = { onHand: row.onHand, tracked: row.tracked, unitsPerDay: unitsPerDay(row.velocity) }
  const now = conditionOf(known, before.alert, thresholdsOf(settings, listing.category, ofProduct))
  if (now === undefined) {
    if (row.alert === undefined) return row
    const { alert: _, ...calm } = row
    return calm
  }
  if (row.alert?.kind === now.kind)
    return row.alert.severity === now.severity ? row : { ...row, alert: { ...row.alert, ...now } }
  return { ...row, alert: { ...now, id: `${e.id}-${now.kind}`, openedAt: e.at } }
}

/** One alert for each kind: another kind closes the one before and opens its own. */
function alertFacts(before: Stock, after: Stock, e: Folded): Derived[] {
  const [was, is] = [before.alert, after.alert]
  if (was?.id === is?.id && was?.severity === is?.severity) return []
  const fact = (type: string, { id, kind, severity, openedAt }: OpenAlert): Derived => {
    const figures = { onHand: after.onHand, unitsPerDay: unitsPerDay(after.velocity), before: before.onHand }
    const data: AlertFact = {
      alertId: id,
      productId: e.data.productId,
      kind,
      severity,
      openedAt,
      figures,
      becauseOf: e.id,
    }
    return { type, data }
  }
  if (was !== undefined && is?.id === was.id) return [fact(ALERT_CHANGED, is)]
  return [
    ...(was === undefined ? [] : [fact(ALERT_RESOLVED, was)]),
    ...(is === undefined ? [] : [fact(ALERT_OPENED, is)]),
  ]
}
