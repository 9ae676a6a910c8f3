/** An engine as a merchant runs it: a process of its own, reached by HTTP and WebSocket alone. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'
import { type LiveFrame, type LiveMessage, type ServerMessage, serverMessage } from '#core/api/live.ts'

/** Among the arguments of `start`: it shall sell by itself. */
const SIMULATOR = '--simulator'

export const MAIN = fileURLToPath(new URL('../../local/main.ts', import.meta.url))

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

export class RunningEngine {
  readonly address: string
  readonly signIn: string
  readonly child: ChildProcess
  token = ''
  private readonly lines: string[]

  private constructor(child: ChildProcess, lines: string[], address: string, signIn: string) {
    this.child = child
    this.lines = lines
    this.address = address
    this.signIn = signIn
  }

  /** Starts `counterflow start`, which sells nothing by itself, and waits for the line that it prints; then signs in as that line says, for a token. */
  static async start(data: string, args: readonly string[] = [], options: SpawnOptions = {}): Promise<RunningEngine> {
    const { child, lines, ended } = run(
      [
        'start',
        ...(args.includes(SIMULATOR) ? [] : ['--no-simulator']),
        '--port',
        '0',
        '--data',
        data,
        ...args.filter((arg) => arg !== SIMULATOR),
      ],
      options,
    )
    let printed = ''
    child.stdout!.on('data', (chunk) => {
      printed += chunk
    })
    const found = await Promise.race([
      until(() => /runs at (\S+) and lets you in at (\S+)\n/.exec(printed), 20_000, 'the engine to start'),
      ended.then((code) => {
        throw new Error(`the engine ended with ${code}: ${lines.join('')}`)
      }),
    ])
    const engine = new RunningEngine(child, lines, found[1]!, found[2]!)
    await engine.enter()
    return engine
  }

  /** The cookie of a new session of the owner. */
  async session(): Promise<string> {
    const { body } = await this.post('/sign-in/codes')
    return this.cookieFrom(`${this.address}/sign-in?code=${body.code}`)
  }

  private async cookieFrom(link: string): Promise<string> {
    const entered = await fetch(link, { redirect: 'manual' })
    return entered.headers.getSetCookie()[0]!.split(';')[0]!
  }

  private async enter(): Promise<void> {
    const cookie = await this.cookieFrom(this.signIn)
    const made = await fetch(`${this.address}/tokens`, { method: 'POST', headers: { cookie } })
    this.token = ((await made.json()) as { token: string }).token
  }

  /** What it wrote to its error stream. */
  get said(): string {
    return this.lines.join('')
  }

  async ask(
    method: string,
    path: string,
    { body, bytes, headers = {}, asStranger = false }: Ask = {},
  ): Promise<Answer> {
    const response = await fetch(this.address + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(!asStranger && { authorization: `Bearer ${this.token}` }),
        ...((body !== undefined || bytes !== undefined) && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...((body !== undefined || bytes !== undefined) && {
        body: bytes === undefined ? JSON.stringify(body) : Buffer.from(bytes),
      }),
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined }
  }

  get(path: string): Promise<Answer> {
    return this.ask('GET', path)
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
  async settled(): Promise<void> {
    await until(
      async () => {
        const { body } = await this.get('/quality')
        return body.ledger.every(({ pending }: { pending: number }) => pending === 0)
      },
      10_000,
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

  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit')
  }

  /** Ends it as Ctrl-C would. Answers the exit code and how long it took. */
  async stop(): Promise<{ code: number | null; tookMs: number }> {
    const startedAt = Date.now()
    if (this.child.exitCode !== null) return { code: this.child.exitCode, tookMs: 0 }
    this.child.kill('SIGTERM')
    await once(this.child, 'exit')
    return { code: this.child.exitCode, tookMs: Date.now() - startedAt }
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

/** Runs the command line; the process is gone when the test is over. */
export function run(args: readonly string[], options: SpawnOptions = {}) {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'], ...options })
  const lines: string[] = []
  child.stderr!.on('data', (chunk) => lines.push(String(chunk)))
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
  return { child, lines, ended }
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

/** An engine on a folder of its own, for one test. */
export async function engineFor(
  data: string,
  args: readonly string[] = [],
  options: SpawnOptions = {},
): Promise<RunningEngine> {
  const engine = await RunningEngine.start(data, args, options)
  onTestFinished(() => engine.kill())
  return engine
}
