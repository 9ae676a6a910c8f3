/** An engine in a process of its own, to be killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { ownerToken } from '#local/client.ts'
import { OPERATOR } from '#local/owner.ts'
import { printedAddress } from '#test/fixtures/printed-address.ts'

const MAIN = fileURLToPath(new URL('../../local/main.ts', import.meta.url))
const START_MS = 30_000

export class EngineProcess {
  readonly address: string
  readonly token: string
  private readonly data: string
  private readonly child: ChildProcess
  private readonly said: string[]

  private constructor(child: ChildProcess, said: string[], address: string, token: string, data: string) {
    this.child = child
    this.said = said
    this.address = address
    this.token = token
    this.data = data
  }

  /** Resolves when the engine listens. */
  static async start(data: string): Promise<EngineProcess> {
    const child = spawn(process.execPath, [MAIN, 'start', '--no-simulator', '--port', '0', '--data', data], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said: string[] = []
    child.stderr!.on('data', (chunk) => said.push(String(chunk)))
    const address = await printedAddress(child, said, START_MS)
    return new EngineProcess(child, said, address, await ownerToken(data), data)
  }

  get errors(): string {
    return this.said.join('')
  }

  /** `asOperator`: with the rights of whoever runs the engine. */
  async post(path: string, body: unknown, asOperator = false): Promise<{ status: number; body: unknown }> {
    const token = asOperator ? await ownerToken(this.data, OPERATOR) : this.token
    const response = await fetch(this.address + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }

  async get(path: string): Promise<unknown> {
    const response = await fetch(this.address + path, { headers: { authorization: `Bearer ${this.token}` } })
    return response.json()
  }

  /**
   * Like a power cut for the process: it gets no chance to write anything.
   * @throws when it had ended by itself before: no kill makes up for a crash of its own.
   */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit')
    const { exitCode, signalCode } = this.child
    if (signalCode !== 'SIGKILL')
      throw new Error(`the engine had ended with ${signalCode ?? exitCode}:\n${this.errors}`)
  }

  /** Ends it as Ctrl-C would, and answers its exit code. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode
    this.child.kill('SIGTERM')
    const [code] = (await once(this.child, 'exit')) as [number | null]
    return code
  }
}
