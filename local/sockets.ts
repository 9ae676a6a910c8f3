/** The socket `/ws` of one machine, as API Gateway would hold it: three routes of the manifest, and a channel to push. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'
import { type WebSocket, WebSocketServer } from 'ws'
import type { SocketLiveChannel } from '#adapters/embedded/socket-live-channel.ts'
import { MAX_MESSAGE_BYTES } from '#core/api/limits.ts'
import { manifest } from '#functions/manifest.ts'
import { isFromThisMachine } from '#runtime/demo-merchant.ts'
import type { Functions } from './invoke.ts'
import { isFromOwnPage } from './own-page.ts'

const PATH = '/ws'
/** Connections that do not answer for this long are gone. */
const PING_MS = 30_000
/** When the engine stops, connections have this long to answer that they close. */
const CLOSE_MS = 1_000

type SocketRoute = (typeof manifest.sockets)[number]['route']

export class Sockets {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES })
  private readonly functions: Functions
  private readonly channel: SocketLiveChannel
  private readonly loopbackOnly: boolean
  private readonly pings: NodeJS.Timeout

  constructor(functions: Functions, channel: SocketLiveChannel, loopbackOnly: boolean) {
    this.functions = functions
    this.channel = channel
    this.loopbackOnly = loopbackOnly
    this.pings = setInterval(() => this.ping(), PING_MS)
  }

  listen(server: Server): void {
    server.on('upgrade', (request, socket, head) => {
      // A client may be gone before it is answered: without this that would be an error of the process.
      socket.on('error', () => socket.destroy())
      this.upgrade(request, socket, head).catch((error) => {
        console.error(error)
        socket.destroy()
      })
    })
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (request.url?.split('?')[0] !== PATH) return refuse(socket, '404 Not Found')
    const { host, cookie, authorization } = request.headers
    if (this.loopbackOnly && !isFromThisMachine(request.socket.remoteAddress ?? '', host))
      return refuse(socket, '421 Misdirected Request')
    if (!isFromOwnPage(request.headers)) return refuse(socket, '403 Forbidden')
    const cookies = cookie === undefined ? [] : cookie.split(/; */)
    const headers = { authorization: authorization ?? '' }
    const authorized = await this.functions.authorize({ headers, cookies, routeKey: '$connect' })
    if (authorized === undefined) return refuse(socket, '401 Unauthorized')
    if (authorized.missing) return refuse(socket, '403 Forbidden')
    this.server.handleUpgrade(request, socket, head, (opened) => void this.hold(opened, authorized.viewer))
  }

  private async hold(socket: WebSocket, viewer: string): Promise<void> {
    const connectionId = randomUUID()
    this.channel.hold(connectionId, socket)
    let isAlive = true
    socket.on('pong', () => {
      isAlive = true
    })
    Object.assign(socket, {
      isStale: () => {
        const stale = !isAlive
        isAlive = false
        return stale
      },
    })
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      this.channel.forget(connectionId)
      void this.tell('$disconnect', connectionId, viewer)
    })
    socket.on('message', (data) => void this.tell('$default', connectionId, viewer, data.toString()))
    if ((await this.tell('$connect', connectionId, viewer)) !== 200) socket.close(1011)
  }

  private tell(route: SocketRoute, connectionId: string, viewer: string, body?: string): Promise<number> {
    const { runs } = manifest.sockets.find((socket) => socket.route === route)!
    const requestContext = { routeKey: route, connectionId, authorizer: { viewer } }
    const event = { requestContext, body } as unknown as APIGatewayProxyWebsocketEventV2
    return this.functions.socket(runs, event).catch((error) => {
      console.error(error)
      return 500
    })
  }

  private ping(): void {
    for (const socket of this.server.clients) {
      if ((socket as WebSocket & { isStale(): boolean }).isStale()) socket.terminate()
      else socket.ping()
    }
  }

  close(): void {
    clearInterval(this.pings)
    for (const socket of this.server.clients) socket.close(1001, 'the engine stops')
    setTimeout(() => {
      for (const socket of this.server.clients) socket.terminate()
    }, CLOSE_MS).unref()
    this.server.close()
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
