/**
 * The engine: records of one shard in, rows, outputs and a checkpoint out, with effects that are exactly once however
 * often a batch is delivered or cut off. It knows no retail word: what an event means is in the steps.
 *
 *   decode -> drop what was seen -> fold in order -> commit a prefix: rows + checkpoint + ids + outbox
 */
import { withoutAbsent } from '#core/absent.ts'
import type { Outcome, Problem } from '#core/outcome.ts'
import { ConditionFailedError, type LogRecord, type ObjectStore, type StateStore, type Write } from '#core/ports.ts'
import type { Folded, Step, Told } from '#core/projection.ts'
import { ascendingNumber, rowKey, under } from '#core/row-key.ts'
import {
  defectOf,
  type Fate,
  type Folding,
  type FoldOptions,
  foldEvent,
  type Planned,
  type Refused,
} from './fold-event.ts'
import {
  type Command,
  DOCUMENT_REPLAYED,
  HELD_TABLE,
  heldKey,
  heldObject,
  heldRow,
  isCommand,
  keepHeld,
  obey,
  ownerIn,
} from './held-documents.ts'
import { IdWindow } from './id-window.ts'
import { isUnmoved } from './is-unmoved.ts'
import {
  LAKE_BEGINS_TABLE,
  LAKE_NOTES_TABLE,
  type LakeBeginsRow,
  LakeNotes,
  type Fate as RecordFate,
} from './lake-notes.ts'
import { Workspace } from './workspace.ts'

/** Where each record of a shard went: accepted = applied + duplicate + held + discarded + pending. */
export type Ledger = {
  readonly applied: number
  readonly duplicate: number
  readonly held: number
  readonly discarded: number
}

/** How far a shard is: the row that makes a batch happen once. Key: the shard. */
export type Checkpoint = Ledger & {
  /** Sequence of the last record whose effects are in the rows; '' before the first. */
  readonly sequence: string
  /** The shard's clock, epoch ms: the newest `receivedAt` it has seen. */
  readonly clock: number
  /** Outbox rows ever written, so that each gets a number of its own. */
  readonly told: number
}
export const NO_CHECKPOINT: Checkpoint = {
  sequence: '',
  applied: 0,
  duplicate: 0,
  held: 0,
  discarded: 0,
  clock: 0,
  told: 0,
}
export const CHECKPOINT_TABLE = 'checkpoints'

/** Rows that list the ids of events. Key: shard, sequence of the first commit that wrote the row. */
type SeenIdsRow = { readonly at: number; readonly ids: Uint8Array }
export const SEEN_IDS_TABLE = 'seen-ids'

/** Something told, with the event that made it; `id` is the same in every replay. Outbox rows are keyed by shard, number. */
export type Telling = Told & {
  readonly id: string
  readonly merchantId: string
  readonly storeId: string
  readonly occurredAt: number
  readonly acceptedAt: number
}
export const OUTBOX_TABLE = 'outbox'

/** Every table that the engine itself writes; the others are the projections' own. */
export const ENGINE_TABLES = [
  CHECKPOINT_TABLE,
  SEEN_IDS_TABLE,
  OUTBOX_TABLE,
  HELD_TABLE,
  LAKE_NOTES_TABLE,
  LAKE_BEGINS_TABLE,
] as const

export type BatchResult = {
  readonly checkpoint: Checkpoint
  /** Messages to open screens. They are kept nowhere: whoever misses one asks for the present state. */
  readonly live: readonly Telling[]
  /** Merchants with an event in the batch. */
  readonly merchants: ReadonlySet<string>
  /** How many records were given their fate now, and how many of them were held. */
  readonly records: number
  readonly held: number
}

export type BatchRunnerOptions = FoldOptions & {
  readonly steps: readonly Step[]
  /** Bytes to an event, or why not. `receivedAt`: when a held document is tried again, in place of the record's own. */
  readonly decode: (bytes: Uint8Array, shard: number, receivedAt?: number) => Outcome<Folded>
  readonly store: StateStore
  readonly objects: ObjectStore
  /** How long an event id is remembered, in ms of the shard's clock. */
  readonly idSpanMs: number
  /** A row of ids grows, commit after commit, to this many: 1 where to write a large row again is dear. */
  readonly idsPerRow: number
  /** How many rows a shard keeps in memory from batch to batch (at most twice as many). */
  readonly recentRows: number
}

