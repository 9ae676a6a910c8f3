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
import { PEOPLE_TABLES } from '#local/people-store.ts'

const APART: ReadonlySet<string> = new Set(PEOPLE_TABLES)

type Calls = { getMany: number; get: number; query: number; commit: number; commitDurable: number }

/**
 * Rows in memory, answered at once. It counts its calls, and freezes what it holds: a fold that changes a row in place
 * fails where it does so.
 */
export class MemoryStateStore implements StateStore {
  readonly maxItems: number = Number.POSITIVE_INFINITY
  readonly calls: Calls = { getMany: 0, get: 0, query: 0, commit: 0, commitDurable: 0 }
  private readonly tables = new Map<string, Map<string, Row>>()

  getMany(refs: readonly RowRef[]): (Row | undefined)[] | Promise<(Row | undefined)[]> {
    this.calls.getMany++
    return refs.map(({ table, key }) => this.tables.get(table)?.get(key))
  }

  get(table: string, key: string): Row | undefined | Promise<Row | undefined> {
    this.calls.get++
    return this.tables.get(table)?.get(key)
  }

  async query({ table, range, limit, reverse = false }: Query): Promise<{ key: string; row: Row }[]> {
    this.calls.query++
    const keys = [...(this.tables.get(table)?.keys() ?? [])].filter((key) => isInRange(key, range)).sort(compareKeys)
    if (reverse) keys.reverse()
    return keys.slice(0, limit).map((key) => ({ key, row: this.tables.get(table)!.get(key)! }))
  }

  commit(writes: readonly Write[], conditions: readonly Condition[] = []): Promise<void> | void {
    this.calls.commit++
    this.write(writes, conditions)
  }

  async commitDurable(writes: readonly Write[], conditions: readonly Condition[] = []): Promise<void> {
    this.calls.commitDurable++
    this.write(writes, conditions)
  }

  /** Every table that holds a row, in order. */
  tableNames(): string[] {
    return [...this.tables.keys()].filter((name) => this.tables.get(name)!.size > 0).sort()
  }

  protected write(writes: readonly Write[], conditions: readonly Condition[]): void {
    // On one machine people lie in a store of their own, whatever else could write both at once.
    const touched = [...writes, ...conditions].map(({ table }) => table)
    const apart = touched.filter((table) => APART.has(table))
    if (apart.length > 0 && apart.length < touched.length)
      throw new Error(`one commit reaches into people's tables and others: ${[...new Set(touched)].join(', ')}`)
    for (const { table, key, ...expected } of conditions) {
      const row = this.tables.get(table)?.get(key) as Record<string, unknown> | undefined
      const holds = expected.field === undefined ? row === undefined : row?.[expected.field] === expected.equals
      if (!holds) throw new ConditionFailedError(`${table} ${JSON.stringify(key)}`)
    }
    for (const { table, key, row } of writes) {
      const rows = this.tables.get(table) ?? new Map<string, Row>()
      this.tables.set(table, rows)
      if (row === undefined) rows.delete(key)
      else rows.set(key, this.kept(row))
    }
  }

  protected kept(row: Row): Row {
    return frozen(row)
  }
}

const MAX_TRANSACTION_ITEMS = 100
const MAX_ROW_BYTES = 400 * 1024

/**
 * Rows as DynamoDB keeps them: every answer comes later, a row is a copy, a transaction holds at most 100 items and no
 * item twice, a row at most 400 KB of JSON values and bytes.
 */
export class MemoryDynamoStateStore extends MemoryStateStore {
  override readonly maxItems = MAX_TRANSACTION_ITEMS
  /** Items of the largest transaction so far. */
  largestCommit = 0

  override async getMany(refs: readonly RowRef[]): Promise<(Row | undefined)[]> {
    await later()
    return super.getMany(refs)
  }

  override async get(table: string, key: string): Promise<Row | undefined> {
    await later()
    return super.get(table, key)
  }

  override async query(query: Query): Promise<{ key: string; row: Row }[]> {
    await later()
    return super.query(query)
  }

  override async commit(writes: readonly Write[], conditions: readonly Condition[] = []): Promise<void> {
    await later()
    await super.commit(writes, conditions)
  }

  protected override write(writes: readonly Write[], conditions: readonly Condition[]): void {
    const nameOf = ({ table, key }: RowRef) => `${table} ${JSON.stringify(key)}`
    const written = writes.map(nameOf)
    const items = new Set([...written, ...conditions.map(nameOf)]).size
    if (items > MAX_TRANSACTION_ITEMS)
      throw new Error(`a transaction of ${items} items; ${MAX_TRANSACTION_ITEMS} may be`)
    const twice = written.find((name, i) => written.indexOf(name) !== i)
    if (twice !== undefined) throw new Error(`a transaction writes ${twice} twice`)
    this.largestCommit = Math.max(this.largestCommit, items)
    super.write(writes, conditions)
  }

  protected override kept(row: Row): Row {
    const bytes = new TextEncoder().encode(JSON.stringify(row)).length
    if (bytes > MAX_ROW_BYTES) throw new Error(`a row of ${bytes} bytes; ${MAX_ROW_BYTES} may be`)
    return frozen(copied(row) as Row)
  }
}

/** A copy without what is undefined; numbers must be finite. */
function copied(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`a row with ${value} in it`)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array) return value.slice()
  if (Array.isArray(value)) return value.map(copied)
  return Object.fromEntries(Object.entries(value).flatMap(([k, v]) => (v === undefined ? [] : [[k, copied(v)]])))
}

const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || Object.isFrozen(value)) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}
