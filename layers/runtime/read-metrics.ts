import type { MetricsAnswer } from '#core/api/metrics.ts'
import { currencyOf, zoneOf } from '#core/catalogue/listings.ts'
import { addDays, businessDateOf, startOfBusinessDay, startOfMinute } from '#core/metrics/business-time.ts'
import { figuresOf, type SpanCells } from '#core/metrics/figures.ts'
import type { AskedScope, Scope } from '#core/metrics/scope.ts'
import { piecesOf } from '#core/metrics/spans.ts'
import { ABANDONED_AFTER_MS } from '#core/trade/carts.ts'
import type { Ports } from './ports.ts'
import { productsWith, readSettings, readStore, readStores } from './read-catalogue.ts'
import { readSpan } from './read-cells.ts'
import { readLag } from './read-lag.ts'

export type MetricsQuestion = {
  readonly scope: AskedScope
  /** Epoch ms; absent: the business day so far. */
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
}
type Reading = Pick<Ports, 'log' | 'state' | 'clock'>

/** Every measure of a span, beside the same span a day and a week earlier. */
export async function readMetrics(
  ports: Reading,
  merchantId: string,
  question: MetricsQuestion,
): Promise<MetricsAnswer> {
  const { log, state, clock } = ports
  const nowMs = clock.now()
  const { scope, timeZone, currency } = await resolveScope(state, merchantId, question.scope)
  const fromMs = question.fromMs ?? startOfBusinessDay(businessDateOf(nowMs, timeZone), timeZone)
  const toMs = question.toMs ?? nowMs
  const reading = { state, shards: log.shards, merchantId }

  const cellsOf = async (from: number, to: number): Promise<SpanCells> => ({
    all: await readSpan(reading, scope, piecesOf(from, to, timeZone, nowMs)),
    oldCarts: await readSpan(
      reading,
      scope,
      piecesOf(from, Math.min(to, startOfMinute(nowMs - ABANDONED_AFTER_MS)), timeZone, nowMs),
    ),
  })
  const [now, dayEarlier, weekEarlier] = await Promise.all([
    cellsOf(fromMs, toMs),
    cellsOf(daysBefore(fromMs, 1, timeZone), daysBefore(toMs, 1, timeZone)),
    cellsOf(daysBefore(fromMs, 7, timeZone), daysBefore(toMs, 7, timeZone)),
  ])
  return {
    asOf: new Date(nowMs).toISOString(),
    lagMs: await readLag(log, state, nowMs),
    window: { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), timeZone },
    scope:
      question.scope.key === undefined ? { by: question.scope.by } : { by: question.scope.by, key: question.scope.key },
    ...figuresOf(now, dayEarlier, weekEarlier, currency),
  }
}

/** The same time of day that many days earlier, by the zone's clock. */
export function daysBefore(atMs: number, days: number, zone: string): number {
  const date = businessDateOf(atMs, zone)
  const sinceMidnight = atMs - startOfBusinessDay(date, zone)
  return startOfBusinessDay(addDays(date, -days), zone) + sinceMidnight
}

export type ResolvedScope = { readonly scope: Scope; readonly timeZone: string; readonly currency: string }

/** Which cells a question is about, and by whose days and in whose currency they are read. */
export async function resolveScope(
  state: Ports['state'],
  merchantId: string,
  { by, key }: AskedScope,
): Promise<ResolvedScope> {
  const settings = await readSettings(state, merchantId)
  const merchant = { timeZone: zoneOf({}, settings), currency: currencyOf({}, settings) }
  if (by === 'total' || key === undefined) return { scope: { by: 'total' }, ...merchant }
  switch (by) {
    case 'store': {
      const store = await readStore(state, merchantId, key)
      return { scope: { by, keys: [key] }, timeZone: zoneOf(store, settings), currency: currencyOf(store, settings) }
    }
    case 'region': {
      const stores = [...(await readStores(state, merchantId))].flatMap(([id, { region }]) =>
        region === key ? [id] : [],
      )
      return { scope: { by: 'store', keys: stores }, ...merchant }
    }
    case 'product':
      return { scope: { by, keys: [key] }, ...merchant }
    default:
      return { scope: { by: 'product', keys: await productsWith(state, merchantId, by, key) }, ...merchant }
  }
}
