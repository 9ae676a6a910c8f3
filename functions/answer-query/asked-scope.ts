import { SCOPES } from '#core/api/metrics.ts'
import type { AskedScope } from '#core/metrics/scope.ts'
import type { HttpRequest } from '#runtime/http-handler.ts'
import { nameIn, refuse, storeIn } from '#runtime/query-parameters.ts'

/** What a question is about: one store, region, category, brand or product, or everything. */
export function scopeIn(request: HttpRequest): AskedScope {
  const [by = 'total', another] = SCOPES.filter((it) => it !== 'total' && request.query[it] !== undefined)
  if (another !== undefined) throw refuse(another, `cannot be asked together with ${by}: one of them at a time`)
  return { by, key: by === 'total' ? undefined : by === 'store' ? storeIn(request) : nameIn(request, by) }
}
