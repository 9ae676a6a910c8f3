import type { APIGatewayRequestAuthorizerEventV2, Context } from 'aws-lambda'
import { mayDo } from '#core/access/may-do.ts'
import { type Guard, isRight, manifest } from '#functions/manifest.ts'
import type { AuthorizerContext } from '#runtime/http-handler.ts'
import { findMerchant } from '#runtime/merchants.ts'
import { portsOf } from '#runtime/ports.ts'
import { tokenIn } from '#runtime/session-cookie.ts'

type Decision = { readonly isAuthorized: boolean; readonly context: Partial<AuthorizerContext> }

/**
 * Says who asks, and whether they may. Both go with the request as context: an answer is filtered by the first, and the
 * second becomes a problem document, which no authorizer can send.
 */
export async function handler(event: APIGatewayRequestAuthorizerEventV2, context: Context): Promise<Decision> {
  const token = tokenIn(event.headers ?? {}, event.cookies ?? [])
  const { identity, state } = portsOf(context)
  const viewer = token === undefined ? undefined : await identity.verify(token)
  const merchant = viewer && (await findMerchant(state, viewer.merchantId))
  const { origin = '' } = event.headers ?? {}
  const isElsewhere = viewer?.origins !== undefined && !viewer.origins.includes(origin)
  if (viewer === undefined || isElsewhere || merchant === undefined || merchant.status === 'removed')
    return { isAuthorized: false, context: {} }
  const guard = GUARDS.get(event.routeKey)
  const missing = guard !== undefined && isRight(guard) && !mayDo(viewer, guard) ? guard : ''
  return { isAuthorized: true, context: { viewer: JSON.stringify(viewer), missing } }
}

const GUARDS: ReadonlyMap<string, Guard> = new Map([
  ...manifest.routes.map(({ method, path, guard }) => [`${method} ${path}`, guard] as const),
  ...manifest.sockets.map(({ route, guard }) => [route, guard] as const),
])
