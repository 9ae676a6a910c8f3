import type { APIGatewayRequestAuthorizerEventV2, Context } from 'aws-lambda'
import { mayDo } from '#core/access/may-do.ts'
import type { Viewer } from '#core/ports.ts'
import { type Guard, isRight, manifest } from '#functions/manifest.ts'
import type { AuthorizerContext } from '#runtime/http-handler.ts'
import { redeemTicket } from '#runtime/live-tickets.ts'
import { findMerchant } from '#runtime/merchants.ts'
import { type Ports, portsOf } from '#runtime/ports.ts'
import { tokenIn } from '#runtime/session-cookie.ts'

type Decision = { readonly isAuthorized: boolean; readonly context: Partial<AuthorizerContext> }

/**
 * Says who asks, and whether they may. Both go with the request as context: an answer is filtered by the first, and the
 * second becomes a problem document, which no authorizer can send.
 */
export async function handler(event: APIGatewayRequestAuthorizerEventV2, context: Context): Promise<Decision> {
  const ports = portsOf(context)
  const { state } = ports
  const viewer = await viewerOf(event, ports)
  const merchant = viewer && (await findMerchant(state, viewer.merchantId))
  const { origin = '' } = event.headers ?? {}
  const isElsewhere = viewer?.origins !== undefined && !viewer.origins.includes(origin)
  if (viewer === undefined || isElsewhere || merchant === undefined || merchant.status === 'removed')
    return { isAuthorized: false, context: {} }
  const guard = GUARDS.get(event.routeKey)
  const missing = guard !== undefined && isRight(guard) && !mayDo(viewer, guard) ? guard : ''
  return { isAuthorized: true, context: { viewer: JSON.stringify(viewer), missing } }
}

/** A page opens its socket by a ticket: its cookie alone would come along with a page elsewhere, too. */
async function viewerOf(event: APIGatewayRequestAuthorizerEventV2, ports: Ports): Promise<Viewer | undefined> {
  const { headers = {}, cookies = [], routeKey, queryStringParameters } = event
  const isSocket = routeKey === '$connect'
  const token = tokenIn(headers, isSocket ? [] : cookies)
  if (token !== undefined) return ports.identity.verify(token)
  const ticket = isSocket ? queryStringParameters?.ticket : undefined
  return ticket === undefined ? undefined : redeemTicket(ports, ticket)
}

const GUARDS: ReadonlyMap<string, Guard> = new Map([
  ...manifest.routes.map(({ method, path, guard }) => [`${method} ${path}`, guard] as const),
  ...manifest.sockets.map(({ route, guard }) => [route, guard] as const),
])
