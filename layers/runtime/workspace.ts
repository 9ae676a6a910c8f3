import type { RowRef, StateStore, Write } from '#core/ports.ts'
import { type Derivation, type Folded, isProjection, type Projection, type Step } from '#core/projection.ts'

/** A row that batches of one shard work on. `row` undefined: there is none. */
export class Entry implements RowRef {
  readonly table: string
  readonly key: string
  row: object | undefined = undefined
  changed = false
  constructor(table: string, key: string) {
    this.table = table
    this.key = key
  }
}

/** Entries of one table that were used lately, in two generations. */
class RecentRows {
  private young = new Map<string, Entry>()
  private old = new Map<string, Entry>()
  readonly table: string

  constructor(table: string) {
    this.table = table
  }

  find(key: string): Entry | undefined {
    let entry = this.young.get(key)
    if (entry === undefined) {
      entry = this.old.get(key)
      if (entry !== undefined) this.young.set(key, entry)
    }
    return entry
  }

  add(key: string): Entry {
    const entry = new Entry(this.table, key)
    this.young.set(key, entry)
    return entry
  }

  get youngRows(): number {
    return this.young.size
  }

  /** Lets go what was not used since the last time. */
  age(): void {
    this.old = this.young
    this.young = new Map()
  }
}

/**
 * A step as the engine runs it for one type of event: the parts of whichever kind it is, in one shape, which is faster to
 * read than the many shapes that steps have. `own` and `beside` say which of the event's planned entries are its rows.
 */
export class Task {
  readonly empty: object
  readonly fold: Projection['fold'] | undefined
  readonly tells: Projection['tells']
  readonly derives: Projection['derives']
  readonly expiresAt: Projection['expiresAt']
  /** Of a step without rows. */
  readonly derivesAlone: Derivation['derives'] | undefined
  readonly own: number
  readonly beside: readonly BesideTask[]
  /** What `fold` gets as its third argument: filled anew for each event, so that none is allocated. */
  readonly besideRows: Record<string, object> = {}

  constructor(step: Step, planned: (of: Projection, key: Projection['key']) => number) {
    const projection: Partial<Projection> = isProjection(step) ? step : {}
    this.empty = projection.empty ?? {}
    this.fold = projection.fold
    this.tells = projection.tells
    this.derives = projection.derives
    this.expiresAt = projection.expiresAt
    this.derivesAlone = isProjection(step) ? undefined : step.derives
    this.own = isProjection(step) ? planned(step, step.key) : -1
    this.beside = Object.entries(step.beside ?? {}).map(([name, { of, key }]) => ({
      name,
      empty: of.empty,
      expiresAt: of.expiresAt,
      entry: planned(of, key),
    }))
  }
}
type BesideTask = {
  readonly name: string
  readonly empty: object
  readonly expiresAt: Projection['expiresAt']
  readonly entry: number
}

/** A row that an event of some type needs. Event after event it is often the same one. */
class Need {
  readonly rows: RecentRows
  readonly key: Projection['key']
  readonly isNew: boolean
  lastKey: string | undefined = undefined
  lastEntry: Entry | undefined = undefined

  constructor(rows: RecentRows, { key, isNew }: Pick<Projection, 'key' | 'isNew'>) {
    this.rows = rows
    this.key = key
    this.isNew = isNew === true
  }
}

/** What is to be done for a type of event: its tasks, and the rows that they need, each once. */
class Agenda {
  readonly tasks: Task[] = []
  readonly needs: Need[] = []

  add(step: Step, rowsOf: (table: string) => RecentRows): void {
    const planned = (of: Projection, key: Projection['key']): number => {
      const rows = rowsOf(of.name)
      const known = this.needs.findIndex((need) => need.rows === rows && need.key === key)
      return known >= 0 ? known : this.needs.push(new Need(rows, { ...of, key })) - 1
    }
    this.tasks.push(new Task(step, planned))
  }
}
const NOTHING_TO_DO = new Agenda()

/**
 * The rows of one shard that its batches work on: read when first needed, changed in memory, written together. It has one
 * owner, so what it remembers from batch to batch is what the store holds. What one event changed can be undone.
 */
