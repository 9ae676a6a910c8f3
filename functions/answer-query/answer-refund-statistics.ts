import type { RefundStatisticsAnswer } from '#core/api/refunds.ts'
import { windowOf } from '#core/metrics/spans.ts'
import { refundTimes } from '#core/trade/refund-times.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { betweenMs, ordersOf } from './original-sales.ts'
import { readRefunds, refundsAskedIn } from './refunds-in-question.ts'

/** The newest refunds are read, and the older ones of a window that has more are not. */
const MOST = 5_000

/** How long after their sales goods came back, in a window (the last 30 business days, unless it is said). */
export async function answerRefundStatistics(ports: Ports, request: HttpRequest): Promise<RefundStatisticsAnswer> {
  const { log, state, clock } = ports
  const { merchantId } = viewerIn(request)
  const nowMs = clock.now()
  const fresh = await freshnessAt({ log, state }, nowMs)
  const asked = await refundsAskedIn(ports, request)
  const span = { fromMs: asked.fromMs, toMs: asked.toMs ?? nowMs }
  const { rows, next } = await readRefunds(ports, request, asked, span, { after: undefined, limit: MOST, most: MOST })
  const orders = await ordersOf(state, merchantId, rows)
  return {
    ...fresh,
    window: windowOf(span, asked.timeZone),
    read: rows.length,
    complete: next === undefined,
    ...refundTimes(rows.map((row, i) => ({ reason: row.reason ?? 'other', betweenMs: betweenMs(row, orders[i]) }))),
  }
}
