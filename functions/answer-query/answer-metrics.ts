import { type MetricsAnswer, SERIES_BY } from '#core/api/metrics.ts'
import { HttpError, type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { readMetrics } from '#runtime/read-metrics.ts'
import { instantIn } from './query-parameters.ts'

export async function answerMetrics(ports: Ports, request: HttpRequest): Promise<MetricsAnswer> {
  const { merchantId } = viewerIn(request)
  const scopes = SERIES_BY.filter((by) => by !== 'total' && request.query[by] !== undefined)
  if (scopes.length > 1) throw new HttpError(422, `Ask for one of ${scopes.join(', ')} at a time`)
  const by = scopes[0] ?? 'total'
  const fromMs = instantIn(request, 'from')
  const toMs = instantIn(request, 'to')
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs)
    throw new HttpError(422, '`from` must be before `to`')
  return readMetrics(ports, merchantId, { scope: { by, key: request.query[by] }, fromMs, toMs })
}
