import { maySeeStore } from '#core/access/may-see.ts'
import type { ItemAnswer } from '#core/api/item.ts'
import type { Alert } from '#core/inventory/alerts.ts'
import { openAlerts } from '#core/inventory/alerts.ts'
import { stockItemOf } from '#core/inventory/stock-item.ts'
import { type Stock, stockKey, stockLevel } from '#core/inventory/stock-level.ts'
import { addDays, businessDateOf, QUARTER_MS, startOfBusinessDay, startOfQuarter } from '#core/metrics/business-time.ts'
import type { Viewer } from '#core/ports.ts'
import { compareKeys, under } from '#core/row-key.ts'
import { type PriceHistory, priceHistory } from '#core/trade/price-history.ts'
import { type RecentEvent, type RecentOfProduct, recentOfProduct } from '#core/trade/recent-of-product.ts'
import { HttpError, type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { readAlertItems } from '#runtime/read-alerts.ts'
import { readProducts, readVisibleStores, readZones } from '#runtime/read-catalogue.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { isKept, readMetrics, resolveScope } from '#runtime/read-metrics.ts'

const RECENT = 20
/** As many stores and alerts are shown; `GET /stock?product=` and `GET /alerts` have the others. */
const ROWS = 100

/** One product: its listing, and of every store that the viewer may see its stock, alerts, figures and what happened lately. */
export async function answerItem(given: Ports, request: HttpRequest): Promise<ItemAnswer> {
  const nowMs = given.clock.now()
  // One moment for all of it: figures of some stores are kept up to now, and not up to a moment ago.
  const ports = { ...given, clock: { now: () => nowMs } }
  const { log, state } = ports
  const viewer = viewerIn(request)
  const { merchantId } = viewer
  const productId = request.params.id!
  const fresh = await freshnessAt({ log, state }, nowMs)
  const events = await recentEvents(state, viewer, productId)
  const listing = (await readProducts(state, merchantId, [productId])).get(productId)
  if (listing === undefined && events.length === 0)
    throw new HttpError(404, `Nothing is known of a product ${productId}`)
  const stores = [...(await readVisibleStores(state, viewer)).keys()].sort(compareKeys)
  const keys = stores.map((storeId) => stockKey(merchantId, storeId, productId))
  const stock = await state.getMany(keys.map((key) => ({ table: stockLevel.name, key })))
  const alerts = await state.getMany(keys.map((key) => ({ table: openAlerts.name, key })))
  const zone = await readZones(state, merchantId, stores)
  const windows = await windowsOf(ports, viewer, productId)
  const stocked = stores.flatMap((storeId, i) => (stock[i] === undefined ? [] : [{ storeId, row: stock[i] as Stock }]))
  return {
    ...fresh,
    productId,
    listing: listing ?? null,
    stores: stocked.length,
    onHand: stocked.reduce((sum, { row }) => sum + row.onHand, 0),
    stock: stocked
      .slice(0, ROWS)
      .map(({ storeId, row }) => stockItemOf(row, storeId, productId, listing, zone(storeId), nowMs)),
    today: windows.today?.counts ?? {},
    money: windows.today?.money ?? {},
    windows,
    alerts: await readAlertItems(
      state,
      merchantId,
      alerts.filter((row) => row !== undefined).slice(0, ROWS) as Alert[],
    ),
    prices: await pricesOf(state, viewer, productId),
    recent: events.slice(0, RECENT).map(recentItemOf),
  }
}

/** The newest events that are kept of the product, in stores that the viewer may see. */
async function recentEvents(state: Ports['state'], viewer: Viewer, productId: string): Promise<RecentEvent[]> {
  const { merchantId } = viewer
  const kept = await state.query({ table: recentOfProduct.name, range: under(merchantId, productId) })
  return kept
    .flatMap(({ row }) => (row as RecentOfProduct).events)
    .filter(({ storeId }) => maySeeStore(viewer, merchantId, storeId))
    .sort((a, b) => b.at - a.at)
}

/** Every price that is kept of the product, in stores that the viewer may see. */
async function pricesOf(state: Ports['state'], viewer: Viewer, productId: string): Promise<ItemAnswer['prices']> {
  const { merchantId } = viewer
  const kept = await state.query({ table: priceHistory.name, range: under(merchantId, productId) })
  return kept
    .flatMap(({ row }) => (row as PriceHistory).moves)
    .filter(({ storeId }) => maySeeStore(viewer, merchantId, storeId))
    .sort((a, b) => b.at - a.at)
    .map(({ at, ...move }) => ({ at: new Date(at).toISOString(), ...move }))
}

const recentItemOf = (event: RecentEvent): ItemAnswer['recent'][number] => ({
  id: event.id,
  type: event.type,
  storeId: event.storeId,
  occurredAt: new Date(event.at).toISOString(),
  quantity: event.quantity ?? null,
  amountMinor: event.amountMinor ?? null,
  currency: event.currency ?? null,
  reason: event.reason ?? null,
  note: event.note ?? null,
})

/** What the product did lately; null where no sums of just that time are kept for some stores alone. */
async function windowsOf(
  ports: Ports,
  { merchantId, stores }: Viewer,
  productId: string,
): Promise<ItemAnswer['windows']> {
  const nowMs = ports.clock.now()
  const scope = { by: 'product', key: productId } as const
  const resolved = await resolveScope(ports.state, merchantId, scope, stores)
  const { timeZone } = resolved
  const date = businessDateOf(nowMs, timeZone)
  const since = async (fromMs: number) => {
    if (!isKept(resolved, { fromMs, toMs: nowMs }, nowMs)) return null
    const question = { scope, stores, fromMs, toMs: nowMs }
    const { window, counts, money } = await readMetrics(ports, merchantId, question)
    return { window, counts, money }
  }
  return {
    lastMinutes: await since(stores === undefined ? nowMs - QUARTER_MS : startOfQuarter(nowMs)),
    today: await since(startOfBusinessDay(date, timeZone)),
    sevenDays: await since(startOfBusinessDay(addDays(date, -6), timeZone)),
  }
}
