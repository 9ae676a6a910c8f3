import type { MetricsAnswer } from '#core/api/metrics.ts'
import { currencyOf, zoneOf } from '#core/catalogue/listings.ts'
import { addDays, businessDateOf, startOfBusinessDay, startOfMinute } from '#core/metrics/business-time.ts'
import type { By } from '#core/metrics/cells.ts'
import { figuresOf, type SpanCells } from '#core/metrics/figures.ts'
import type { AskedScope, Scope } from '#core/metrics/scope.ts'
import { coverOf, type Span } from '#core/metrics/spans.ts'
import { ABANDONED_AFTER_MS } from '#core/trade/carts.ts'
import { modeOf } from './demo-doors.ts'
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
  const { by, scopes, timeZone, currency } = await resolveScope(state, merchantId, question.scope)
  const asked: Span = {
    fromMs: question.fromMs ?? startOfBusinessDay(businessDateOf(nowMs, timeZone), timeZone),
    toMs: question.toMs ?? nowMs,
  }
  // What is kept decides which span can be answered: the answer is about that one, and says so.
  const span = coverOf(asked, timeZone, nowMs)
  const reading = { state, shards: log.shards, merchantId, nowMs }
  const cartsUntilMs = Math.min(span.toMs, startOfMinute(nowMs - ABANDONED_AFTER_MS))

  const cellsOf = async (days: number): Promise<SpanCells | undefined> => {
    const before = (atMs: number) => (days === 0 ? atMs : daysBefore(atMs, days, timeZone))
    const fromMs = before(span.fromMs)
    const all = await readSpan(reading, scopes, { fromMs, toMs: before(span.toMs) })
    const old = await readSpan(reading, scopes, { fromMs, toMs: Math.max(fromMs, before(cartsUntilMs)) })
    if (all === undefined || old === undefined) return undefined
    return { by, all: all.cell, oldCarts: old.cell, knowsPeople: all.knowsPeople }
  }
  const [now, dayEarlier, weekEarlier] = await Promise.all([cellsOf(0), cellsOf(1), cellsOf(7)])
  return {
    asOf: new Date(nowMs).toISOString(),
    lagMs: await readLag(log, state, nowMs),
    mode: await modeOf(state, merchantId),
    window: { from: new Date(span.fromMs).toISOString(), to: new Date(span.toMs).toISOString(), timeZone },
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

export type ResolvedScope = {
  readonly by: By
  /** One for each zone by whose days its cells are. */
  readonly scopes: readonly Scope[]
  readonly timeZone: string
  readonly currency: string
}

/** Which cells a question is about, and by whose days and in whose currency they are read. */
export async function resolveScope(
  state: Ports['state'],
  merchantId: string,
  { by, key }: AskedScope,
): Promise<ResolvedScope> {
  const settings = await readSettings(state, merchantId)
  const timeZone = zoneOf({}, settings)
  const merchant = { timeZone, currency: currencyOf({}, settings) }
  if (by === 'total' || key === undefined)
    return { by: 'total', scopes: [{ by: 'total', zone: timeZone }], ...merchant }
  switch (by) {
    case 'store': {
      const store = await readStore(state, merchantId, key)
      const zone = zoneOf(store, settings)
      return { by, scopes: [{ by, keys: [key], zone }], timeZone: zone, currency: currencyOf(store, settings) }
    }
    case 'region': {
      const byZone = new Map<string, string[]>()
      for (const [id, store] of await readStores(state, merchantId)) {
        if (store.region !== key) continue
        const zone = zoneOf(store, settings)
        byZone.set(zone, [...(byZone.get(zone) ?? []), id])
      }
      const scopes = [...byZone].map(([zone, keys]): Scope => ({ by: 'store', keys, zone }))
      return { by: 'store', scopes, ...merchant }
    }
    default: {
      const keys = by === 'product' ? [key] : await productsWith(state, merchantId, by, key)
      return { by: 'product', scopes: [{ by: 'product', keys, zone: timeZone }], ...merchant }
    }
  }
}
