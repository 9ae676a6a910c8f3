/** The product as a merchant runs it, in a process of its own on a free loopback port, for a bench to load and to measure. */
import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { QualityAnswer } from '#core/api/quality.ts'
import { ownerToken } from '#local/client.ts'
import { printedAddress } from '#test/fixtures/printed-address.ts'
import { ended, spawnNode } from './own-process.ts'

export const COMMAND_LINE = fileURLToPath(new URL('../../local/main.ts', import.meta.url))
const START_MS = 120_000
const SETTLE_MS = 300_000

export class EngineUnderLoad {
  readonly address: string
  readonly token: string
  readonly pid: number
  /** From spawn until it answered /healthz. */
  readonly readyMs: number
  private readonly child: ChildProcess

  private constructor(child: ChildProcess, address: string, token: string, readyMs: number) {
    this.child = child
    this.address = address
    this.token = token
    this.pid = child.pid!
    this.readyMs = readyMs
  }

  static async start(data: string, nodeArguments: readonly string[] = []): Promise<EngineUnderLoad> {
    const startedAt = performance.now()
    // Should this process be killed, the engine sees it and ends.
    const env = { ...process.env, COUNTERFLOW_PARENT_PID: String(process.pid) }
    const child = spawnNode(
      [...nodeArguments, COMMAND_LINE, 'start', '--no-simulator', '--port', '0', '--data', data],
      {
        env,
      },
    )
    const errors: string[] = []
    child.stderr!.on('data', (chunk) => errors.push(String(chunk)))
    const address = await printedAddress(child, errors, START_MS)
    const health = await fetch(`${address}/healthz`)
    if (health.status !== 200) throw new Error(`the engine is not healthy: ${health.status}`)
    const readyMs = performance.now() - startedAt
    return new EngineUnderLoad(child, address, await ownerToken(data), readyMs)
  }

  async quality(): Promise<QualityAnswer> {
    const response = await fetch(`${this.address}/quality`, { headers: { authorization: `Bearer ${this.token}` } })
    return (await response.json()) as QualityAnswer
  }

  /** Resolves when all that was accepted so far is in the answers. */
  async settled(): Promise<QualityAnswer> {
    for (const end = performance.now() + SETTLE_MS; performance.now() < end; await wait(10)) {
      const quality = await this.quality()
      if (quality.ledger!.every(({ pending }) => pending === 0)) return quality
    }
    throw new Error(`the engine had not caught up after ${SETTLE_MS} ms`)
  }

  /** Like a power cut for the process. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await ended(this.child)
  }

  /** Ends it as Ctrl-C would. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM')
    await ended(this.child)
  }
}

/** How many records the log has taken, over all shards. */
export const acceptedIn = ({ ledger }: Pick<QualityAnswer, 'ledger'>): number =>
  ledger!.reduce((sum, { accepted }) => sum + accepted, 0)