export class Workspace {
  private readonly tables = new Map<string, RecentRows>()
  private readonly agendas = new Map<string, Agenda>()
  private readonly store: StateStore
  private readonly recentRows: number
  private changed: Entry[] = []
  /** Of the present event: [entry, its row before, ...]; `undoLength` counts, so that the array is never reallocated. */
  private readonly undoLog: (Entry | object | undefined)[] = []
  private undoLength = 0
  private keptChanges = 0
  private wanted: Entry[] = []

  /** `recentRows`: how many rows stay in memory from batch to batch, at most twice as many. */
  constructor(store: StateStore, steps: readonly Step[], recentRows: number) {
    this.store = store
    this.recentRows = recentRows
    for (const step of steps) {
      for (const type of step.of) {
        let agenda = this.agendas.get(type)
        if (agenda === undefined) this.agendas.set(type, (agenda = new Agenda()))
        agenda.add(step, (table) => this.rowsOf(table))
      }
    }
  }

  tasks(type: string): readonly Task[] {
    return (this.agendas.get(type) ?? NOTHING_TO_DO).tasks
  }

  /** The entries that the event's tasks need, undefined where there is no key. They are wanted now. */
  plan(event: Folded): (Entry | undefined)[] {
    const { needs } = this.agendas.get(event.type) ?? NOTHING_TO_DO
    const entries: (Entry | undefined)[] = []
    for (let i = 0; i < needs.length; i++) entries.push(this.meet(needs[i]!, event))
    return entries
  }

  private meet(need: Need, event: Folded): Entry | undefined {
    const key = need.key(event)
    if (key === undefined) return undefined
    if (need.isNew) return new Entry(need.rows.table, key)
    if (key !== need.lastKey) {
      need.lastEntry = this.want(need.rows, key)
      need.lastKey = key
    }
    return need.lastEntry
  }

  entry(table: string, key: string): Entry {
    return this.want(this.rowsOf(table), key)
  }

  private want(rows: RecentRows, key: string): Entry {
    let entry = rows.find(key)
    if (entry === undefined) {
      entry = rows.add(key)
      this.wanted.push(entry)
    }
    return entry
  }

  private rowsOf(table: string): RecentRows {
    let rows = this.tables.get(table)
    if (rows === undefined) {
      rows = new RecentRows(table)
      this.tables.set(table, rows)
    }
    return rows
  }

  /** Brings the wanted rows. Undefined when they are at hand already, which is always so on one machine. */
  load(): Promise<void> | undefined {
    if (this.wanted.length === 0) return undefined
    const wanted = this.wanted
    this.wanted = []
    const rows = this.store.getMany(wanted)
    if (rows instanceof Promise) return rows.then((found) => fill(wanted, found))
    fill(wanted, rows)
    return undefined
  }

  change(entry: Entry, row: object | undefined): void {
    this.undoLog[this.undoLength++] = entry
    this.undoLog[this.undoLength++] = entry.row
    entry.row = row
    if (!entry.changed) {
      entry.changed = true
      this.changed.push(entry)
    }
  }

  /** Puts a row that nobody has to read before. */
  put(table: string, key: string, row: object): void {
    const rows = this.rowsOf(table)
    this.change(rows.find(key) ?? rows.add(key), row)
  }

  /** How many rows a commit would write now. */
  get size(): number {
    return this.changed.length
  }

  /** The changes since the last `keep` never happened. */
  undo(): void {
    while (this.undoLength > 0) {
      const row = this.undoLog[--this.undoLength]
      const entry = this.undoLog[--this.undoLength] as Entry
      entry.row = row
    }
    while (this.changed.length > this.keptChanges) this.changed.pop()!.changed = false
  }

  keep(): void {
    this.keptChanges = this.changed.length
    this.undoLength = 0
  }

  /** What is to be written; the rows then count as unchanged. */
  takeWrites(): Write[] {
    const writes: Write[] = this.changed
    for (const entry of this.changed) entry.changed = false
    this.changed = []
    this.keep()
    return writes
  }

  /** Between batches: lets rows go that were not used lately. */
  age(): void {
    let young = 0
    for (const rows of this.tables.values()) young += rows.youngRows
    if (young < this.recentRows) return
    for (const rows of this.tables.values()) rows.age()
    for (const { needs } of this.agendas.values()) {
      for (const need of needs) {
        need.lastKey = undefined
        need.lastEntry = undefined
      }
    }
  }
}

function fill(entries: readonly Entry[], rows: readonly (object | undefined)[]): void {
  for (let i = 0; i < entries.length; i++) entries[i]!.row = rows[i]
}
