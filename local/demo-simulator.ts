/** The simulator sells for the demo merchant while nobody real does. */

import { MAX_COLLECTED } from '#core/api/intake.ts'
import { DAY_MS } from '#core/metrics/business-time.ts'
import type { Clock } from '#core/ports.ts'
import { makeWorld } from '#core/simulator/make-world.ts'
import { openWorld } from '#core/simulator/opening.ts'
import { type Random, randomFrom } from '#core/simulator/random.ts'
import { restUntil, type Step, step } from '#core/simulator/step.ts'
import type { SimulatedDocument, World } from '#core/simulator/world.ts'

export type DemoSimulatorOptions = {
  readonly stores: number
  readonly products: number
  /** Events a second, on the mean of a day. */
  readonly rate: number
  readonly seed: number
}
export const DEFAULT_DEMO: Omit<DemoSimulatorOptions, 'seed'> = { stores: 12, products: 240, rate: 5 }

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
  private readonly options: DemoSimulatorOptions
  private readonly random: Random
  private world: World | undefined
  private opening: Iterator<Step> | undefined
  /** Made and not taken yet: of one step at the most. */
  private unsent: readonly SimulatedDocument[] = []
  private retryMs = FIRST_RETRY_MS
  private isStopped = true
  private timer: NodeJS.Timeout | undefined
  private turning: Promise<void> = Promise.resolve()

  constructor(ports: DemoSimulatorPorts, options: DemoSimulatorOptions) {
    this.ports = ports
    this.options = options
    this.random = randomFrom(options.seed)
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
    const world = (this.world ??= this.begin(now))
    if (this.opening !== undefined) {
      const { done, value } = this.opening.next()
      if (!done) return value.documents
      this.opening = undefined
    }
    if (now - world.nowMs > REST_AFTER_MS) restUntil(world, now - STEP_MS)
    return step(world, now, this.random).documents
  }

  private begin(now: number): World {
    const { stores, products, rate, seed } = this.options
    const eventsPerDay = (rate * DAY_MS) / 1000
    const world = makeWorld({ stores, products, seed, eventsPerDay, mode: 'live' }, now, this.random)
    this.opening = openWorld(world, this.random)
    return world
  }

  private async send(): Promise<void> {
    while (this.unsent.length > 0 && !this.rests()) {
      await this.ports.post(this.unsent.slice(0, MAX_COLLECTED))
      this.unsent = this.unsent.slice(MAX_COLLECTED)
    }
  }
}
