/** The socket `/ws` of one machine, as API Gateway would hold it: three routes of the manifest, and a channel to push. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'
import { type WebSocket, WebSocketServer } from 'ws'
import type { SocketLiveChannel } from '#adapters/embedded/socket-live-channel.ts'
import { MAX_MESSAGE_BYTES } from '#core/api/limits.ts'
import type { Viewer } from '#core/ports.ts'
import { manifest } from '#functions/manifest.ts'
import { isFromThisMachine } from '#runtime/demo-merchant.ts'
import { needsRight, problem } from '#runtime/http-handler.ts'
import { OWN_NAMES_ALONE } from './gateway.ts'
import type { Functions } from './invoke.ts'
import { isFromOwnPage } from './own-page.ts'
import { replyOnSocket } from './reply-on-socket.ts'

const PATH = '/ws'
const NO_TICKET = 'A page brings a ticket of POST /live/tickets (`/ws?ticket=…`), a program its token'
const UNKNOWN_TICKET =
  'This ticket is not known: each lets in once, within 60 seconds. POST /live/tickets makes another'
/** Connections that do not answer for this long are gone. */
const PING_MS = 30_000
/** When the engine stops, connections have this long to answer that they close. */
const CLOSE_MS = 1_000

type SocketRoute = (typeof manifest.sockets)[number]['route']

type Held = {
  readonly socket: WebSocket
  /** Whether it has answered since it was last asked. */
  isAlive: boolean
}

export type SocketsOptions = {
  readonly functions: Functions
  readonly channel: SocketLiveChannel
  readonly loopbackOnly: boolean
  /** A connection of this merchant has come, gone or said something, and the functions have done their part. */
  readonly onTold: (merchantId: string) => void
}

export class Sockets {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES })
  private readonly options: SocketsOptions
  private readonly held = new Set<Held>()
  private readonly pings: NodeJS.Timeout

  constructor(options: SocketsOptions) {
    this.options = options
    this.pings = setInterval(() => this.ping(), PING_MS)
  }

  listen(server: Server): void {
    server.on('upgrade', (request, socket, head) => {
      // A client may be gone before it is answered: without this that would be an error of the process.
      socket.on('error', () => socket.destroy())
      this.upgrade(request, socket, head).catch((error) => {
        console.error(error)
        refuse(socket, 500, 'This is a defect of ours, and was logged')
      })
    })
    this.server.on('wsClientError', ({ message }, socket) => {
      const { headers, ...reply } = problem(400, `This is no handshake of a socket: ${message}`)
      replyOnSocket(socket, { ...reply, headers: { ...headers, 'sec-websocket-version': '13' } })
    })
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const url = URL.parse(request.url ?? '', 'ws://socket')
    if (url?.pathname !== PATH) return refuse(socket, 404, `There is no socket here: it is at ${PATH}`)
    const { host, cookie, authorization } = request.headers
    if (this.options.loopbackOnly && !isFromThisMachine(request.socket.remoteAddress ?? '', host))
      return refuse(socket, 421, OWN_NAMES_ALONE)
    if (!isFromOwnPage(request.headers)) return refuse(socket, 403, 'A page of another origin may not listen here')
    const cookies = cookie === undefined ? [] : cookie.split(/; */)
    const authorized = await this.options.functions.authorize({
      headers: { authorization: authorization ?? '' },
      cookies,
      routeKey: '$connect',
      queryStringParameters: Object.fromEntries(url.searchParams),
    })
    if (authorized === undefined)
      return refuse(socket, 401, url.searchParams.has('ticket') ? UNKNOWN_TICKET : NO_TICKET)
    if (authorized.missing) return refuse(socket, 403, needsRight(authorized.missing))
    this.server.handleUpgrade(request, socket, head, (opened) => void this.hold(opened, authorized.viewer))
  }

  private async hold(socket: WebSocket, viewer: string): Promise<void> {
    const connectionId = randomUUID()
    const held: Held = { socket, isAlive: true }
    this.held.add(held)
    this.options.channel.hold(connectionId, socket)
    // One after the other, as they came; while one is dealt with, no more are read.
    let told = this.tell('$connect', connectionId, viewer)
    const tellNext = (route: SocketRoute, body?: string) => {
      socket.pause()
      told = told.then(() => this.tell(route, connectionId, viewer, body)).finally(() => socket.resume())
    }
    socket.on('pong', () => {
      held.isAlive = true
    })
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      this.held.delete(held)
      this.options.channel.forget(connectionId)
      tellNext('$disconnect')
    })
    socket.on('message', (data) => tellNext('$default', data.toString()))
    if ((await told) !== 200) socket.close(1011)
  }

  private async tell(route: SocketRoute, connectionId: string, viewer: string, body?: string): Promise<number> {
    const { runs } = manifest.sockets.find((socket) => socket.route === route)!
    const requestContext = { routeKey: route, connectionId, authorizer: { viewer } }
    const event = { requestContext, body } as unknown as APIGatewayProxyWebsocketEventV2
    try {
      const status = await this.options.functions.socket(runs, event)
      this.options.onTold((JSON.parse(viewer) as Viewer).merchantId)
      return status
    } catch (error) {
      console.error(error)
      return 500
    }
  }

  private ping(): void {
    for (const held of this.held) {
      const { socket, isAlive } = held
      if (!isAlive) {
        socket.terminate()
        continue
      }
      held.isAlive = false
      socket.ping()
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

const refuse = (socket: Duplex, status: number, title: string): void => replyOnSocket(socket, problem(status, title))
