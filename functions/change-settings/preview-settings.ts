import type { z } from 'zod'
import {
  PREVIEWED_NAMES,
  PREVIEWED_ROWS,
  type PreviewAnswer,
  type PreviewItem,
  type previewRequest,
} from '#core/api/settings.ts'
import { daysOfCover } from '#core/inventory/days-of-cover.ts'
import { PREVIEWED, type Previewed, type PreviewOutcome, previewThreshold } from '#core/inventory/preview-threshold.ts'
import type { KnownStock, StockCondition } from '#core/inventory/stock-alert.ts'
import { unitsPerDay } from '#core/inventory/velocity.ts'
import type { Viewer } from '#core/ports.ts'
import { partsOf } from '#core/row-key.ts'
import type { Ports } from '#runtime/ports.ts'
import { cursorOf } from '#runtime/query-parameters.ts'
import { readListedStores, readProductSettings, readProducts, readSettings } from '#runtime/read-catalogue.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { type FoundStock, stockBehind } from './stock-of-scope.ts'

type Change = Omit<z.infer<typeof previewRequest>, 'next'>
type Changing = PreviewOutcome & {
  readonly storeId: string
  readonly productId: string
  readonly title: string | null
  readonly stock: KnownStock
  readonly before: StockCondition | undefined
}

/** What the change would do to alerts of the rows of stock behind a key, of the stores that the viewer may see. */
export async function previewSettings(
  { state, log, clock }: Ports,
  viewer: Viewer,
  change: Change,
  after: string | undefined,
): Promise<PreviewAnswer> {
  const fresh = await freshnessAt({ log, state }, clock.now())
  const { found, last } = await stockBehind(state, viewer, change, after, PREVIEWED_ROWS)
  const changing = await changingAmong(state, viewer.merchantId, found, change)
  const first = (does: Previewed) => changing.filter((one) => one.does === does).slice(0, PREVIEWED_NAMES)
  const ids = PREVIEWED.flatMap((does) => first(does).map(({ storeId }) => storeId))
  const stores = await readListedStores(state, viewer.merchantId, ids)
  const of = (does: Previewed) => ({
    count: changing.filter((one) => one.does === does).length,
    items: first(does).map((one) => itemOf(one, stores.get(one.storeId)?.name)),
  })
  return {
    ...fresh,
    looked: found.length,
    opens: of('opens'),
    worsens: of('worsens'),
    eases: of('eases'),
    resolves: of('resolves'),
    next: last === undefined ? null : cursorOf(last),
  }
}

/** Those whose alert would be another one, shortest cover first. */
async function changingAmong(
  state: Ports['state'],
  merchantId: string,
  found: readonly FoundStock[],
  change: Change,
): Promise<Changing[]> {
  const places = found.map(({ key }) => partsOf(key) as [string, string, string])
  const productIds = new Set(places.map(([, , productId]) => productId))
  const settings = await readSettings(state, merchantId)
  const listings = await readProducts(state, merchantId, productIds)
  const ofProducts = await readProductSettings(state, merchantId, productIds)
  const changing = found.flatMap(({ row }, i): Changing[] => {
    const [, storeId, productId] = places[i]!
    const { title = null, category } = listings.get(productId) ?? {}
    const stock = { onHand: row.onHand, tracked: row.tracked, unitsPerDay: unitsPerDay(row.velocity) }
    const known = { stock, alert: row.alert, category, ofProduct: ofProducts.get(productId) }
    const outcome = previewThreshold(known, settings, change, productId === change.productId)
    return outcome === undefined ? [] : [{ ...outcome, storeId, productId, title, stock, before: row.alert }]
  })
  return changing.sort((a, b) => coverOf(a) - coverOf(b))
}

const coverOf = ({ stock }: Changing): number => daysOfCover(stock.onHand, stock.unitsPerDay) ?? Number.MAX_VALUE

function itemOf({ storeId, productId, title, stock, before, after }: Changing, storeName?: string): PreviewItem {
  const { onHand, unitsPerDay: rate } = stock
  const place = { storeId, storeName: storeName ?? null, productId, title }
  const figures = { onHand, unitsPerDay: rate, daysOfCover: daysOfCover(onHand, rate) }
  return { ...place, ...figures, before: conditionItem(before), after: conditionItem(after) }
}

const conditionItem = (condition: StockCondition | undefined): PreviewItem['before'] =>
  condition === undefined ? null : { kind: condition.kind, severity: condition.severity }
