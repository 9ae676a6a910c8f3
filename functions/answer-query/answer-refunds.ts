import { SHORT_PAGE } from '#core/api/limits.ts'
import type { RefundsAnswer } from '#core/api/refunds.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { cursorIn, cursorOf, limitIn } from '#runtime/query-parameters.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { readMetrics } from '#runtime/read-metrics.ts'
import { originalSales } from './original-sales.ts'
import { readRefunds, refundsAskedIn } from './refunds-in-question.ts'
import { detailsOf } from './transaction-details.ts'

/** So many refunds are read at most for one page of a category, brand or product. */
const MOST = 5_000

/** Refunds of a window (the last 30 business days, unless it is said), newest first, and their sums by reason. */
export async function answerRefunds(ports: Ports, request: HttpRequest): Promise<RefundsAnswer> {
  const { state } = ports
  const { merchantId, stores } = viewerIn(request)
  const limit = limitIn(request, SHORT_PAGE)
  const after = cursorIn(request)
  const fresh = await freshnessAt(ports, ports.clock.now())
  const asked = await refundsAskedIn(ports, request)
  const { window, counts, money, refundReasons } = await readMetrics(ports, merchantId, {
    ...asked,
    stores,
    compares: false,
  })
  const span = { fromMs: Date.parse(window.from), toMs: Date.parse(window.to) }
  const { rows, next } = await readRefunds(ports, request, asked, span, { after, limit, most: MOST })
  const sales = await originalSales(state, merchantId, rows)
  const details = await detailsOf(state, merchantId, rows)
  return {
    ...fresh,
    window,
    count: counts.refunds.value,
    amounts: Object.fromEntries(
      Object.entries(money).map(([currency, { refundAmount }]) => [currency, refundAmount.value]),
    ),
    reasons: refundReasons,
    items: details.map((item, i) => ({ ...item, sale: sales[i]! })),
    next: next === undefined ? null : cursorOf(next),
  }
}
