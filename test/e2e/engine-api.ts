/** The API and the socket of an engine, wherever it runs. */
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { type ClientOptions, WebSocket } from 'ws'
import { type LiveFrame, type LiveMessage, type ServerMessage, serverMessage } from '#core/api/live.ts'
import { noteCookies, notePrivate } from './private-values.ts'

// biome-ignore lint/suspicious/noExplicitAny: a test knows the answers it asks for
export type Answer = { readonly status: number; readonly headers: Headers; readonly text: string; readonly body: any }

type Ask = {
  readonly body?: unknown
  /** A body as it is, in place of `body`. */
  readonly bytes?: Uint8Array
  readonly headers?: Record<string, string>
  /** Without the token. */
  readonly asStranger?: boolean
}

export class EngineApi {
  readonly address: string
  token = ''

  constructor(address: string) {
    this.address = address
  }

  async ask(
    method: string,
    path: string,
    { body, bytes, headers = {}, asStranger = false }: Ask = {},
  ): Promise<Answer> {
    const sent = bytes !== undefined ? Buffer.from(bytes) : body !== undefined ? JSON.stringify(body) : undefined
    const response = await fetch(this.address + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(!asStranger && { authorization: `Bearer ${this.token}` }),
        ...(sent !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent !== undefined && { body: sent }),
    })
    const text = await response.text()
    const isJson = text !== '' && /json/.test(response.headers.get('content-type') ?? '')
    for (const each of [sent ?? '', text]) notePrivate(String(each))
    noteCookies(response.headers)
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined }
  }

  get(path: string): Promise<Answer> {
    return this.ask('GET', path)
  }

  /** Items of every page of a list. `path` has a query. */
  // biome-ignore lint/suspicious/noExplicitAny: a test knows the answers it asks for
  async all(path: string): Promise<any[]> {
    const items = []
    for (let next: string | null = ''; next !== null; ) {
      const { status, body, text } = await this.get(path + (next && `&next=${encodeURIComponent(next)}`))
      if (status !== 200) throw new Error(`${path} was answered ${status}: ${text.slice(0, 500)}`)
      items.push(...body.items)
      next = body.next ?? null
    }
    return items
  }

  post(path: string, body?: unknown, more: Ask = {}): Promise<Answer> {
    return this.ask('POST', path, { ...(body !== undefined && { body }), ...more })
  }

  patch(path: string, body: unknown, more: Ask = {}): Promise<Answer> {
    return this.ask('PATCH', path, { body, ...more })
  }

  delete(path: string, more: Ask = {}): Promise<Answer> {
    return this.ask('DELETE', path, more)
  }

  /** A document through the door that needs no proof on this machine. */
  order(body: object, marketplace = 'amazon'): Promise<Answer> {
    return this.post(`/integrations/${marketplace}/webhook`, body, { asStranger: true })
  }

  /** Resolves when all that was accepted so far is in the answers. */
  async settled(ms = 10_000): Promise<void> {
    const since = Date.parse((await this.get('/quality')).body.asOf)
    await until(
      async () => {
        const { ledger, asOf, lagMs } = (await this.get('/quality')).body
        // One of several merchants is told no ledger, but how far back everything is in the answers.
        if (ledger === null) return Date.parse(asOf) - lagMs > since
        return ledger.every(({ pending }: { pending: number }) => pending === 0)
      },
      ms,
      'the engine to settle',
    )
  }

  /** A request with headers that `fetch` would set itself. */
  raw(
    method: string,
    path: string,
    headers: Record<string, string>,
    body = '',
  ): Promise<{ status: number; body: string }> {
    const { hostname, port } = new URL(this.address)
    return new Promise((resolve, reject) => {
      const sending = httpRequest({ hostname, port, path, method, headers }, (response) => {
        let text = ''
        response.on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode!, body: text }))
      })
      sending.on('error', reject)
      sending.end(body)
    })
  }

  async listen(options: ClientOptions = {}): Promise<Listener> {
    const headers = { authorization: `Bearer ${this.token}`, ...options.headers }
    const socket = new WebSocket(`${this.address.replace('http', 'ws')}/ws`, { ...options, headers })
    const listener = new Listener(socket)
    await once(socket, 'open')
    return listener
  }
}

export class Listener {
  readonly socket: WebSocket
  /** All that it heard, and of that the frames. */
  readonly heard: ServerMessage[] = []
  readonly frames: LiveFrame[] = []

  constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data) => {
      const message = serverMessage.parse(JSON.parse(String(data)))
      this.heard.push(message)
      if (message.type === 'snapshot' || message.type === 'changes') this.frames.push(message)
    })
    socket.on('error', () => {})
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message))
  }

  messages<T extends LiveMessage['topic']>(topic: T): Extract<LiveMessage, { topic: T }>[] {
    return this.frames
      .flatMap(({ messages }) => messages)
      .filter((message): message is Extract<LiveMessage, { topic: T }> => message.topic === topic)
  }

  async close(): Promise<number> {
    const ended = once(this.socket, 'close')
    this.socket.close()
    return (await ended)[0] as number
  }
}

/** Asks again and again, until the answer is one. @throws an error that names what was waited for. */
export async function until<T>(ask: () => T | Promise<T>, ms: number, what: string): Promise<NonNullable<T>> {
  const end = Date.now() + ms
  for (;;) {
    const answer = await ask()
    if (answer) return answer as NonNullable<T>
    if (Date.now() > end) throw new Error(`waited ${ms} ms for ${what}`)
    await new Promise((done) => setTimeout(done, 5))
  }
}
