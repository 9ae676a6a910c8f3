import type { ImportAnswer, ImportKind, ImportRequest } from '#core/api/imports.ts'
import { NotSignedInError, RefusedError, UnreachableError } from '../reach/ask-engine.ts'
import { type FileRow, ROWS_AT_ONCE } from './rows-of-file.ts'

/** What is to be brought in. */
export type Shipment = {
  readonly run: string
  readonly kind: ImportKind
  readonly file: string
  readonly columns: readonly string[]
  readonly mapping: Readonly<Record<string, unknown>>
  readonly parts: number
  readonly lines: number
  readonly part: (number: number) => Promise<readonly FileRow[]>
  /** Lines that cannot be sent at all. */
  readonly unsent: readonly Rejected[]
}
export type Rejected = {
  readonly line: number
  readonly problems: readonly { readonly field: string; readonly message: string }[]
  readonly cells: readonly string[]
}

/** reading: the engine counts what it has taken. waiting: for the engine, or for somebody who signs in. */
export type Phase = 'sending' | 'waiting' | 'paused' | 'counting' | 'done' | 'cancelled' | 'failed'
export type SendState = {
  readonly phase: Phase
  /** Why it waits, paused by itself or failed. */
  readonly why: 'engine' | 'sign-in' | 'quota' | 'refused' | null
  readonly message: string
  readonly lines: number
  readonly sent: number
  readonly accepted: number
  readonly repeats: number
  readonly refused: number
  /** The first of those that were refused. */
  readonly rejected: readonly Rejected[]
  /** Products that got a new title. */
  readonly titles: number
  /** How many lines were sent when, lately: epoch ms. */
  readonly pace: readonly (readonly [at: number, sent: number])[]
}

/** As it is sent: what is absent is not there. */
export type RowsSent = Omit<ImportRequest, 'isLast'> & { readonly isLast?: true }
export type Post = (kind: ImportKind, body: RowsSent) => Promise<ImportAnswer>
export type Deps = {
  readonly post: Post
  /** Resolves when the engine has counted what it took; where nobody may know, at once. */
  readonly counted: () => Promise<void>
  readonly wait: (ms: number) => Promise<void>
  readonly now: () => number
  readonly onChange: (state: SendState) => void
}

/** More of them would not be read by anybody, and a page has no room for millions. */
const REJECTED_KEPT = 100_000
const PACE_MS = 10_000
const LONGEST_WAIT_MS = 10_000
/** Who waits longer is told and decides. */
const PATIENCE_SECONDS = 60

/** Sends a file part by part, in order; a part that got no answer is sent again, and changes nothing twice. */
export class RowSender {
  state: SendState
  private readonly shipment: Shipment
  private readonly deps: Deps
  private wake: () => void = () => {}
  private readonly titles = new Map<string, Map<string, number>>()

  constructor(shipment: Shipment, deps: Deps) {
    this.shipment = shipment
    this.deps = deps
    this.state = {
      ...{ phase: 'sending', why: null, message: '', lines: shipment.lines, sent: 0 },
      ...{
        accepted: 0,
        repeats: 0,
        refused: shipment.unsent.length,
        rejected: shipment.unsent,
        titles: 0,
        pace: [[deps.now(), 0]],
      },
    }
  }

  /** Resolves when it is over, however it ended. */
  async send(): Promise<void> {
    const { kind, parts, part } = this.shipment
    try {
      let next = part(0)
      for (let number = 0; number < parts; number++) {
        const rows = await next
        // Made ready while this one is on its way.
        next = number + 1 < parts ? part(number + 1) : Promise.resolve([])
        const answer = await this.deliver(kind, this.requestOf(number, rows, number + 1 === parts))
        if (answer === undefined) return
        this.count(rows, answer)
      }
      if (!(await this.sendTitles())) return
      this.change({ phase: 'counting', why: null, message: '' })
      await this.deps.counted()
      this.change({ phase: 'done' })
    } catch (error) {
      if (this.state.phase !== 'cancelled')
        this.change({ phase: 'failed', why: 'refused', message: (error as Error).message })
    }
  }

  pause(): void {
    if (this.state.phase === 'sending' || this.state.phase === 'waiting')
      this.change({ phase: 'paused', why: null, message: '' })
  }

  resume(): void {
    if (this.state.phase !== 'paused') return
    this.change({ phase: 'sending', why: null, message: '', pace: [[this.deps.now(), this.state.sent]] })
    this.wake()
  }

  cancel(): void {
    if (['done', 'failed', 'counting'].includes(this.state.phase)) return
    this.change({ phase: 'cancelled', why: null, message: '' })
    this.wake()
  }

