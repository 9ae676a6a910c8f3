/**
 * Rows of one machine: an LMDB environment behind an ordered write-behind in memory, with one owner thread.
 *
 * `commit` changes memory and returns. A flush takes everything that changed since the last one and writes it as one
 * transaction, each 0.2 to 1 s, so a kill loses a suffix of commits and never one from the middle. Rows that were flushed
 * are read from LMDB: whoever works on the same rows again and again keeps them (`runtime/workspace.ts`).
 *
 * One transaction at a time, and a table is opened between two of them: opened while one is under way it would be known to
 * that one alone, and whoever reads it ends the process or waits for ever. So no two threads of a process open one
 * environment; other processes may. Nothing in a process that has one open may open and close its `lock.mdb`: the system
 * then takes the process's locks away, and the next process to come believes that it is alone.
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

/** Under which name a table lies in LMDB, where that is another (`generations.ts`). */
type NameOf = (table: string) => string

export type LmdbStateStoreOptions = {
  readonly path: string
  readonly nameOf?: NameOf
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
const ALL = 'owner'
/** How rows lie in LMDB: whoever reads them elsewhere (`lmdb-snapshot.ts`) opens tables alike. The key of the shared
 * structures sorts before every row key. */
export const TABLE_OPTIONS = { sharedStructuresKey: Symbol.for('structures') }

type Maybe = Row | undefined
/** A row that was changed; null: deleted. */
type Change = Row | null
const NONE: ReadonlyMap<string, Change> = new Map()

class Table {
  /** None until its first row is written down. */
  db: Database<Row, string> | undefined
  /** Changed since the last flush began. */
  dirty = new Map<string, Change>()
  /** Being written now. */
  flushing: ReadonlyMap<string, Change> = NONE

  constructor(db: Database<Row, string> | undefined) {
    this.db = db
  }

  get(key: string): Maybe {
    let changed = this.dirty.get(key)
    if (changed === undefined) changed = this.flushing.get(key)
    return changed === undefined ? this.db?.get(key) : (changed ?? undefined)
  }
}

function write({ db }: Table, key: string, row: Change): void {
  if (row === null) db?.remove(key)
  else db!.put(key, row)
}

/** What goes into one transaction. */
type Group = { readonly puts: (() => void)[]; readonly written: Promise<void> }

export class LmdbStateStore implements StateStore {
  readonly maxItems = Number.POSITIVE_INFINITY
  private readonly root: RootDatabase
  /** By their names in LMDB. */
  private readonly databases = new Map<string, Database<Row, string>>()
  private readonly owners: Database<object, string>
  private readonly tables = new Map<string, Table>()
  /** They have rows, and nothing on the disk yet. */
  private readonly unopened = new Map<string, Table>()
  private readonly options: LmdbStateStoreOptions
  private nameOf: NameOf
  /** The last of what is done one after the other. */
  private turn: Promise<unknown> = Promise.resolve()
  /** Waits for its turn, and takes what comes until then. */
  private next: Group | undefined
  private flushing: Promise<void> | undefined
  private timer: NodeJS.Timeout | undefined
  private dirtyRows = 0
  /** How long the last flush held the thread. */
  private heldMs = 0
  private closed = false

  constructor(options: LmdbStateStoreOptions) {
    this.options = options
    this.nameOf = options.nameOf ?? ((table) => table)
    // Without `noMemInit`: a page that is not cleared takes to the disk what another file had in memory.
    this.root = open({ path: options.path, maxDbs: MAX_TABLES, compression: false })
    this.owners = this.root.openDB({ name: OWNERS })
    this.openPresent()
  }

  private openPresent(): void {
    this.databases.clear()
    for (const key of [...this.root.getKeys()]) if (key !== OWNERS) this.openDatabase(String(key))
  }

  private openDatabase(name: string): Database<Row, string> {
    const db = this.root.openDB<Row, string>({ name, ...TABLE_OPTIONS })
    this.databases.set(name, db)
    return db
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
    for (const { key, value } of table.db?.getRange({ ...bounds, reverse, limit: most }) ?? []) {
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
    for (const { table: name, key, row } of writes) {
      const table = this.table(name)
      this.dirtyRows -= table.dirty.size
      table.dirty.set(key, row ?? null)
      this.dirtyRows += table.dirty.size
      if (table.db === undefined) this.unopened.set(name, table)
    }
    this.schedule()
  }

  /**
   * Its writes go to the disk at once in a transaction of their own, beside being among those of the next flush: what
   * folds have changed need not be written for the sake of a few rows of the doors.
   */
  async commitDurable(writes: readonly Write[], conditions: readonly Condition[] = []): Promise<void> {
    this.commit(writes, conditions)
    await this.inOneTransaction(() => {
      for (const { table, key, row } of writes) write(this.table(table), key, row ?? null)
    })
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
    this.flushing = this.writeDirty().finally(() => {
      this.flushing = undefined
      this.schedule()
    })
    await this.flushing
  }

  /** With whatever else waits for the transaction before to end; what fails of it fails all. Resolves when it is durable. */
  private inOneTransaction(put: () => void): Promise<void> {
    if (this.next === undefined) {
      const puts: Group['puts'] = []
      const written = this.afterAll(() => this.write(puts))
      this.next = { puts, written }
    }
    this.next.puts.push(put)
    return this.next.written
  }

  private async write(puts: Group['puts']): Promise<void> {
    this.next = undefined
    try {
      for (const [name, table] of this.unopened) table.db = this.openDatabase(this.nameOf(name))
      this.unopened.clear()
      const written = this.root.batch(() => {
        for (const put of puts) put()
      })
      await answered(
        Promise.resolve(written).then(() => this.root.flushed),
        this.options.giveUpMs,
      )
    } catch (error) {
      // Memory is ahead of the disk.
      this.options.onFlushError?.(error)
      throw error
    }
  }

  /** Begins when nothing before it is under way, and nothing after it begins before its end. */
  private afterAll<T>(work: () => T | Promise<T>): Promise<T> {
    const done = this.turn.then(work)
    this.turn = done.catch(() => {}) // whoever asked for it hears of it
    this.next = undefined
    return done
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
      for (const table of tables) for (const [key, row] of table.flushing) write(table, key, row)
      this.heldMs = performance.now() - startedAt
    })
    for (const table of tables) table.flushing = NONE
  }

  /**
   * Makes `owner` the one process that uses this store, or that does `what` in it, and answers undefined; or leaves it to the
   * present owner, who is answered, if `isAlive` says that it runs. Several processes may try at once: one of them gets it.
   */
  claimOwnership<Owner extends object>(
    owner: Owner,
    isAlive: (present: Owner) => boolean,
    what = ALL,
  ): Owner | undefined {
    return this.root.transactionSync(() => {
      const present = this.owners.get(what) as Owner | undefined
      if (present !== undefined && isAlive(present)) return present
      this.owners.putSync(what, owner)
      return undefined
    })
  }

  releaseOwnership(what = ALL): void {
    this.root.transactionSync(() => this.owners.removeSync(what))
  }

  async close(): Promise<void> {
    clearTimeout(this.timer)
    await this.flush()
    this.closed = true
    await this.turn
    await this.root.close()
  }

  /** From now on tables lie under these names, which others may have filled. To one that changes its name nothing is committed meanwhile. */
  async followNames(nameOf: NameOf): Promise<void> {
    await this.flush()
    await this.afterAll(() => {
      this.openPresent()
      for (const [name, table] of this.tables) {
        if (nameOf(name) !== this.nameOf(name)) this.tables.delete(name)
        else table.db = this.databases.get(nameOf(name))
      }
      this.nameOf = nameOf
    })
  }

  /** Drops tables by their names in LMDB; one that is not there is no matter. Nothing of them may be waiting to be flushed. */
  async dropTables(names: readonly string[]): Promise<void> {
    await this.afterAll(async () => {
      for (const name of names) {
        const db = this.databases.get(name)
        if (db === undefined) continue
        for (const table of this.tables.values()) if (table.db === db) table.db = undefined
        this.databases.delete(name)
        await db.drop()
      }
    })
  }

  async backup(path: string): Promise<void> {
    await this.flush()
    await this.root.backup(path, true)
  }

  private table(name: string): Table {
    let table = this.tables.get(name)
    if (table === undefined) {
      table = new Table(this.databases.get(this.nameOf(name)))
      this.tables.set(name, table)
    }
    return table
  }
}
