/** What is known of each product in each store on a morning, page by page over all rows of stock. */
import { currencyOf, type ProductListing } from '#core/catalogue/listings.ts'
import { HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { outstandingOf, type PurchaseOrders } from '#core/inventory/purchase-orders.ts'
import { type Stock, stockLevel } from '#core/inventory/stock-level.ts'
import { dayOfDate } from '#core/metrics/business-time.ts'
import type { StateStore } from '#core/ports.ts'
import type { DayForecast, ReorderTask } from '#core/reorders/reorder-policy.ts'
import type { Money, ReorderPlace } from '#core/reorders/reorder-row.ts'
import { partsOf } from '#core/row-key.ts'
import { type ProductSettingsRow, type SettingsRow, settingOf } from '#core/settings/settings.ts'
import { readProductSettings, readProducts, readStores } from './read-catalogue.ts'
import { readPurchaseOrders } from './read-order-times.ts'
import { pairOf, type ReorderHistory } from './read-reorder-history.ts'
import { rowsUnder } from './rows-under.ts'

export type AskedQuestion = {
  readonly question: ReorderTask['questions'][number]
  readonly money: Money
  /** Purchase orders that the question knows of. */
  readonly orderIds: readonly string[]
}

export type AboutMorning = {
  readonly merchantId: string
  readonly settings: SettingsRow
  readonly history: ReorderHistory
  /** The merchant's date, and the share of it that is still to come. */
  readonly today: string
  readonly dayLeft: number
}

type Known = ReorderPlace & {
  /** Absent: nothing ever moved it there. */
  readonly stock?: Stock
  readonly listing: ProductListing
  readonly ofProduct: ProductSettingsRow | undefined
  readonly orders: PurchaseOrders
  /** Of the store. */
  readonly currency: string
}

/** What was forecast of something that has no row of stock comes last. */
export async function* questionPages(state: StateStore, about: AboutMorning): AsyncGenerator<readonly AskedQuestion[]> {
  const { merchantId, settings, history } = about
  const stores = await readStores(state, merchantId)
  const left = new Set(history.week.keys())
  const ask = async (places: readonly (ReorderPlace & { readonly stock?: Stock })[]): Promise<AskedQuestion[]> => {
    const ids = places.map(({ productId }) => productId)
    const listings = await readProducts(state, merchantId, ids)
    const ofProducts = await readProductSettings(state, merchantId, ids)
    const orders = await readPurchaseOrders(state, merchantId, places)
    return places.map((place, nth) => {
      left.delete(pairOf(place.storeId, place.productId))
      const listing = listings.get(place.productId) ?? {}
      const ofProduct = ofProducts.get(place.productId)
      const currency = currencyOf(stores.get(place.storeId) ?? {}, settings)
      return asked({ ...place, listing, ofProduct, orders: orders[nth]!, currency }, about)
    })
  }
  for await (const page of rowsUnder<Stock>(state, stockLevel.name, merchantId))
    yield ask(
      page.map(({ key, row: stock }) => {
        const [, storeId, productId] = partsOf(key) as [string, string, string]
        return { storeId, productId, stock }
      }),
    )
  yield ask(
    [...left].map((pair) => {
      const [storeId, productId] = JSON.parse(pair) as [string, string]
      return { storeId, productId }
    }),
  )
}

function asked(known: Known, { settings, history, today, dayLeft }: AboutMorning): AskedQuestion {
  const { storeId, productId, stock, listing, ofProduct, orders } = known
  const { category, subCategory, supplierId, packSize, minOrder, shelfLifeDays, unitCostMinor } = listing
  const currency = listing.currency ?? known.currency
  const week = history.week.get(pairOf(storeId, productId))
  const age = dayOfDate(today) - dayOfDate(history.forecastsOf)
  const capacityUnits = settingOf('shelfCapacityUnits', settings, category, ofProduct)
  const promisedDays = settingOf('supplierLeadDays', settings, category, ofProduct)
  const hasBudget = settingOf('reorderBudgetMinor', settings) > 0
  const isSpendable = !hasBudget || currency === settingOf('currency', settings)
  const inbound = orders.orders.flatMap((order) => {
    const outstanding = outstandingOf(order, today)
    return outstanding === 0 ? [] : [{ outstanding, placedOn: dayOfDate(order.placedOn) }]
  })
  const question: AskedQuestion['question'] = {
    storeId,
    productId,
    category,
    subCategory,
    supplierId,
    packSize,
    minOrder,
    shelfLifeDays,
    inbound,
    sales: history.sales.get(pairOf(storeId, productId)) ?? { currency, revenueMinor: 0, weeklyUnits: [] },
    unitPriceMinor: priceIn(currency, stock, listing),
    ...(stock?.tracked && { onHand: stock.onHand }),
    ...(week && { wantedToday: dayLeft * dayAt(week, age).mean, forecast: fromTomorrow(week, age) }),
    ...(isSpendable && { unitCostMinor }),
    ...(capacityUnits > 0 && { capacityUnits }),
    ...(promisedDays > 0 && { promisedDays }),
  }
  // A day of slack: stores may have zones of their own. What was accepted before today is in the figures or given up.
  const lately = orders.orders.filter(({ placedOn }) => dayOfDate(placedOn) >= dayOfDate(today) - 1)
  return { question, money: { currency, unitCostMinor }, orderIds: lately.map(({ id }) => id) }
}

function priceIn(currency: string, stock: Stock | undefined, { basePriceMinor }: ProductListing): number | undefined {
  return stock?.priceMinor !== undefined && stock.currency === currency ? stock.priceMinor : basePriceMinor
}

/** Seven days: those that the forecast does not reach are as the latest of their weekday. `age`: days since its first. */
const fromTomorrow = (week: readonly DayForecast[], age: number): DayForecast[] =>
  Array.from({ length: HORIZON_DAYS }, (_, k) => dayAt(week, age + 1 + k))

const dayAt = (week: readonly DayForecast[], age: number): DayForecast =>
  week[((age % HORIZON_DAYS) + HORIZON_DAYS) % HORIZON_DAYS]!
