import { setTimeout as wait } from 'node:timers/promises'
import { type CollectAnswer, MAX_COLLECTED } from '#core/api/intake.ts'
import type { ProblemDocument } from '#core/api/problem.ts'
import type { QualityAnswer } from '#core/api/quality.ts'
import type { Draft } from '#core/events/envelope.ts'
import type { Problem } from '#core/outcome.ts'
import { StartError } from '../start-error.ts'
import type { Answer, Door } from './collect-door.ts'

/** The engine does not answer, or takes nothing: what it had taken is safe. */
export class DoorError extends StartError {}

/** An event with its sender's id, and the line of the file that it comes from. */
export type Outgoing = Draft & { readonly id: string; readonly line: number }

/**
 * Sends events in batches and counts what became of them. One batch is on its way while the next is made ready: were
 * there more, they would overtake each other, and a file in order would be full of late events.
 */
export class EventSender {
  accepted = 0
  repeats = 0
  private readonly door: Door
  private readonly source: string
  private readonly onRefused: (line: number, problems: readonly Problem[]) => void
  private onItsWay: Promise<void> = Promise.resolve()

  /** `source`: as the door knows imports, `import:<name>`. */
  constructor(door: Door, source: string, onRefused: EventSender['onRefused']) {
    this.door = door
    this.source = source
    this.onRefused = onRefused
  }

  /** Resolves when the last batch is on its way. @throws DoorError, of this call or of the one before */
  async send(events: readonly Outgoing[]): Promise<void> {
    for (let i = 0; i < events.length; i += MAX_COLLECTED) {
      await this.onItsWay
      this.onItsWay = this.sendBatch(events.slice(i, i + MAX_COLLECTED))
      this.onItsWay.catch(() => {}) // it is told to whoever sends next
    }
  }

  /** Resolves when every batch was answered. @throws DoorError */
  async sent(): Promise<void> {
    await this.onItsWay
  }

  private async sendBatch(events: readonly Outgoing[]): Promise<void> {
    const body = { events: events.map(({ line: _, ...event }) => event) }
    const answer = await askPatiently(this.door, 'POST', `/collect?source=${this.source}`, body)
    const { results } = answer.body as Partial<CollectAnswer>
    if (results?.length !== events.length) throw refusedWhole(answer)
    for (const [i, result] of results.entries()) {
      if ('problems' in result) this.onRefused(events[i]!.line, result.problems)
      else if (result.status === 'repeat') this.repeats++
      else this.accepted++
    }
  }
}

/**
 * Resolves, with how many are held, when the engine has counted everything that it had taken at the time of the call. One
 * that tells this merchant no ledger says how far it is behind, and not how many it holds: 0.
 */
export async function waitUntilCounted(door: Door): Promise<number> {
  const { asOf, ledger: before } = await qualityOf(door)
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LAST_PAUSE_MS)) {
    const now = await qualityOf(door)
    const { ledger } = now
    if (before === null || ledger === null) {
      if (Date.parse(now.asOf) - now.lagMs > Date.parse(asOf)) return 0
    } else if (ledger.every(({ accepted, pending }, shard) => accepted - pending >= before[shard]!.accepted)) {
      return ledger.reduce((sum, { held }) => sum + held, 0)
    }
    await wait(pauseMs)
  }
}
const FIRST_PAUSE_MS = 20
const LAST_PAUSE_MS = 500

const qualityOf = (door: Door): Promise<QualityAnswer> => askFor<QualityAnswer>(door, '/quality')

/** The engine's answer to a question. @throws DoorError */
export async function askFor<T extends object>(door: Door, path: string): Promise<T> {
  const answer = await askPatiently(door, 'GET', path)
  if (answer.status !== 200) throw refusedWhole(answer)
  return answer.body as T
}

/** One that is full has counted the most it lets wait within this time. */
const FULL_MS = 5 * 60_000
const AWAY_PAUSE_MS = 300

/** Asks until there is an answer to go by: an engine that is full is asked again when it says, one that is gone for a while. */
async function askPatiently(door: Door, method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
  const since = performance.now()
  for (;;) {
    const waitedMs = () => performance.now() - since
    try {
      const answer = await door.ask(method, path, body)
      if (answer.status === 503 && waitedMs() < FULL_MS) await wait(answer.retryAfterMs ?? 1_000)
      else if (answer.status === 401 && waitedMs() < door.awayMs) await wait(AWAY_PAUSE_MS)
      else return answer
    } catch (error) {
      if (waitedMs() >= door.awayMs) {
        throw new DoorError(
          `the engine${door.address === undefined ? '' : ` at ${door.address}`} no longer answers (${reasonOf(error)}): start it and import again, nothing is counted twice`,
        )
      }
      await wait(AWAY_PAUSE_MS)
    }
  }
}

const reasonOf = (error: unknown): string => {
  const { cause, message } = error as Error
  return cause instanceof Error ? cause.message : message
}

function refusedWhole({ status, body }: Answer): DoorError {
  const { title = '', problems = [] } = (body ?? {}) as Partial<ProblemDocument>
  const reasons = [title, ...problems.map(({ field, message }) => `${field} ${message}`.trim())].filter(Boolean)
  return new DoorError(`the engine takes nothing (${status}: ${reasons.join('; ')}): what it had taken is kept`)
}
