import type { ProductFigures, ProductFiguresAnswer, ProductSums } from '#core/api/product-figures.ts'
import { currentTimeOf } from '#core/inventory/current-sums.ts'
import { businessDateOf, startOfBusinessDay } from '#core/metrics/business-time.ts'
import { type Cell, EMPTY_CELL } from '#core/metrics/cells.ts'
import { addCells, currenciesIn, moneyOf } from '#core/metrics/figures.ts'
import { coverOf, isJust, type Span, windowOf } from '#core/metrics/spans.ts'
import { compareKeys } from '#core/row-key.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { cursorIn, cursorOf, instantIn, longLimitIn, refuse, refuseBackward } from '#runtime/query-parameters.ts'
import { readProducts } from '#runtime/read-catalogue.ts'
import { type Reading, readCurrentSums } from '#runtime/read-cells.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { type ResolvedScope, refuseNotKept, resolveScope, stockScope } from '#runtime/read-metrics.ts'
import { type ProductPage, readProductPage } from '#runtime/read-product-page.ts'
import { scopeIn } from './asked-scope.ts'
import { productsOf, storesOf } from './series-groups.ts'

/** Figures of a span (the business day so far, unless it is said) by product, beside those of an earlier one; in pages by id. */
export async function answerProductFigures(ports: Ports, request: HttpRequest): Promise<ProductFiguresAnswer> {
  const { log, state, clock } = ports
  const { merchantId, stores: visible } = viewerIn(request)
  const nowMs = clock.now()
  const asked = scopeIn(request)
  const limit = longLimitIn(request)
  const after = cursorIn(request)
  const fresh = await freshnessAt({ log, state }, nowMs)
  const stores = await storesOf(state, merchantId, asked, visible)
  const products = await productsOf(state, merchantId, asked)
  const only = products === undefined ? undefined : [...products].sort(compareKeys)
  const scope =
    stores === undefined
      ? await resolveScope(state, merchantId, { by: 'total', key: undefined })
      : await stockScope(state, merchantId, stores, only)
  const span = spanIn(request, scope.timeZone, nowMs)
  const earlier = earlierIn(request)
  const reading = { state, shards: log.shards, merchantId, nowMs, withPeople: false }
  const cover = coverOf(span, scope.timeZone, nowMs)
  const before = earlier && coverOf(earlier, scope.timeZone, nowMs)
  const isKept = stores === undefined && before !== undefined && isJust(before, earlier!)
  const page =
    stores === undefined
      ? await readProductPage(reading, {
          spans: [cover.pieces, ...(isKept ? [before.pieces] : [])],
          zone: scope.timeZone,
          after,
          limit,
          only,
        })
      : await pageOfStock(reading, scope, span, after, limit)
  const listings = await readProducts(
    state,
    merchantId,
    page.products.map(({ productId }) => productId),
  )
  return {
    ...fresh,
    window: windowOf(stores === undefined ? cover : span, scope.timeZone),
    earlier: isKept ? windowOf(earlier!, scope.timeZone) : null,
    items: page.products
      .filter(({ cells }) => cells.some(isBooked))
      .map(({ productId, cells, lastSoldOn }): ProductFigures => {
        const { title = null, category = null, brand = null } = listings.get(productId) ?? {}
        const now = sumsOf(cells[0]!)
        return {
          productId,
          title,
          category,
          brand,
          ...now,
          lastSoldOn: lastSoldOn ?? null,
          earlier: isKept ? sumsOf(cells[1]!) : null,
        }
      }),
    next: page.next === undefined ? null : cursorOf(page.next),
  }
}

function spanIn(request: HttpRequest, zone: string, nowMs: number): Span {
  const toMs = instantIn(request, 'to') ?? nowMs
  const fromMs = instantIn(request, 'from') ?? startOfBusinessDay(businessDateOf(nowMs, zone), zone)
  refuseBackward(request, fromMs, toMs)
  return { fromMs, toMs }
}

function earlierIn(request: HttpRequest): Span | undefined {
  const [fromMs, toMs] = [instantIn(request, 'earlierFrom'), instantIn(request, 'earlierTo')]
  if (fromMs === undefined && toMs === undefined) return undefined
  if (fromMs === undefined) throw refuse('earlierFrom', 'must come with `earlierTo`')
  if (toMs === undefined) throw refuse('earlierTo', 'must come with `earlierFrom`')
  if (fromMs >= toMs) throw refuse('earlierFrom', 'must be before `earlierTo`')
  return { fromMs, toMs }
}

/** Products in some stores, of the day or the quarter of an hour so far. @throws HttpError 422 for any other span. */
async function pageOfStock(
  reading: Reading,
  scope: ResolvedScope,
  span: Span,
  after: string | undefined,
  limit: number,
): Promise<ProductPage> {
  refuseNotKept(scope, span, reading.nowMs)
  const found = new Map<string, Cell>()
  for (const of of scope.scopes) {
    if (of.by !== 'stock' || currentTimeOf(span, of.zone, reading.nowMs) === undefined) continue
    for (const [id, cell] of (await readCurrentSums(reading, of, span)) ?? [])
      found.set(id, addCells(found.get(id) ?? EMPTY_CELL, cell))
  }
  const ids = [...found.keys()].sort(compareKeys).filter((id) => after === undefined || compareKeys(id, after) > 0)
  const shown = ids.slice(0, limit)
  const date = businessDateOf(reading.nowMs, scope.timeZone)
  return {
    products: shown.map((productId) => {
      const cell = found.get(productId)!
      return { productId, cells: [cell], lastSoldOn: (cell.sums.lines ?? 0) > 0 ? date : undefined }
    }),
    next: ids.length > shown.length ? shown.at(-1) : undefined,
  }
}

/** Views and clicks alone are no figures of trade. */
const isBooked = ({ sums }: Cell): boolean =>
  currenciesIn(sums).length > 0 || counted(sums.units) !== 0 || counted(sums.refunds) !== 0

const counted = (sum: number | undefined): number => (sum === undefined || Number.isNaN(sum) ? 0 : sum)

const sumsOf = ({ sums }: Cell): ProductSums => ({
  units: counted(sums.units),
  cancelledUnits: counted(sums.cancelledUnits),
  refunds: counted(sums.refunds),
  refundedUnits: counted(sums.refundedUnits),
  money: Object.fromEntries(
    currenciesIn(sums).map((currency) => [
      currency,
      {
        grossRevenue: moneyOf('grossRevenue', currency, sums),
        discounts: moneyOf('discounts', currency, sums),
        refundAmount: moneyOf('refundAmount', currency, sums),
        cancelledAmount: moneyOf('cancelledAmount', currency, sums),
        goodsRevenue: moneyOf('goodsRevenue', currency, sums),
      },
    ]),
  ),
})