/** What a shard keeps in memory from batch to batch. */
type Shard = {
  checkpoint: Checkpoint
  readonly workspace: Workspace
  readonly ids: IdWindow
  /** Oldest first. */
  idRows: IdRow[]
  /** Since when, by the shard's clock, the last of them has been growing; undefined: it grows no more. */
  idRowSince: number | undefined
  /** There is a lake, and no row says yet from where on: the next commit says it. */
  beginsLake: boolean
}
type IdRow = { readonly key: string; readonly at: number }
/** A row grows no longer than this part of the time that its ids are remembered. */
const ID_ROW_SHARE = 10
/** A transaction of no more than these costs less than a guard's journal. */
const FEW_WRITES = 6
/** Rows of ids that are read before others get their turn. */
const ID_ROWS_AT_ONCE = 20

export class BatchRunner {
  private readonly shards = new Map<number, Shard>()
  private readonly options: BatchRunnerOptions

  constructor(options: BatchRunnerOptions) {
    this.options = options
  }

  /**
   * Applies the records of one shard, in log order. Records at or before the checkpoint are left out: they were applied
   * before. Rejects when a store fails: then nothing after the last committed prefix has happened.
   */
  async run(shardNumber: number, records: readonly LogRecord[]): Promise<BatchResult> {
    const known = this.shards.get(shardNumber)
    this.shards.delete(shardNumber) // what a batch that failed leaves in memory is not to be trusted
    if (known === undefined) return this.runIn(await this.open(shardNumber), shardNumber, records)
    try {
      return await this.runIn(known, shardNumber, records)
    } catch (error) {
      // Another process had the shard since: Lambda's other copy, or the version before, which serves for a while beside this.
      if (!(error instanceof ConditionFailedError)) throw error
      return this.runIn(await this.open(shardNumber), shardNumber, records)
    }
  }

  private async runIn(shard: Shard, shardNumber: number, records: readonly LogRecord[]): Promise<BatchResult> {
    const result = await new Batch(this.options, shardNumber, shard).run(records)
    this.shards.set(shardNumber, shard)
    return result
  }

  private async open(shardNumber: number): Promise<Shard> {
    const { store, steps, keeps, idSpanMs, recentRows } = this.options
    const key = String(shardNumber)
    const row = await (store.guarded === undefined
      ? store.get(CHECKPOINT_TABLE, key)
      : store.guarded.open({ table: CHECKPOINT_TABLE, key }))
    const checkpoint = (row as Checkpoint | undefined) ?? NO_CHECKPOINT
    const ids = new IdWindow(idSpanMs)
    const idRows: IdRow[] = []
    let range = under(key)
    for (;;) {
      const page = await store.query({ table: SEEN_IDS_TABLE, range, limit: ID_ROWS_AT_ONCE })
      for (const { key: rowName, row } of page) {
        const { at, ids: packed } = row as SeenIdsRow
        ids.restore(packed, at)
        idRows.push({ key: rowName, at })
      }
      if (page.length < ID_ROWS_AT_ONCE) break
      range = { ...range, from: `${page.at(-1)!.key}\u0000` }
      await new Promise((done) => setImmediate(done))
    }
    const beginsLake = keeps !== undefined && (await store.get(LAKE_BEGINS_TABLE, key)) === undefined
    const workspace = new Workspace(store, steps, recentRows)
    return { checkpoint, workspace, ids, idRows, idRowSince: undefined, beginsLake }
  }
}

/** What is to be done with a record. `event` is unknown where it could not be read. */
type Plan = Planned | Command | Refused

class Batch {
  private readonly options: BatchRunnerOptions
  private readonly shardNumber: number
  private readonly shard: Shard
  private readonly workspace: Workspace
  private readonly merchants = new Set<string>()
  private readonly live: Telling[] = []
  private notices: Telling[] = []
  /** Of the next commit: records that are held, whose rows are among the workspace's. */
  private held: LogRecord[] = []
  private heldInAll = 0
  /** Of the next commit. */
  private notes = new LakeNotes()
  private readonly ledger: { -readonly [K in keyof Ledger]: number }
  private clock: number

  constructor(options: BatchRunnerOptions, shardNumber: number, shard: Shard) {
    const { applied, duplicate, held, discarded, clock } = shard.checkpoint
    this.options = options
    this.shardNumber = shardNumber
    this.shard = shard
    this.workspace = shard.workspace
    this.ledger = { applied, duplicate, held, discarded }
    this.clock = clock
  }

