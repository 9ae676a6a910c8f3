/**
 * Alerts that a person has just acknowledged: held for a moment in which that can be taken back, then sent together. The
 * engine takes nothing back, so the moment is before it hears of it.
 */

/** How long it can be taken back. */
export const UNDO_MS = 5000
/** What the engine takes in one request. */
const MOST_SENT = 200

export type Held = {
  /** Not sent yet. */
  readonly waiting: ReadonlySet<string>
  readonly sending: ReadonlySet<string>
  /** How many can be taken back together, and until when (epoch ms). */
  readonly undoable: number
  readonly untilMs: number | null
  /** Those that were not taken, and why. */
  readonly failed: ReadonlySet<string>
  readonly problem: string | null
}
const NOTHING: Held = {
  waiting: new Set(),
  sending: new Set(),
  undoable: 0,
  untilMs: null,
  failed: new Set(),
  problem: null,
}

type World = {
  readonly nowMs: () => number
  /** Runs something later; gives what stops it. */
  readonly after: (ms: number, run: () => void) => () => void
  /** Sends them; those that were refused throw. `leaving`: the page goes away meanwhile. */
  readonly send: (ids: readonly string[], leaving: boolean) => Promise<void>
}

export class HeldAcknowledgements {
  private held = NOTHING
  private stop: (() => void) | undefined
  private readonly listeners = new Set<() => void>()
  private readonly world: World

  constructor(world: World) {
    this.world = world
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  readonly get = (): Held => this.held

  /** More of them within the moment make it begin anew: they are taken back together. */
  readonly add = (ids: readonly string[]): void => {
    const fresh = ids.filter((id) => !this.held.waiting.has(id) && !this.held.sending.has(id))
    if (fresh.length === 0) return
    const waiting = new Set([...this.held.waiting, ...fresh])
    this.change({
      waiting,
      undoable: waiting.size,
      untilMs: this.world.nowMs() + UNDO_MS,
      failed: without(this.held.failed, fresh),
      problem: null,
    })
    this.stop?.()
    this.stop = this.world.after(UNDO_MS, () => void this.flush())
  }

  /** Takes back whatever was not sent. */
  readonly undo = (): void => {
    this.stop?.()
    this.change({ waiting: new Set(), undoable: 0, untilMs: null })
  }

  /** Sends at once what waits. */
  readonly flush = async (leaving = false): Promise<void> => {
    this.stop?.()
    const ids = [...this.held.waiting]
    if (ids.length === 0) return
    this.change({
      waiting: new Set(),
      undoable: 0,
      untilMs: null,
      sending: new Set([...this.held.sending, ...ids]),
    })
    for (let i = 0; i < ids.length; i += MOST_SENT) await this.sendSome(ids.slice(i, i + MOST_SENT), leaving)
  }

  /** What failed is no more to be shown. */
  readonly forget = (): void => this.change({ failed: new Set(), problem: null })

  private async sendSome(ids: readonly string[], leaving: boolean): Promise<void> {
    try {
      await this.world.send(ids, leaving)
      this.change({ sending: without(this.held.sending, ids) })
    } catch (error) {
      this.change({
        sending: without(this.held.sending, ids),
        failed: new Set([...this.held.failed, ...ids]),
        problem: error instanceof Error ? error.message : String(error),
      })
    }
  }

  private change(changes: Partial<Held>): void {
    this.held = { ...this.held, ...changes }
    for (const listener of this.listeners) listener()
  }
}

const without = (ids: ReadonlySet<string>, gone: readonly string[]): ReadonlySet<string> =>
  new Set([...ids].filter((id) => !gone.includes(id)))
