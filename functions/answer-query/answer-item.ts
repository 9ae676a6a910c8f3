import type { ItemAnswer } from '#core/api/item.ts'
import type { Alert } from '#core/inventory/alerts.ts'
import { openAlerts } from '#core/inventory/alerts.ts'
import { stockItemOf } from '#core/inventory/stock-item.ts'
import { type Stock, stockKey, stockLevel } from '#core/inventory/stock-level.ts'
import { under } from '#core/row-key.ts'
import { type RecentOfProduct, recentOfProduct } from '#core/trade/recent-of-product.ts'
import { HttpError, type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { readAlertItems } from '#runtime/read-alerts.ts'
import { readProducts, readStores, readZones } from '#runtime/read-catalogue.ts'
import { readMetrics } from '#runtime/read-metrics.ts'

const RECENT = 20

/** One product: its listing, stock and alerts in every store, today's figures and what happened lately. */
export async function answerItem(ports: Ports, request: HttpRequest): Promise<ItemAnswer> {
  const { state, clock } = ports
  const { merchantId } = viewerIn(request)
  const productId = request.params.id!
  const stores = [...(await readStores(state, merchantId)).keys()]
  const keys = stores.map((storeId) => stockKey(merchantId, storeId, productId))
  const stock = await state.getMany(keys.map((key) => ({ table: stockLevel.name, key })))
  const alerts = await state.getMany(keys.map((key) => ({ table: openAlerts.name, key })))
  const recent = await state.query({ table: recentOfProduct.name, range: under(merchantId, productId) })
  const listing = (await readProducts(state, merchantId, [productId])).get(productId)
  if (listing === undefined && recent.length === 0)
    throw new HttpError(404, `Nothing is known of a product ${productId}`)
  const metrics = await readMetrics(ports, merchantId, { scope: { by: 'product', key: productId } })
  const zone = await readZones(state, merchantId)
  const nowMs = clock.now()
  const events = recent.flatMap(({ row }) => (row as RecentOfProduct).events).sort((a, b) => b.at - a.at)
  return {
    asOf: metrics.asOf,
    lagMs: metrics.lagMs,
    productId,
    listing: listing ?? null,
    stock: stores.flatMap((storeId, i) =>
      stock[i] === undefined
        ? []
        : [stockItemOf(stock[i] as Stock, storeId, productId, listing?.title, zone(storeId), nowMs)],
    ),
    today: metrics.counts,
    money: metrics.money,
    alerts: await readAlertItems(state, merchantId, alerts.filter((row) => row !== undefined) as Alert[]),
    recent: events.slice(0, RECENT).map(({ id, type, storeId, at, quantity, amountMinor, currency, reason, note }) => ({
      id,
      type,
      storeId,
      occurredAt: new Date(at).toISOString(),
      quantity: quantity ?? null,
      amountMinor: amountMinor ?? null,
      currency: currency ?? null,
      reason: reason ?? null,
      note: note ?? null,
    })),
  }
}