  async run(records: readonly LogRecord[]): Promise<BatchResult> {
    const firstFresh = records.findIndex(({ sequence }) => sequence > this.shard.checkpoint.sequence)
    const fresh = firstFresh === 0 ? records : firstFresh < 0 ? [] : records.slice(firstFresh)
    const plans = fresh.map(({ bytes }) => this.plan(bytes))
    const loading = this.workspace.load()
    if (loading !== undefined) await loading
    for (let i = 0; i < fresh.length; i++) {
      const waiting = this.take(fresh[i]!, plans[i]!, fresh[i - 1])
      if (waiting !== undefined) await waiting
    }
    const last = fresh.at(-1)
    if (last !== undefined) await this.commit(last.sequence)
    this.workspace.age()
    return {
      checkpoint: this.shard.checkpoint,
      live: this.live,
      merchants: this.merchants,
      records: fresh.length,
      held: this.heldInAll,
    }
  }

  private plan(bytes: Uint8Array): Plan {
    const { decode } = this.options
    const decoded = decode(bytes, this.shardNumber)
    if (!decoded.ok) return { event: undefined, problems: decoded.problems }
    const event = decoded.value
    if (!isCommand(event)) return this.planEvent(event)
    const held = this.workspace.entry(HELD_TABLE, heldKey(this.shardNumber, event.data.sequence))
    if (event.type !== DOCUMENT_REPLAYED) return { event, held }
    const document = decode(new TextEncoder().encode(event.data.document), this.shardNumber, event.receivedAt)
    return {
      event,
      held,
      document: document.ok ? this.planEvent(document.value) : { event: undefined, problems: document.problems },
    }
  }

  private planEvent(event: Folded): Planned | Refused {
    try {
      return { event, entries: this.workspace.plan(event) }
    } catch (error) {
      return { event, problems: defectOf(error, event, this.options.onFoldError) }
    }
  }

  /** Gives the record its fate: duplicate, held or applied. A promise where the store does not answer at once. */
  private take(record: LogRecord, plan: Plan, previous: LogRecord | undefined): Promise<void> | undefined {
    const { event } = plan
    if (event !== undefined) {
      if (event.receivedAt > this.clock) this.clock = event.receivedAt
      if (this.shard.ids.has(event.id)) {
        this.ledger.duplicate++
        this.note(record.sequence, 'duplicate')
        return undefined
      }
    }
    const folding = this.fold(plan)
    if (folding instanceof Promise || this.isTooLarge(folding)) return this.foldAgain(record, plan, folding, previous)
    this.settle(record, event, folding)
    return undefined
  }

  /** The same fold when the missing rows are there, or when the events before it are committed and make room. */
  private async foldAgain(
    record: LogRecord,
    plan: Plan,
    first: Folding,
    previous: LogRecord | undefined,
  ): Promise<void> {
    let folding = first
    let hasRoom = false
    while (folding instanceof Promise || (this.isTooLarge(folding) && !hasRoom)) {
      this.workspace.undo()
      if (folding instanceof Promise) await folding
      else {
        if (previous !== undefined) await this.commit(previous.sequence)
        hasRoom = true
      }
      folding = this.fold(plan)
    }
    this.settle(record, plan.event, folding)
  }

  private fold(plan: Plan): Folding {
    if ('problems' in plan) return { problems: plan.problems, told: [] }
    if ('held' in plan) return obey(this.workspace, plan, this.shard.ids, this.options)
    return foldEvent(this.workspace, plan, this.options)
  }

  /** Whether the next commit would hold more than one transaction may: rows, checkpoint, ids, notes and outbox. */
  private isTooLarge({ problems, told }: Fate): boolean {
    const heldRows = problems.length > 0 ? 1 : 0
    const lakeRows = this.notes.rowsWithOneMore + (this.shard.beginsLake ? 1 : 0)
    const own = heldRows + 2 + lakeRows
    return this.workspace.size + own + this.notices.length + told.length > mostItems(this.options.store)
  }

  /** `event`: the record's; `fate.event`: the one that a command brought back. */
  private settle(
    record: LogRecord,
    event: Folded | undefined,
    { problems, told, facts, moves, event: replayed }: Fate,
  ): void {
    if (event !== undefined) this.remember(event)
    if (replayed !== undefined) this.remember(replayed)
    if (problems.length > 0) this.hold(record, event, problems)
    else {
      this.ledger.applied += 1 + (moves?.applied ?? 0)
      this.note(record.sequence, moves?.applied ? 'brought-back' : 'applied', facts)
      this.ledger.duplicate += moves?.duplicate ?? 0
      this.ledger.held += moves?.held ?? 0
      this.ledger.discarded += moves?.discarded ?? 0
      for (let i = 0; i < told.length; i++) {
        const telling = tellingOf(replayed ?? event!, told[i]!, i)
        if (telling.channel === 'live') this.live.push(telling)
        else this.notices.push(telling)
      }
    }
    this.workspace.keep()
  }

