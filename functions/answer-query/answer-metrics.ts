import type { MetricsAnswer } from '#core/api/metrics.ts'
import { businessDateOf, startOfBusinessDay } from '#core/metrics/business-time.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { currencyIn, instantIn, refuseBackward } from '#runtime/query-parameters.ts'
import { readMetrics, resolveScope } from '#runtime/read-metrics.ts'
import { scopeIn } from './asked-scope.ts'

export async function answerMetrics(ports: Ports, request: HttpRequest): Promise<MetricsAnswer> {
  const { state, clock } = ports
  const { merchantId, stores } = viewerIn(request)
  const scope = scopeIn(request)
  const nowMs = clock.now()
  const toMs = instantIn(request, 'to')
  let fromMs = instantIn(request, 'from')
  if (fromMs === undefined && toMs !== undefined) {
    const { timeZone } = await resolveScope(state, merchantId, scope, stores)
    fromMs = startOfBusinessDay(businessDateOf(nowMs, timeZone), timeZone)
  }
  if (fromMs !== undefined) refuseBackward(request, fromMs, toMs ?? nowMs)
  return readMetrics(ports, merchantId, { scope, stores, fromMs, toMs, currency: currencyIn(request) })
}
