/**
 * Rows of one machine: an LMDB environment behind an ordered write-behind in memory, with one owner thread.
 *
 * `commit` changes memory and returns. A flush takes everything that changed since the last one and writes it as one
 * transaction, each 0.2 to 1 s, so a kill loses a suffix of commits and never one from the middle. Rows that were flushed
 * are read from LMDB: whoever works on the same rows again and again keeps them (`runtime/workspace.ts`).
 */
import { type Database, open, type RootDatabase } from 'lmdb'
import {
  type Condition,
  ConditionFailedError,
  type Query,
  type Row,
  type RowRef,
  type StateStore,
  type Write,
} from '#core/ports.ts'
import { compareKeys, isInRange } from '#core/row-key.ts'
import { answered } from './lmdb-answer.ts'

export type LmdbStateStoreOptions = {
  readonly path: string
  /** Under which name a table lies in LMDB, where that is another (`generations.ts`). */
  readonly nameOf?: (table: string) => string
  /** A flush starts this long after the first change; else soon, but so that flushes take a tenth of the thread's time. */
  readonly flushMs?: number
  /** ... or as soon as this many rows have changed, when no flush is under way. */
  readonly flushRows?: number
  /** A write that is not finished by then has failed. */
  readonly giveUpMs?: number
  /** A flush failed (disk full, disk gone): memory is ahead of the disk and the process must not go on. */
  readonly onFlushError?: (error: unknown) => void
}

/** Small flushes hold nobody up; large ones write a row that changed often only once. */
const SOONEST_FLUSH_MS = 200
const LATEST_FLUSH_MS = 1000
const FLUSH_SHARE = 10
const FLUSH_ROWS = 100_000
export const MAX_TABLES = 200
const OWNERS = 'owners'
/** How rows lie in LMDB: whoever reads them elsewhere (`lmdb-snapshot.ts`) opens tables alike. The key of the shared
 * structures sorts before every row key. */
export const TABLE_OPTIONS = { sharedStructuresKey: Symbol.for('structures') }

type Maybe = Row | undefined
/** A row that was changed; null: deleted. */
type Change = Row | null
const NONE: ReadonlyMap<string, Change> = new Map()

class Table {
  readonly db: Database<Row, string>
  /** Changed since the last flush began. */
  dirty = new Map<string, Change>()
  /** Being written now. */
  flushing: ReadonlyMap<string, Change> = NONE

  constructor(db: Database<Row, string>) {
    this.db = db
  }

  get(key: string): Maybe {
    let changed = this.dirty.get(key)
    if (changed === undefined) changed = this.flushing.get(key)
    return changed === undefined ? this.db.get(key) : (changed ?? undefined)
  }
}

function write(db: Database<Row, string>, key: string, row: Change): void {
  if (row === null) db.remove(key)
  else db.put(key, row)
}

export class LmdbStateStore implements StateStore {
  readonly maxItems = Number.POSITIVE_INFINITY
  private readonly root: RootDatabase
  private readonly tables = new Map<string, Table>()
  private readonly options: LmdbStateStoreOptions
  private flushing: Promise<void> | undefined
  private timer: NodeJS.Timeout | undefined
  private dirtyRows = 0
  /** How long the last flush held the thread. */
  private heldMs = 0
  private closed = false

  constructor(options: LmdbStateStoreOptions) {
    this.options = options
    this.root = open({ path: options.path, maxDbs: MAX_TABLES, compression: false, noMemInit: true })
  }

  get(table: string, key: string): Maybe {
    return this.table(table).get(key)
  }

  getMany(refs: readonly RowRef[]): Maybe[] {
    return refs.map(({ table, key }) => this.table(table).get(key))
  }

  async query({
    table: name,
    range,
    limit = Number.POSITIVE_INFINITY,
    reverse = false,
  }: Query): Promise<{ key: string; row: Row }[]> {
    const table = this.table(name)
    const changed = new Set<string>()
    for (const rows of [table.flushing, table.dirty])
      for (const key of rows.keys()) if (isInRange(key, range)) changed.add(key)
    const found: { key: string; row: Row }[] = []
    // Stored rows in order, enough of them even if every changed one were left out, then the changed ones put in place.
    const bounds = reverse
      ? { start: range.to, end: range.from, exclusiveStart: true, inclusiveEnd: true }
      : { start: range.from, end: range.to }
    const most = Math.min(limit + changed.size, 2 ** 31)
    for (const { key, value } of table.db.getRange({ ...bounds, reverse, limit: most })) {
      if (!changed.has(key)) found.push({ key, row: value })
    }
    if (changed.size === 0) return found.slice(0, limit)
    for (const key of changed) {
      const row = table.get(key)
      if (row !== undefined) found.push({ key, row })
    }
    const order = reverse ? -1 : 1
    return found.sort((a, b) => order * compareKeys(a.key, b.key)).slice(0, limit)
  }

