/** An engine as a merchant runs it: a process of its own, reached by HTTP and WebSocket alone. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, onTestFinished } from 'vitest'
import { EngineApi, until } from './engine-api.ts'
import { notePrivate, privateIn } from './private-values.ts'

/** Among the arguments of `start`: it shall sell by itself. */
const SIMULATOR = '--simulator'

export const MAIN = fileURLToPath(new URL('../../local/main.ts', import.meta.url))

export class RunningEngine extends EngineApi {
  readonly signIn: string
  readonly child: ChildProcess
  private readonly lines: string[]

  private constructor(child: ChildProcess, lines: string[], address: string, signIn: string) {
    super(address)
    this.child = child
    this.lines = lines
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
    notePrivate(JSON.stringify({ token: this.token }))
  }

  /** What it wrote to its error stream. */
  get said(): string {
    return this.lines.join('')
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

/** Every engine of a file; what it said of its work is looked at when the file is over, however it ended. */
const engines: Running[] = []
afterAll(async () => {
  for (const { child } of engines) child.kill('SIGKILL')
  await Promise.all(engines.map(({ ended }) => ended))
  const said = engines.map(({ lines }) => lines.join('')).join('')
  expect(privateIn(said), 'private values that engines wrote to their error streams').toEqual([])
})

type Running = { readonly child: ChildProcess; readonly lines: string[]; readonly ended: Promise<number | null> }

/** Runs the command line. */
export function run(args: readonly string[], options: SpawnOptions = {}): Running {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'], ...options })
  const lines: string[] = []
  child.stderr!.on('data', (chunk) => lines.push(String(chunk)))
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
  const running = { child, lines, ended }
  if (args[0] === 'start') engines.push(running)
  return running
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
