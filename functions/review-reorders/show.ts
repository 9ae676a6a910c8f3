import {
  type ReorderDetails,
  type ReorderReasonsAnswer,
  type ReordersAnswer,
  reorderAnswer,
  reorderReasonsAnswer,
  reordersAnswer,
} from '#core/api/reorders.ts'
import type { Viewer } from '#core/ports.ts'
import { stateOn } from '#core/reorders/after-morning.ts'
import {
  REORDER_REASONS,
  REORDER_STATES,
  REORDERS,
  type ReasonRow,
  type ReorderRow,
  type ReorderState,
} from '#core/reorders/reorder-row.ts'
import { ascendingNumber, rowKey } from '#core/row-key.ts'
import { HttpError, type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { nameIn, pageOf, refuse, storeIn } from '#runtime/query-parameters.ts'
import { readProducts, readVisibleStores } from '#runtime/read-catalogue.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import {
  costOf,
  findReorder,
  readMorning,
  readReorders,
  reorderItems,
  todayOf,
  unitsOf,
} from '#runtime/read-reorders.ts'
import { reasonKey, reorderKey } from '#runtime/reorder-rows.ts'

/** Most likely to run out first; totals are over all of them, the page holds some. */
export async function listReorders({ log, state, clock }: Ports, request: HttpRequest): Promise<ReordersAnswer> {
  const viewer = viewerIn(request)
  const { merchantId } = viewer
  const [wanted, supplier] = [stateIn(request), nameIn(request, 'supplier')]
  const nowMs = clock.now()
  const fresh = await freshnessAt({ log, state }, nowMs)
  const today = await todayOf(state, merchantId, nowMs)
  const rows = (await readReorders(state, viewer, storeIn(request))).filter(
    (row) => stateOn(row, today) === wanted && (supplier === undefined || row.supplierId === supplier),
  )
  const { items: shown, next } = pageOf(request, rows, rankOf)
  return reordersAnswer.parse({
    ...fresh,
    morning: await readMorning(state, merchantId),
    items: await reorderItems(state, merchantId, shown, today),
    suppliers: totalsBySupplier(rows),
    next,
  })
}

function stateIn({ query: { state } }: HttpRequest): ReorderState {
  if (state === undefined) return 'open'
  if (REORDER_STATES.includes(state as ReorderState)) return state as ReorderState
  throw refuse('state', `must be one of ${REORDER_STATES.join(', ')}`)
}

const rankOf = ({ stockoutChance, storeId, productId }: ReorderRow): string =>
  rowKey(ascendingNumber(Math.round(1e6 * (1 - stockoutChance))), storeId, productId)

function totalsBySupplier(rows: readonly ReorderRow[]): ReordersAnswer['suppliers'] {
  const totals = Map.groupBy(rows, ({ supplierId, currency }) => rowKey(supplierId, currency))
  return [...totals.values()]
    .map((its) => ({
      supplierId: its[0]!.supplierId,
      currency: its[0]!.currency,
      proposals: its.length,
      units: its.reduce((sum, row) => sum + unitsOf(row), 0),
      costMinor: its.reduce((sum, row) => sum + (costOf(row) ?? 0), 0),
      withoutCost: its.filter(({ costMinor }) => costMinor === undefined).length,
    }))
    .sort((a, b) => b.costMinor - a.costMinor || (a.supplierId < b.supplierId ? -1 : 1))
}

export async function showReorder({ log, state, clock }: Ports, request: HttpRequest): Promise<ReorderDetails> {
  const viewer = viewerIn(request)
  const { merchantId } = viewer
  const nowMs = clock.now()
  const fresh = await freshnessAt({ log, state }, nowMs)
  const row = await reorderIn(state, viewer, request)
  const [item] = await reorderItems(state, merchantId, [row], await todayOf(state, merchantId, nowMs))
  const products = await readProducts(state, merchantId, row.substitutes)
  return reorderAnswer.parse({
    ...item,
    ...fresh,
    lines: row.lines,
    substitutes: row.substitutes.map((productId) => ({ productId, title: products.get(productId)?.title ?? null })),
  })
}

/** @throws HttpError 404 */
export async function reorderIn(state: Ports['state'], viewer: Viewer, { params }: HttpRequest): Promise<ReorderRow> {
  const row = await findReorder(state, viewer, params.id!)
  if (row === undefined) throw new HttpError(404, `There is no proposal ${params.id}: GET /reorders names them`)
  return row
}

/** Of a product, in each store that the viewer may see. */
export async function reasonsOf(
  { log, state, clock }: Ports,
  viewer: Viewer,
  productId: string | undefined,
): Promise<ReorderReasonsAnswer> {
  const { merchantId } = viewer
  if (productId === undefined) throw refuse('product', 'is missing: name one')
  const nowMs = clock.now()
  const fresh = await freshnessAt({ log, state }, nowMs)
  const today = await todayOf(state, merchantId, nowMs)
  const morning = await readMorning(state, merchantId)
  const stores = [...(await readVisibleStores(state, viewer))].filter(([storeId]) => storeId !== '-')
  const places = stores.map(([storeId]) => ({ storeId, productId }))
  const rows = await state.getMany([
    ...places.map((place) => ({ table: REORDERS, key: reorderKey(merchantId, place) })),
    ...places.map((place) => ({ table: REORDER_REASONS, key: reasonKey(merchantId, place) })),
  ])
  const listing = (await readProducts(state, merchantId, [productId])).get(productId)
  if (listing === undefined && rows.every((row) => row === undefined))
    throw new HttpError(404, `Nothing is known of a product ${productId}`)
  const items = stores.map(([storeId, { name }], nth) => {
    const proposal = rows[nth] as ReorderRow | undefined
    const found = rows[stores.length + nth] as ReasonRow | undefined
    const state = proposal && stateOn(proposal, today)
    // What nothing was ever known of there has no row.
    const otherwise = morning === null ? 'no-morning' : 'stock-unknown'
    return {
      storeId,
      storeName: name ?? null,
      reason: state === 'open' ? 'proposed' : (found?.reason ?? (proposal ? 'proposed' : otherwise)),
      orderOn: found?.orderOn ?? null,
      lines: found?.lines ?? [],
      proposal: proposal ? { id: proposal.id, state } : null,
    }
  })
  return reorderReasonsAnswer.parse({ ...fresh, morning, productId, title: listing?.title ?? null, items })
}
