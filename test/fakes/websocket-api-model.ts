/**
 * The WebSocket API of API Gateway as far as our channel, functions and feed branch on it, from its developer guide
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/) and API reference:
 * - Quotas, apigateway-execution-service-websocket-limits-table.html: a connection ends after 2 hours, and after 10 minutes in
 *   which nothing was sent either way; a message has 128 KB. None can be raised.
 * - $connect and $disconnect routes, apigateway-websocket-api-route-keys-connect-disconnect.html: the connection is there when
 *   `$connect` has succeeded; `$disconnect` comes when it is over, and may not come: here it does not where time has ended it.
 * - @connections commands, apigateway-how-to-call-websocket-api-connections.html, and PostToConnection,
 *   https://docs.aws.amazon.com/AWSJavaSDK/latest/javadoc/com/amazonaws/services/apigatewaymanagementapi/model/package-summary.html:
 *   `GoneException` (410), there is no such connection any more; `LimitExceededException` (429), too many requests, or its client
 *   has not read what came before. To delete a connection is to close it.
 */
type Command = { readonly constructor: { readonly name: string }; readonly input: { readonly ConnectionId: string } }
/** The function behind the routes. */
export type Route = (routeKey: string, connectionId: string, body?: string) => Promise<{ readonly statusCode: number }>

type Socket = { readonly sinceMs: number; usedMs: number; readonly heard: string[]; busy: number; isClosed: boolean }

const MINUTE_MS = 60_000
const LONGEST_MS = 120 * MINUTE_MS
const IDLE_MS = 10 * MINUTE_MS
const MOST_BYTES = 128 * 1024

export class WebSocketApiModel {
  readonly calls = { posts: 0, deletes: 0 }
  private readonly sockets = new Map<string, Socket>()
  private readonly now: () => number
  private readonly route: Route

  constructor(now: () => number, route: Route) {
    this.now = now
    this.route = route
  }

  /** For the SDK's client; its overloads are nothing that a model can say. */
  readonly client = { send: (command: unknown) => this.answer(command as Command) } as never

  /** A client opens a connection. @throws Error where `$connect` refuses it. */
  async connect(): Promise<string> {
    const id = `connection-${this.sockets.size}`
    const { statusCode } = await this.route('$connect', id)
    if (statusCode !== 200) throw new Error(`$connect answered ${statusCode}`)
    this.sockets.set(id, { sinceMs: this.now(), usedMs: this.now(), heard: [], busy: 0, isClosed: false })
    return id
  }

  /** A client says something. */
  async say(id: string, body: string): Promise<void> {
    this.open(id).usedMs = this.now()
    await this.route('$default', id, body)
  }

  /** The next so many posts to it find it busy. */
  throttle(id: string, posts: number): void {
    this.open(id).busy = posts
  }

  isOpen(id: string): boolean {
    const { sinceMs, usedMs, isClosed } = this.sockets.get(id)!
    return !isClosed && this.now() - sinceMs < LONGEST_MS && this.now() - usedMs < IDLE_MS
  }

  /** What its client has heard since it was asked the last time. */
  heardBy(id: string): string[] {
    return this.sockets.get(id)!.heard.splice(0)
  }

  async close(id: string): Promise<void> {
    this.open(id).isClosed = true
    await this.route('$disconnect', id)
  }

  private open(id: string): Socket {
    if (!this.sockets.has(id) || !this.isOpen(id)) throw failure('GoneException', 410)
    return this.sockets.get(id)!
  }

  private async answer({ constructor: { name }, input }: Command): Promise<object> {
    const { ConnectionId, Data } = input as { readonly ConnectionId: string; readonly Data?: Uint8Array }
    if (name === 'DeleteConnectionCommand') {
      this.calls.deletes++
      await this.close(ConnectionId)
      return {}
    }
    if (name !== 'PostToConnectionCommand') throw new Error(`the model knows no ${name}`)
    this.calls.posts++
    const socket = this.open(ConnectionId)
    if (Data!.byteLength > MOST_BYTES) throw failure('PayloadTooLargeException', 413)
    if (socket.busy > 0) {
      socket.busy--
      throw failure('LimitExceededException', 429)
    }
    socket.usedMs = this.now()
    socket.heard.push(Buffer.from(Data!).toString())
    return {}
  }
}

const failure = (name: string, httpStatusCode: number): Error =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } })
