import type { MetricsAnswer } from '#core/api/metrics.ts'
import { currencyOf, type StoreListing, zoneOf } from '#core/catalogue/listings.ts'
import { currentTimeOf } from '#core/inventory/current-sums.ts'
import {
  addDays,
  businessDateOf,
  startOfBusinessDay,
  startOfMinute,
  startOfQuarter,
} from '#core/metrics/business-time.ts'
import { EMPTY_CELL } from '#core/metrics/cells.ts'
import { figuresOf, lessSums, type SpanCells } from '#core/metrics/figures.ts'
import type { AskedScope, ReadBy, Scope, StockScope } from '#core/metrics/scope.ts'
import { coverOf, type Span, windowOf } from '#core/metrics/spans.ts'
import type { SettingsRow } from '#core/settings/settings.ts'
import { ABANDONED_AFTER_MS } from '#core/trade/carts.ts'
import { modeOf } from './demo-doors.ts'
import { HttpError } from './http-handler.ts'
import type { Ports } from './ports.ts'
import { productsWith, readListedStores, readSettings, readStores } from './read-catalogue.ts'
import { type Added, readSpan } from './read-cells.ts'
import { freshnessAt } from './read-lag.ts'
import { readReporting } from './read-reporting.ts'

export type MetricsQuestion = {
  readonly scope: AskedScope
  /** The stores that whoever asks may see: sums are over these alone. Absent: all of the merchant's. */
  readonly stores?: readonly string[] | undefined
  /** Epoch ms; absent: the business day so far. */
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
  /** ISO 4217: money in this one as well, as far as dated rates were imported. */
  readonly currency?: string | undefined
  /** false: the span alone, without the same one a day and a week earlier. */
  readonly compares?: boolean
}
const NOTHING: Added = { cell: EMPTY_CELL, knowsPeople: true }

type Reading = Pick<Ports, 'log' | 'state' | 'clock'>

/**
 * Every measure of a span, beside the same span a day and a week earlier.
 * @throws HttpError 422 for products of some stores and any other span than the present day or quarter of an hour.
 */
export async function readMetrics(
  ports: Reading,
  merchantId: string,
  question: MetricsQuestion,
): Promise<MetricsAnswer> {
  const { log, state, clock } = ports
  const nowMs = clock.now()
  const fresh = await freshnessAt({ log, state }, nowMs)
  const resolved = await resolveScope(state, merchantId, question.scope, question.stores)
  const { by, scopes, timeZone, currency } = resolved
  const asked: Span = {
    fromMs: question.fromMs ?? startOfBusinessDay(businessDateOf(nowMs, timeZone), timeZone),
    toMs: question.toMs ?? nowMs,
  }
  refuseNotKept(resolved, asked, nowMs)
  // What is kept decides which span can be answered: the answer is about that one, and says so.
  const span = coverOf(asked, timeZone, nowMs)
  const reading = { state, shards: log.shards, merchantId, nowMs }
  const cartsUntilMs = Math.min(span.toMs, startOfMinute(nowMs - ABANDONED_AFTER_MS))

  const cellsOf = async (days: number): Promise<SpanCells | undefined> => {
    const before = (atMs: number) => (days === 0 ? atMs : daysBefore(atMs, days, timeZone))
    const fromMs = before(span.fromMs)
    const all = await readSpan(reading, scopes, { fromMs, toMs: before(span.toMs) })
    if (all === undefined) return undefined
    // Carts belong to no product. What is young is much less than what is not: it is taken away.
    const isYoung = (by === 'total' || by === 'store') && cartsUntilMs < span.toMs
    const youngFromMs = Math.max(fromMs, before(cartsUntilMs))
    const young = isYoung ? await readSpan(reading, scopes, { fromMs: youngFromMs, toMs: before(span.toMs) }) : NOTHING
    if (young === undefined) return undefined
    return { by, all: all.cell, oldCarts: lessSums(all.cell, young.cell), knowsPeople: all.knowsPeople }
  }
  const earlier = question.compares === false ? [] : [1, 7]
  const [now, dayEarlier, weekEarlier] = await Promise.all([0, ...earlier].map(cellsOf))
  const spansEarlier = earlier.map((days) => ({
    fromMs: daysBefore(span.fromMs, days, timeZone),
    toMs: daysBefore(span.toMs, days, timeZone),
  }))
  return {
    ...fresh,
    mode: await modeOf(state, merchantId),
    window: windowOf(span, timeZone),
    scope:
      question.scope.key === undefined ? { by: question.scope.by } : { by: question.scope.by, key: question.scope.key },
    ...figuresOf(now, dayEarlier, weekEarlier, currency),
    reporting:
      question.currency === undefined
        ? null
        : await readReporting(reading, scopes, question.currency, timeZone, span, spansEarlier),
  }
}

/** The same time of day that many days earlier, by the zone's clock. */
export function daysBefore(atMs: number, days: number, zone: string): number {
  const date = businessDateOf(atMs, zone)
  const sinceMidnight = atMs - startOfBusinessDay(date, zone)
  return startOfBusinessDay(addDays(date, -days), zone) + sinceMidnight
}

