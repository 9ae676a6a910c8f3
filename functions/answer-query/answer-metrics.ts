import { type MetricsAnswer, SERIES_BY } from '#core/api/metrics.ts'
import { businessDateOf, startOfBusinessDay } from '#core/metrics/business-time.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { instantIn, nameIn, refuse, refuseBackward } from '#runtime/query-parameters.ts'
import { readMetrics, resolveScope } from '#runtime/read-metrics.ts'

export async function answerMetrics(ports: Ports, request: HttpRequest): Promise<MetricsAnswer> {
  const { state, clock } = ports
  const { merchantId } = viewerIn(request)
  const [by = 'total', another] = SERIES_BY.filter((it) => it !== 'total' && request.query[it] !== undefined)
  if (another !== undefined) throw refuse(another, `cannot be asked together with ${by}: one of them at a time`)
  const scope = { by, key: by === 'total' ? undefined : nameIn(request, by) }
  const nowMs = clock.now()
  const toMs = instantIn(request, 'to')
  let fromMs = instantIn(request, 'from')
  if (fromMs === undefined && toMs !== undefined) {
    const { timeZone } = await resolveScope(state, merchantId, scope)
    fromMs = startOfBusinessDay(businessDateOf(nowMs, timeZone), timeZone)
  }
  if (fromMs !== undefined) refuseBackward(request, fromMs, toMs ?? nowMs)
  return readMetrics(ports, merchantId, { scope, fromMs, toMs })
}
