import type {
  APIGatewayAuthorizerResult,
  APIGatewayRequestAuthorizerEvent,
  APIGatewayRequestAuthorizerEventV2,
  Context,
} from 'aws-lambda'
import { mayDo } from '#core/access/may-do.ts'
import type { Viewer } from '#core/ports.ts'
import { type Guard, isRight, manifest } from '#functions/manifest.ts'
import type { AuthorizerContext } from '#runtime/http-handler.ts'
import { redeemTicket } from '#runtime/live-tickets.ts'
import { findMerchant } from '#runtime/merchants.ts'
import { type Ports, portsOf } from '#runtime/ports.ts'
import { cookiesOf, tokenIn } from '#runtime/session-cookie.ts'

type Decision = { readonly isAuthorized: boolean; readonly context: Partial<AuthorizerContext> }
/** As it asks for a socket: API Gateway's WebSocket API knows events and answers of the older form alone. */
type SocketAuthorizerEvent = Pick<
  APIGatewayRequestAuthorizerEvent,
  'methodArn' | 'headers' | 'queryStringParameters'
> & { readonly requestContext: { readonly routeKey: string } }
type Asked = Pick<APIGatewayRequestAuthorizerEventV2, 'headers' | 'cookies' | 'routeKey' | 'queryStringParameters'>

/** Says who asks, and whether they may: HTTP APIs take that as it is, WebSocket APIs as a policy. */
export function handler(event: SocketAuthorizerEvent, context: Context): Promise<APIGatewayAuthorizerResult>
export function handler(event: APIGatewayRequestAuthorizerEventV2, context: Context): Promise<Decision>
export async function handler(
  event: APIGatewayRequestAuthorizerEventV2 | SocketAuthorizerEvent,
  context: Context,
): Promise<Decision | APIGatewayAuthorizerResult> {
  const ports = portsOf(context)
  if (!('methodArn' in event)) return handOn(event, await decide(event, ports))
  return policyFor(event.methodArn, await decide(askedBy(event), ports))
}

/** A refusal of its own would be API Gateway's words: nobody is handed on as nobody, and `httpHandler` says what to do. */
const handOn = ({ version }: APIGatewayRequestAuthorizerEventV2, decision: Decision): Decision =>
  version === '2.0' && !decision.isAuthorized ? { isAuthorized: true, context: { viewer: '', missing: '' } } : decision

/**
 * Who asks and what they lack both go with the request as context: an answer is filtered by the first, and the second
 * becomes a problem document, which no authorizer can send.
 */
async function decide(event: Asked, ports: Ports): Promise<Decision> {
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
async function viewerOf(event: Asked, ports: Ports): Promise<Viewer | undefined> {
  const { headers = {}, routeKey, queryStringParameters } = event
  const isSocket = routeKey === '$connect'
  const token = tokenIn(headers, isSocket ? [] : cookiesOf(event))
  if (token !== undefined) return ports.identity.verify(token)
  const ticket = isSocket ? queryStringParameters?.ticket : undefined
  // Whoever made the ticket may be somebody else by now, or nobody.
  const maker = ticket === undefined ? undefined : await redeemTicket(ports, ticket)
  return maker && ports.identity.present(maker)
}

/** Names of headers come here as the client wrote them. */
const askedBy = ({ headers, queryStringParameters, requestContext }: SocketAuthorizerEvent): Asked => ({
  headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
  cookies: [],
  routeKey: requestContext.routeKey,
  queryStringParameters: queryStringParameters ?? {},
})

/** No function asks again who may open a socket: who lacks the right is refused here. */
function policyFor(methodArn: string, { isAuthorized, context }: Decision): APIGatewayAuthorizerResult {
  const isLetIn = isAuthorized && context.missing === ''
  const viewer = context.viewer === undefined ? undefined : (JSON.parse(context.viewer) as Viewer)
  return {
    principalId: viewer === undefined ? 'nobody' : viewer.subject,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: isLetIn ? 'Allow' : 'Deny', Resource: methodArn }],
    },
    ...(isLetIn && { context: { viewer: context.viewer } }),
  }
}

const GUARDS: ReadonlyMap<string, Guard> = new Map([
  ...manifest.routes.map(({ method, path, guard }) => [`${method} ${path}`, guard] as const),
  ...manifest.sockets.map(({ route, guard }) => [route, guard] as const),
])