export type ResolvedScope = {
  readonly by: ReadBy
  /** One for each zone by whose days its cells are. */
  readonly scopes: readonly Scope[]
  readonly timeZone: string
  readonly currency: string
}

/**
 * Which cells a question is about, and by whose days and in whose currency they are read. `stores`: of these alone;
 * undefined: of all that the merchant has.
 */
export async function resolveScope(
  state: Ports['state'],
  merchantId: string,
  { by, key }: AskedScope,
  stores?: readonly string[],
): Promise<ResolvedScope> {
  const settings = await readSettings(state, merchantId)
  const merchant = { timeZone: zoneOf({}, settings), currency: currencyOf({}, settings) }
  const asked = key === undefined ? 'total' : by
  if (asked === 'total' && stores === undefined)
    return { by: 'total', scopes: [{ by: 'total', zone: merchant.timeZone }], ...merchant }
  switch (asked) {
    case 'total': {
      const theirs = await readListedStores(state, merchantId, stores!)
      return { by: 'store', scopes: scopesByZone(theirs, settings), ...inCommon(theirs, settings, merchant) }
    }
    case 'store': {
      const seen = stores?.includes(key!) === false ? [] : [key!]
      const store = await readListedStores(state, merchantId, seen)
      return { by: 'store', scopes: scopesByZone(store, settings), ...inCommon(store, settings, merchant) }
    }
    case 'region': {
      const all = stores === undefined ? await readStores(state, merchantId) : undefined
      const among = all ?? (await readListedStores(state, merchantId, stores!))
      const ofRegion = new Map([...among].filter(([, { region }]) => region === key))
      return { by: 'store', scopes: scopesByZone(ofRegion, settings), ...merchant }
    }
    default: {
      const keys = asked === 'product' ? [key!] : await productsWith(state, merchantId, asked, key!)
      if (stores === undefined)
        return { by: 'product', scopes: [{ by: 'product', keys, zone: merchant.timeZone }], ...merchant }
      return stockScope(state, merchantId, stores, keys)
    }
  }
}

/** Products, all of them where none are named, in some of the merchant's stores. */
export async function stockScope(
  state: Ports['state'],
  merchantId: string,
  stores: readonly string[],
  productIds?: readonly string[],
): Promise<ResolvedScope & { readonly scopes: readonly StockScope[] }> {
  const settings = await readSettings(state, merchantId)
  const theirs = await readListedStores(state, merchantId, stores)
  const scopes = [...storesByZone(theirs, settings)].map(
    ([zone, storeIds]): StockScope => ({
      by: 'stock',
      storeIds,
      zone,
      ...(productIds !== undefined && { productIds }),
    }),
  )
  const merchant = { timeZone: zoneOf({}, settings), currency: currencyOf({}, settings) }
  return { by: 'stock', scopes, ...inCommon(theirs, settings, merchant) }
}

type Stores = ReadonlyMap<string, StoreListing>

function storesByZone(stores: Stores, settings: SettingsRow): Map<string, string[]> {
  const byZone = new Map<string, string[]>()
  for (const [id, store] of stores) {
    const zone = zoneOf(store, settings)
    byZone.set(zone, [...(byZone.get(zone) ?? []), id])
  }
  return byZone
}

const scopesByZone = (stores: Stores, settings: SettingsRow): Scope[] =>
  [...storesByZone(stores, settings)].map(([zone, keys]) => ({ by: 'store', keys, zone }))

/** The zone and currency that all of the stores have, else the merchant's own. */
function inCommon(
  stores: Stores,
  settings: SettingsRow,
  { timeZone, currency }: Pick<ResolvedScope, 'timeZone' | 'currency'>,
): Pick<ResolvedScope, 'timeZone' | 'currency'> {
  const only = (values: ReadonlySet<string>, otherwise: string) => (values.size === 1 ? [...values][0]! : otherwise)
  const listed = [...stores.values()]
  return {
    timeZone: only(new Set(listed.map((store) => zoneOf(store, settings))), timeZone),
    currency: only(new Set(listed.map((store) => currencyOf(store, settings))), currency),
  }
}

/** Whether sums of the span are kept: of products in some stores only those of the present day and quarter of an hour are. */
export const isKept = ({ scopes }: Pick<ResolvedScope, 'scopes'>, span: Span, nowMs: number): boolean =>
  scopes.every(({ by, zone }) => by !== 'stock' || currentTimeOf(span, zone, nowMs) !== undefined)

/** @throws HttpError 422 that says what can be answered, where stock rows hold no sums of the span. */
export function refuseNotKept({ scopes }: ResolvedScope, span: Span, nowMs: number): void {
  if (isKept({ scopes }, span, nowMs)) return
  const quarter = new Date(startOfQuarter(nowMs)).toISOString()
  const days = new Set(scopes.map(({ zone }) => startOfBusinessDay(businessDateOf(nowMs, zone), zone)))
  const day = days.size === 1 ? `${new Date([...days][0]!).toISOString()} (the business day so far) or ` : ''
  const message = `must be ${day}${quarter} (the quarter of an hour so far), without a \`to\`: of products in some stores no other span is kept. Of whole stores every span can be asked`
  throw new HttpError(422, 'The question cannot be answered', [{ field: 'from', message }])
}
