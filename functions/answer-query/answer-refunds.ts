import type { RefundsAnswer } from '#core/api/refunds.ts'
import { MAX_AHEAD_MS } from '#core/events/decode-event.ts'
import { addDays, businessDateOf, startOfBusinessDay } from '#core/metrics/business-time.ts'
import { refunds } from '#core/trade/refunds.ts'
import type { Transaction } from '#core/trade/transactions.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { cursorIn, cursorOf, instantIn, limitIn, refuseBackward, storeIn } from '#runtime/query-parameters.ts'
import { readVisibleStores } from '#runtime/read-catalogue.ts'
import { readMetrics, resolveScope } from '#runtime/read-metrics.ts'
import { readNewest } from '#runtime/read-newest.ts'
import { detailsOf } from './transaction-details.ts'

const DAYS = 30

/** Refunds of a window (the last 30 business days, unless it is said), newest first, and their sums by reason. */
export async function answerRefunds(ports: Ports, request: HttpRequest): Promise<RefundsAnswer> {
  const { state, clock } = ports
  const viewer = viewerIn(request)
  const { merchantId, stores } = viewer
  const store = storeIn(request)
  const nowMs = clock.now()
  const limit = limitIn(request, 50)
  const after = cursorIn(request)
  const scope = { by: store === undefined ? 'total' : 'store', key: store } as const
  const { timeZone } = await resolveScope(state, merchantId, scope, stores)
  const toMs = instantIn(request, 'to')
  const firstDay = addDays(businessDateOf(Math.min(toMs ?? nowMs, nowMs), timeZone), 1 - DAYS)
  const fromMs = instantIn(request, 'from') ?? startOfBusinessDay(firstDay, timeZone)
  refuseBackward(request, fromMs, toMs ?? nowMs)
  const { asOf, lagMs, window, counts, money, refundReasons } = await readMetrics(ports, merchantId, {
    scope,
    stores,
    fromMs,
    toMs,
    compares: false,
  })
  const untilMs = Date.parse(window.to)
  const rows = await readNewest<Transaction>(state, {
    table: refunds.name,
    merchantId,
    storeIds: store === undefined ? [...(await readVisibleStores(state, viewer)).keys()] : [store],
    after,
    // A shop's clock may be a little ahead: what it has sold is in the sums that are still filling.
    span: { fromMs: Date.parse(window.from), toMs: untilMs < nowMs ? untilMs : untilMs + MAX_AHEAD_MS },
    limit: limit + 1,
  })
  const shown = rows.slice(0, limit)
  return {
    asOf,
    lagMs,
    window,
    count: counts.refunds.value,
    amounts: Object.fromEntries(
      Object.entries(money).map(([currency, { refundAmount }]) => [currency, refundAmount.value]),
    ),
    reasons: refundReasons,
    items: await detailsOf(
      state,
      merchantId,
      shown.map(({ row }) => row),
    ),
    next: rows.length > limit ? cursorOf(shown.at(-1)!.place) : null,
  }
}