  commit(writes: readonly Write[], conditions: readonly Condition[] = []): void {
    for (const condition of conditions) this.check(condition)
    for (const { table, key, row } of writes) this.table(table).dirty.set(key, row ?? null)
    this.dirtyRows += writes.length
    this.schedule()
  }

  /**
   * Its writes go to the disk at once in a transaction of their own, beside being among those of the next flush: what
   * folds have changed need not be written for the sake of a few rows of the doors.
   */
  async commitDurable(writes: readonly Write[], conditions: readonly Condition[] = []): Promise<void> {
    this.commit(writes, conditions)
    await this.orFail(
      this.inOneTransaction(() => {
        for (const { table, key, row } of writes) write(this.table(table).db, key, row ?? null)
      }),
    )
  }

  private check(condition: Condition): void {
    const row = this.get(condition.table, condition.key) as Record<string, unknown> | undefined
    const holds = condition.field === undefined ? row === undefined : row?.[condition.field] === condition.equals
    if (!holds) throw new ConditionFailedError(`${condition.table}: the row is not as expected`)
  }

  /** Resolves when everything committed before the call is durable. */
  async flush(): Promise<void> {
    // A flush under way may have begun before the last commit: wait for it, then for one that began after the call.
    while (this.flushing !== undefined) await this.flushing
    if (this.dirtyRows === 0) return
    this.flushing = this.orFail(this.writeDirty()).finally(() => {
      this.flushing = undefined
      this.schedule()
    })
    await this.flushing
  }

  /** A write that fails leaves memory ahead of the disk, whoever began it. */
  private async orFail(writing: Promise<void>): Promise<void> {
    try {
      await writing
    } catch (error) {
      this.options.onFlushError?.(error)
      throw error
    }
  }

  private async inOneTransaction(put: () => void): Promise<void> {
    const written = Promise.resolve(this.root.batch(put)).then(() => this.root.flushed)
    await answered(written, this.options.giveUpMs)
  }

  private schedule(): void {
    if (this.flushing !== undefined || this.dirtyRows === 0 || this.closed) return
    if (this.dirtyRows >= (this.options.flushRows ?? FLUSH_ROWS)) {
      clearTimeout(this.timer)
      this.timer = undefined
      this.flush().catch(() => {}) // `onFlushError` has heard of it
    } else {
      this.timer ??= setTimeout(() => {
        this.timer = undefined
        this.flush().catch(() => {}) // `onFlushError` has heard of it
      }, this.options.flushMs ?? this.flushMs())
    }
  }

  private flushMs(): number {
    return Math.min(LATEST_FLUSH_MS, Math.max(SOONEST_FLUSH_MS, this.heldMs * FLUSH_SHARE))
  }

  private async writeDirty(): Promise<void> {
    const tables = [...this.tables.values()].filter(({ dirty }) => dirty.size > 0)
    for (const table of tables) {
      table.flushing = table.dirty
      table.dirty = new Map()
    }
    this.dirtyRows = 0
    await this.inOneTransaction(() => {
      const startedAt = performance.now()
      for (const { db, flushing } of tables) for (const [key, row] of flushing) write(db, key, row)
      this.heldMs = performance.now() - startedAt
    })
    for (const table of tables) table.flushing = NONE
  }

  /**
   * Makes `owner` the one process that uses this store, and answers undefined; or leaves it to the present owner, who is
   * answered, if `isAlive` says that it runs. Several processes may try at once: one of them gets it.
   */
  claimOwnership<Owner extends object>(owner: Owner, isAlive: (present: Owner) => boolean): Owner | undefined {
    const owners = this.root.openDB<Owner, string>({ name: OWNERS })
    return this.root.transactionSync(() => {
      const present = owners.get('owner')
      if (present !== undefined && isAlive(present)) return present
      owners.putSync('owner', owner)
      return undefined
    })
  }

  releaseOwnership(): void {
    const owners = this.root.openDB({ name: OWNERS })
    this.root.transactionSync(() => owners.removeSync('owner'))
  }

  async close(): Promise<void> {
    clearTimeout(this.timer)
    await this.flush()
    this.closed = true
    await this.root.close()
  }

  /** Opens tables anew under what `nameOf` says now. Everything committed must have been flushed. */
  forgetTables(): void {
    this.tables.clear()
  }

  /** Drops tables by their names in LMDB; one that is not there is no matter. */
  async dropTables(names: readonly string[]): Promise<void> {
    const present = new Set([...this.root.getKeys()].map(String))
    for (const name of names) if (present.has(name)) await this.root.openDB({ name, ...TABLE_OPTIONS }).drop()
  }

  async backup(path: string): Promise<void> {
    await this.flush()
    await this.root.backup(path, true)
  }

  private table(name: string): Table {
    let table = this.tables.get(name)
    if (table === undefined) {
      table = new Table(this.root.openDB<Row, string>({ name: this.options.nameOf?.(name) ?? name, ...TABLE_OPTIONS }))
      this.tables.set(name, table)
    }
    return table
  }
}