  /** For the lake, and only what the log does not say. */
  private note(sequence: string, fate: RecordFate, facts?: readonly Folded[]): void {
    if (this.options.keeps === undefined) return
    if (facts !== undefined) this.notes.add({ sequence, fate, facts: facts.map(asRow) })
    else if (fate !== 'applied') this.notes.add({ sequence, fate })
  }

  private remember(event: Folded): void {
    this.shard.ids.add(event.id, this.clock)
    this.merchants.add(event.merchantId)
  }

  private hold(record: LogRecord, event: Folded | undefined, problems: readonly Problem[]): void {
    this.ledger.held++
    this.heldInAll++
    this.held.push(record)
    this.note(record.sequence, 'held')
    const object = heldObject(this.shardNumber, this.held[0]!)
    const row = heldRow(problems, object, this.held.length - 1, this.clock, event ?? ownerIn(record.bytes))
    this.workspace.put(HELD_TABLE, heldKey(this.shardNumber, record.sequence), row)
  }

  /** All or nothing: what the records up to `sequence` changed, under the condition that nobody else got there first. */
  private async commit(sequence: string): Promise<void> {
    const { store, objects, idSpanMs, idsPerRow } = this.options
    const { checkpoint, ids, idRowSince } = this.shard
    const key = String(this.shardNumber)
    const writes: Write[] = this.workspace.takeWrites()
    if (this.held.length > 0) await keepHeld(objects, this.shardNumber, this.held)
    this.notices.forEach((row, i) => {
      writes.push({ table: OUTBOX_TABLE, key: rowKey(key, ascendingNumber(checkpoint.told + i)), row })
    })
    if (this.shard.beginsLake) {
      const row: LakeBeginsRow = { after: checkpoint.sequence }
      writes.push({ table: LAKE_BEGINS_TABLE, key, row })
    }
    writes.push(...this.notes.writes(this.shardNumber))
    const next: Checkpoint = {
      sequence,
      ...this.ledger,
      clock: this.clock,
      told: checkpoint.told + this.notices.length,
    }
    const idRows = [...this.shard.idRows]
    const freshIds = ids.fresh()
    if (freshIds.length > 0) {
      const idsKey = idRowSince === undefined ? rowKey(key, sequence) : idRows.pop()!.key
      const row: SeenIdsRow = { at: this.clock, ids: freshIds }
      writes.push({ table: SEEN_IDS_TABLE, key: idsKey, row })
      idRows.push({ key: idsKey, at: this.clock })
    }
    // Rows of ids that are forgotten go as there is room.
    while (
      writes.length + 1 < mostItems(store) &&
      idRows[0] !== undefined &&
      idRows[0].at <= this.clock - 2 * idSpanMs
    ) {
      writes.push({ table: SEEN_IDS_TABLE, key: idRows.shift()!.key, row: undefined })
    }
    const moved = { table: CHECKPOINT_TABLE, key, row: next }
    const unmoved = isUnmoved(moved, checkpoint === NO_CHECKPOINT ? undefined : checkpoint, 'sequence')
    const isGuarded = store.guarded !== undefined && writes.length > FEW_WRITES
    const committing = isGuarded
      ? store.guarded.commit(moved, writes, unmoved)
      : store.commit([...writes, moved], [unmoved])
    if (committing !== undefined) await committing
    this.shard.checkpoint = next
    this.shard.beginsLake = false
    this.shard.idRows = idRows
    const since = idRowSince ?? this.clock
    const isFull = ids.freshCount >= idsPerRow || this.clock - since > idSpanMs / ID_ROW_SHARE
    this.shard.idRowSince = isFull || ids.freshCount === 0 ? undefined : since
    if (isFull) ids.forgetFresh()
    this.notices = []
    this.held = []
    this.notes = new LakeNotes()
  }
}

/** A fact as a row may hold it. */
const asRow = (fact: Folded): Folded => ({ ...fact, data: withoutAbsent(fact.data) })

const mostItems = (store: StateStore): number => (store.guarded ?? store).maxItems

const tellingOf = (event: Folded, told: Told, n: number): Telling => ({
  ...told,
  id: `${event.id}.${n}`,
  merchantId: event.merchantId,
  storeId: event.storeId,
  occurredAt: event.at,
  acceptedAt: event.receivedAt,
})
