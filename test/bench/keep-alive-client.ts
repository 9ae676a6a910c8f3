/**
 * A cheap HTTP/1.1 client for a load generator: raw sockets kept alive, one request at a time on each (no pipelining).
 * Requests that find no idle socket wait in order. It understands answers with a Content-Length, as the engine's are.
 */
import { connect, type Socket } from 'node:net'

/** `status` 0: the connection was lost before the answer was whole. */
export type Answered = (status: number, body: string) => void
type Waiting = { readonly bytes: string; readonly answered: Answered }
type Line = { readonly socket: Socket; text: string; current: Waiting | undefined }

const HEAD_END = '\r\n\r\n'

export class KeepAliveClient {
  private readonly host: string
  private readonly port: number
  private readonly token: string
  private readonly idle: Line[] = []
  private readonly waiting: Waiting[] = []
  private taken = 0
  private readonly lines = new Set<Line>()
  private readonly maxConnections: number

  constructor(address: string, token: string, maxConnections = 1_000) {
    const { hostname, port } = new URL(address)
    this.host = hostname
    this.port = Number(port)
    this.token = token
    this.maxConnections = maxConnections
  }

  /** Sends JSON text; `answered` is called once. */
  post(path: string, json: string, answered: Answered): void {
    const bytes =
      `POST ${path} HTTP/1.1\r\nHost: ${this.host}:${this.port}\r\nAuthorization: Bearer ${this.token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(json)}${HEAD_END}${json}`
    const request = { bytes, answered }
    const line = this.idle.pop() ?? (this.lines.size < this.maxConnections ? this.open() : undefined)
    if (line === undefined) this.waiting.push(request)
    else this.send(line, request)
  }

  /** The same as a promise. */
  ask(path: string, json: string): Promise<{ status: number; body: string }> {
    return new Promise((done) => this.post(path, json, (status, body) => done({ status, body })))
  }

  close(): void {
    for (const { socket } of this.lines) socket.destroy()
  }

  private open(): Line {
    const socket = connect({ host: this.host, port: this.port, noDelay: true })
    const line: Line = { socket, text: '', current: undefined }
    this.lines.add(line)
    socket.setEncoding('latin1')
    socket.on('data', (chunk) => this.receive(line, String(chunk)))
    socket.on('error', () => {}) // 'close' follows
    socket.on('close', () => this.lose(line))
    return line
  }

  private send(line: Line, request: Waiting): void {
    line.current = request
    line.socket.write(request.bytes)
  }

  private receive(line: Line, chunk: string): void {
    line.text += chunk
    const headEnd = line.text.indexOf(HEAD_END)
    if (headEnd < 0) return
    const length = /\r\ncontent-length: *(\d+)/i.exec(line.text.slice(0, headEnd))?.[1]
    const bodyAt = headEnd + HEAD_END.length
    if (length === undefined || line.text.length < bodyAt + Number(length)) return
    const { answered } = line.current!
    const answer = line.text
    line.text = ''
    line.current = undefined
    const next = this.next()
    if (next === undefined) this.idle.push(line)
    else this.send(line, next)
    answered(Number(answer.slice(9, 12)), answer.slice(bodyAt))
  }

  /** A queue that is read from its front without moving the rest each time. */
  private next(): Waiting | undefined {
    const next = this.waiting[this.taken]
    if (next !== undefined) this.taken++
    if (this.taken === this.waiting.length) {
      this.waiting.length = 0
      this.taken = 0
    }
    return next
  }

  private lose(line: Line): void {
    this.lines.delete(line)
    const at = this.idle.indexOf(line)
    if (at >= 0) this.idle.splice(at, 1)
    line.current?.answered(0, '')
    const next = this.next()
    if (next !== undefined) this.send(this.open(), next)
  }
}
