/** The simulator sells for the demo merchant while nobody real does. */

import { MAX_COLLECTED } from '#core/api/intake.ts'
import type { Clock } from '#core/ports.ts'
import { beginDemo, type DemoOptions, type DemoStory, tellOn } from '#core/simulator/live-demo.ts'
import type { Step } from '#core/simulator/step.ts'
import type { SimulatedDocument } from '#core/simulator/world.ts'

export type DemoSimulatorPorts = {
  /** Takes up to 500 documents for `/collect?source=simulator`; the same ones come again when it rejects. */
  readonly post: (documents: readonly SimulatedDocument[]) => Promise<void>
  /** Asked before each post: true while a real connection sells. */
  readonly isPaused: () => boolean
  readonly clock: Clock
  /** A post failed; it is tried again later. */
  readonly onError: (error: unknown) => void
}

const STEP_MS = 200
/** After so long without a step the world has stood still: what it missed is not made up for. */
const REST_AFTER_MS = 1_000
const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 10_000

/** Runs from `start` to `stop`. The world begins with the first step that is not paused. */
export class DemoSimulator {
  private readonly ports: DemoSimulatorPorts
  private readonly options: DemoOptions
  private story: DemoStory | undefined
  private opening: Iterator<Step> | undefined
  /** Made and not taken yet: of one step at the most. */
  private unsent: readonly SimulatedDocument[] = []
  private retryMs = FIRST_RETRY_MS
  private isStopped = true
  private timer: NodeJS.Timeout | undefined
  private turning: Promise<void> = Promise.resolve()

  constructor(ports: DemoSimulatorPorts, options: DemoOptions) {
    this.ports = ports
    this.options = options
  }

  start(): void {
    if (!this.isStopped) return
    this.isStopped = false
    this.later(0)
  }

  /** Resolves when no post is under way any more; nothing is posted afterwards. */
  async stop(): Promise<void> {
    this.isStopped = true
    clearTimeout(this.timer)
    await this.turning
  }

  private later(afterMs: number): void {
    if (this.isStopped) return
    this.timer = setTimeout(() => {
      this.turning = this.turn().then((waitMs) => this.later(waitMs))
    }, afterMs)
  }

  /** Makes and sends what has happened since the last turn. Answers when the next one is due. */
  private async turn(): Promise<number> {
    try {
      do {
        if (this.rests()) return STEP_MS
        if (this.unsent.length === 0) this.unsent = this.nextDocuments()
        await this.send()
      } while (this.opening !== undefined)
    } catch (error) {
      this.ports.onError(error)
      const waitMs = this.retryMs
      this.retryMs = Math.min(LAST_RETRY_MS, 2 * this.retryMs)
      return waitMs
    }
    this.retryMs = FIRST_RETRY_MS
    return STEP_MS
  }

  private rests(): boolean {
    return this.isStopped || this.ports.isPaused()
  }

  private nextDocuments(): readonly SimulatedDocument[] {
    const now = this.ports.clock.now()
    const story = (this.story ??= this.begin(now))
    if (this.opening !== undefined) {
      const { done, value } = this.opening.next()
      if (!done) return value.documents
      this.opening = undefined
    }
    return tellOn(story, now, { restAfterMs: REST_AFTER_MS, turnMs: STEP_MS })
  }

  private begin(now: number): DemoStory {
    const { story, opening } = beginDemo(this.options, now)
    this.opening = opening
    return story
  }

  private async send(): Promise<void> {
    while (this.unsent.length > 0 && !this.rests()) {
      await this.ports.post(this.unsent.slice(0, MAX_COLLECTED))
      this.unsent = this.unsent.slice(MAX_COLLECTED)
    }
  }
}
