import { STOCK_RISKS, type StockAnswer, type StockRisk } from '#core/api/stock.ts'
import { stockItemOf } from '#core/inventory/stock-item.ts'
import { partsOf } from '#core/row-key.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { cursorIn, cursorOf, longLimitIn, nameIn, refuse, storeIn } from '#runtime/query-parameters.ts'
import { readProducts, readZones } from '#runtime/read-catalogue.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { findStock } from './found-stock.ts'

/** Stock by store and product; of one store, product or category, or what is at risk, where the question says so. */
export async function answerStock({ log, state, clock }: Ports, request: HttpRequest): Promise<StockAnswer> {
  const viewer = viewerIn(request)
  const { merchantId } = viewer
  const nowMs = clock.now()
  const fresh = await freshnessAt({ log, state }, nowMs)
  const { rows, next } = await findStock(state, viewer, {
    store: storeIn(request),
    product: nameIn(request, 'product'),
    risk: riskIn(request),
    category: nameIn(request, 'category'),
    after: cursorIn(request),
    limit: longLimitIn(request),
  })
  const placed = rows.map(({ key, row }) => {
    const [, storeId, productId] = partsOf(key) as [string, string, string]
    return { storeId, productId, row }
  })
  const listings = await readProducts(
    state,
    merchantId,
    placed.map(({ productId }) => productId),
  )
  const zone = await readZones(
    state,
    merchantId,
    placed.map(({ storeId }) => storeId),
  )
  return {
    ...fresh,
    items: placed.map(({ storeId, productId, row }) =>
      stockItemOf(row, storeId, productId, listings.get(productId), zone(storeId), nowMs),
    ),
    next: next === undefined ? null : cursorOf(next),
  }
}

function riskIn({ query: { risk } }: HttpRequest): StockRisk | undefined {
  if (risk === undefined || STOCK_RISKS.includes(risk as StockRisk)) return risk as StockRisk | undefined
  throw refuse('risk', `must be one of ${STOCK_RISKS.join(', ')}`)
}
