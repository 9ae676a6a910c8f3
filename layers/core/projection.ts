/**
 * A projection is a pure fold of events into rows. The engine (`layers/runtime/run-batch.ts`) knows nothing else of the
 * retail world: it finds the row, folds, keeps what changed and passes on what was derived or told.
 */

/** An event as folds see it: checked, with its times as numbers and its place in the log. */
export type Folded = {
  readonly id: string
  readonly merchantId: string
  readonly storeId: string
  readonly source: string
  readonly type: string
  /** Epoch ms: when it happened, and when our door took it. */
  readonly at: number
  readonly receivedAt: number
  /** The local date of `at` in the store's zone, YYYY-MM-DD. */
  readonly businessDate: string
  readonly shard: number
  // biome-ignore lint/suspicious/noExplicitAny: each projection names the types it folds and reads their data
  readonly data: any
}

/** A fact that a fold found out; it is folded at once, right after its event, and never enters the log. */
export type Derived = {
  readonly type: string
  readonly data: object
  /** Where it counts, when that is not the event's own time. */
  readonly at?: number
  readonly businessDate?: string
  /** Added to the event's id, where an event derives several facts of which rows are kept by id. */
  readonly part?: string
}

/** Something to tell the world, decided here and sent elsewhere. */
export type Told = {
  /** live: to open screens, newest wins; notice: to people outside, at least once. */
  readonly channel: 'live' | 'notice'
  readonly topic: string
  /** Newest wins within one topic and subject. */
  readonly subject: string
  readonly data: object
}

/** It is valid during the call alone: the engine fills the same object again for the next event. */
// biome-ignore lint/suspicious/noExplicitAny: rows of other projections, by the names in `beside`
export type Beside = Readonly<Record<string, any>>

export type Projection<R extends object = object> = {
  readonly name: string
  /** Raised when the meaning of its rows changes: they are then built again from the log. */
  readonly version: number
  /** Types of events and of derived facts that it folds. */
  readonly of: readonly string[]
  /** The row's key; undefined: the event does not concern this projection. */
  readonly key: (event: Folded) => string | undefined
  /** The row before the first event. */
  readonly empty: R
  /** Each event has a row of its own, which no fold reads: it is written without being looked up. */
  readonly isNew?: true
  /** Rows of other projections that the fold may read, as they stand at this event. */
  readonly beside?: Readonly<
    Record<string, { readonly of: Projection; readonly key: (event: Folded) => string | undefined }>
  >
  /** The row after the event; the very same object when nothing changed; undefined deletes the row. */
  readonly fold: (row: R, event: Folded, beside: Beside) => R | undefined
  readonly derives?: (before: R, after: R | undefined, event: Folded, beside: Beside) => readonly Derived[] | undefined
  readonly tells?: (before: R, after: R | undefined, event: Folded, beside: Beside) => readonly Told[] | undefined
  /** Epoch ms from which the row counts as absent; it is swept away some time after. */
  readonly expiresAt?: (row: R, key: string) => number
}

/** Facts that follow from an event and the rows beside it, without a row of its own. */
export type Derivation = Pick<Projection, 'name' | 'of' | 'beside'> & {
  readonly derives: (event: Folded, beside: Beside) => readonly Derived[] | undefined
}

/** What the engine runs, in this order, for each event and each derived fact of the types it names. */
export type Step = Projection | Derivation

export const isProjection = (step: Step): step is Projection => 'fold' in step

// A row type is the projection's own business; the engine sees every projection as one of objects.
export const projection = <R extends object>(p: Projection<R>): Projection => p as unknown as Projection

/**
 * The event is well formed and still cannot be applied (its order is unknown, a sum leaves the safe range).
 * A fold throws it; the engine undoes the event's other folds and holds the event with this reason.
 */
export class CannotApplyError extends Error {
  override readonly name = 'CannotApplyError'
}