  private requestOf(part: number, rows: readonly FileRow[], isLast: boolean): RowsSent {
    const { run, file, columns, mapping } = this.shipment
    return { run, part, file, columns: [...columns], mapping, rows: [...rows], ...(isLast && { isLast }) }
  }

  /** undefined: it was called off. */
  private async deliver(kind: ImportKind, body: RowsSent): Promise<ImportAnswer | undefined> {
    for (let tries = 0; ; tries++) {
      while (this.state.phase === 'paused') await new Promise<void>((resume) => (this.wake = resume))
      if (this.state.phase === 'cancelled') return undefined
      try {
        const answer = await this.deps.post(kind, body)
        if (this.state.phase === 'waiting') this.change({ phase: 'sending', why: null, message: '' })
        return answer
      } catch (error) {
        await this.hold(error as Error, tries)
      }
    }
  }

  /** Waits for what may pass by itself. @throws whatever will not. */
  private async hold(error: Error, tries: number): Promise<void> {
    const soonMs = Math.min(1_000 * 2 ** tries, LONGEST_WAIT_MS)
    if (error instanceof UnreachableError || error instanceof NotSignedInError) {
      this.waits(error instanceof NotSignedInError ? 'sign-in' : 'engine', error.message)
      return this.deps.wait(soonMs)
    }
    if (!(error instanceof RefusedError) || ![409, 429, 500, 502, 503, 504].includes(error.status)) throw error
    const seconds = error.retryAfterSeconds
    if (seconds !== null && seconds > PATIENCE_SECONDS) {
      this.change({ phase: 'paused', why: 'quota', message: error.message })
      return
    }
    if (tries > 0) this.waits('engine', error.message)
    await this.deps.wait(seconds === null ? soonMs : seconds * 1_000)
  }

  private waits(why: SendState['why'], message: string): void {
    if (this.state.phase === 'sending' || this.state.phase === 'waiting')
      this.change({ phase: 'waiting', why, message })
  }

  private count(rows: readonly FileRow[], { accepted, repeats, refused, titles }: ImportAnswer): void {
    const { state } = this
    for (const { productId, title, sales } of titles) {
      const ofProduct = this.titles.get(productId) ?? new Map<string, number>()
      this.titles.set(productId, ofProduct.set(title, (ofProduct.get(title) ?? 0) + sales))
    }
    const cells = new Map(refused.length === 0 ? [] : rows.map((row) => [row.line, row.cells]))
    const room = Math.max(0, REJECTED_KEPT - state.rejected.length)
    const more = refused.slice(0, room).map((row) => ({ ...row, cells: cells.get(row.line) ?? [] }))
    const [now, sent] = [this.deps.now(), state.sent + rows.length]
    this.change({
      sent,
      accepted: state.accepted + accepted,
      repeats: state.repeats + repeats,
      refused: state.refused + refused.length,
      rejected: more.length === 0 ? state.rejected : [...state.rejected, ...more],
      pace: [...state.pace.filter(([at]) => at > now - PACE_MS), [now, sent]],
    })
  }

  /** Once every line was answered: of half a file the common title may be another one. */
  private async sendTitles(): Promise<boolean> {
    const titles = commonTitles(this.titles)
    const about = { columns: ['product_id', 'title'], mapping: { product_id: 'product_id', title: 'title' } }
    for (let i = 0; i < titles.length; i += ROWS_AT_ONCE) {
      const rows = titles.slice(i, i + ROWS_AT_ONCE).map((cells, n) => ({ line: i + n + 2, cells: [...cells] }))
      const part = this.shipment.parts + i / ROWS_AT_ONCE
      const { run, file } = this.shipment
      const isLast = i + ROWS_AT_ONCE >= titles.length
      const answer = await this.deliver('online-retail-titles', {
        ...about,
        run,
        part,
        file,
        rows,
        ...(isLast && { isLast }),
      })
      if (answer === undefined) return false
      this.change({ titles: this.state.titles + answer.accepted })
    }
    return true
  }

  private change(state: Partial<SendState>): void {
    this.state = { ...this.state, ...state }
    this.deps.onChange(this.state)
  }
}

/** Each product with the title that most of its sales bore; of several the first in the order of their letters' codes. */
export function commonTitles(
  titles: ReadonlyMap<string, ReadonlyMap<string, number>>,
): readonly (readonly [productId: string, title: string])[] {
  return [...titles].map(([productId, counts]) => {
    const [best] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    return [productId, best![0]] as const
  })
}
