import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  APIGatewayRequestAuthorizerEventV2,
  Context,
} from 'aws-lambda'
import { LocalIdentity } from '#adapters/embedded/local-identity.ts'
import type { Identity, Notice, Viewer } from '#core/ports.ts'
import { handler as authorizeViewer } from '#functions/authorize-viewer/handler.ts'
import { ObjectCompactor } from '#runtime/compact-raw.ts'
import type { AuthorizerContext } from '#runtime/http-handler.ts'
import { addMerchant } from '#runtime/merchants.ts'
import { contextWith, type Ports } from '#runtime/ports.ts'
import { ObjectLakeWriter } from '#runtime/write-stretch.ts'
import { CountingIdSource } from './counting-id-source.ts'
import { FixedClock } from './fixed-clock.ts'
import { MemoryEventLog } from './memory-event-log.ts'
import { MemoryObjectStore } from './memory-object-store.ts'
import { MemorySecrets } from './memory-secrets.ts'
import { MemoryStateStore } from './memory-state-store.ts'
import { WarehouseInTest } from './warehouse-in-test.ts'

const NOW = '2026-03-02T10:00:00Z'

/** Ports in memory, each of which a test may replace; notices that were sent are in `sent`. */
export function portsInTest(more: Partial<Ports> = {}): Ports & { readonly sent: Notice[] } {
  const sent: Notice[] = []
  const {
    state = new MemoryStateStore(),
    secrets = new MemorySecrets(),
    clock = new FixedClock(NOW),
    objects = new MemoryObjectStore(),
  } = more
  return {
    log: new MemoryEventLog(4),
    state,
    objects,
    lake: new ObjectLakeWriter(objects),
    compactor: new ObjectCompactor(objects),
    warehouse: new WarehouseInTest(objects),
    exports: new WarehouseInTest(objects),
    live: { send: async () => true, close: async () => {}, backlog: () => 0 },
    identity: new LocalIdentity(state, secrets, clock),
    secrets,
    notifier: {
      notify: async (notice) => {
        sent.push(notice)
        return { fate: 'taken', status: 200 }
      },
      refusal: () => undefined,
    },
    machine: { disk: () => undefined },
    clock,
    ids: new CountingIdSource(),
    ...more,
    sent,
  }
}

export const ownerOf = (merchantId: string): Viewer => ({ merchantId, subject: 'owner', role: 'owner' })

type Asked = {
  readonly viewer?: Viewer
  readonly params?: Record<string, string>
  readonly query?: Record<string, string>
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Text goes as it is, anything else as JSON. */
  readonly body?: unknown
  readonly host?: string
  readonly sourceIp?: string
}
type HttpFunction = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>
// biome-ignore lint/suspicious/noExplicitAny: a test knows the answers it asks for
type Answered = { readonly status: number; readonly body: any; readonly reply: APIGatewayProxyStructuredResultV2 }

/** As the authorizer would hand it on, whoever's token it was. */
async function authorized(ports: Ports, viewer: Viewer, routeKey: string): Promise<AuthorizerContext> {
  const identity = { verify: async () => viewer } as unknown as Identity
  const state = new MemoryStateStore()
  await addMerchant({ ...ports, state }, { id: viewer.merchantId, name: viewer.merchantId }).catch(() => undefined)
  const event = { headers: { authorization: 'Bearer t' }, routeKey } as unknown as APIGatewayRequestAuthorizerEventV2
  const { context } = await authorizeViewer(event, contextWith({ ...ports, state, identity }, 'in-test'))
  return context as AuthorizerContext
}

/** What a function answers to this request, after API Gateway has let it pass. */
export async function ask(handler: unknown, ports: Ports, route: string, asked: Asked = {}): Promise<Answered> {
  const { viewer, params, query, headers, body, host = 'localhost', sourceIp = '127.0.0.1' } = asked
  const [method, path] = route.split(' ')
  const event = {
    version: '2.0',
    routeKey: route,
    rawPath: path,
    rawQueryString: '',
    headers: { host, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    pathParameters: params,
    queryStringParameters: query,
    body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: {
      http: { method, path, sourceIp },
      ...(viewer !== undefined && { authorizer: { lambda: await authorized(ports, viewer, route) } }),
    },
  } as unknown as APIGatewayProxyEventV2
  const reply = await (handler as HttpFunction)(event, contextWith(ports, 'in-test'))
  const isJson = /json/.test(String(reply.headers?.['content-type']))
  return { status: reply.statusCode!, body: reply.body && isJson ? JSON.parse(reply.body) : reply.body, reply }
}
