import type { Condition, Query, Row, RowRef, StateStore, Write } from '#core/ports.ts'

/**
 * One store over two, so that what must be on the disk at once never waits for the writer of what may take its time: some
 * tables lie apart, every other one in the rest. No commit reaches into both.
 */
export class DividedStateStore implements StateStore {
  private readonly apart: StateStore
  private readonly rest: StateStore
  private readonly tablesApart: ReadonlySet<string>

  constructor(rest: StateStore, apart: StateStore, tablesApart: readonly string[]) {
    this.rest = rest
    this.apart = apart
    this.tablesApart = new Set(tablesApart)
  }

  get maxItems(): number {
    return Math.min(this.rest.maxItems, this.apart.maxItems)
  }

  private of(table: string): StateStore {
    return this.tablesApart.has(table) ? this.apart : this.rest
  }

  get(table: string, key: string): ReturnType<StateStore['get']> {
    return this.of(table).get(table, key)
  }

  getMany(refs: readonly RowRef[]): ReturnType<StateStore['getMany']> {
    const first = refs[0]
    if (first === undefined) return []
    const store = this.of(first.table)
    if (refs.every(({ table }) => this.of(table) === store)) return store.getMany(refs)
    return Promise.all(refs.map(async ({ table, key }) => this.get(table, key)))
  }

  query(query: Query): Promise<{ readonly key: string; readonly row: Row }[]> {
    return this.of(query.table).query(query)
  }

  commit(writes: readonly Write[], conditions: readonly Condition[] = []): Promise<void> | void {
    return this.ofAll(writes, conditions).commit(writes, conditions)
  }

  async commitDurable(writes: readonly Write[], conditions: readonly Condition[] = []): Promise<void> {
    await this.ofAll(writes, conditions).commitDurable(writes, conditions)
  }

  /** @throws Error where the parts are in both: they could not be written together. */
  private ofAll(writes: readonly Write[], conditions: readonly Condition[]): StateStore {
    const stores = new Set([...writes, ...conditions].map(({ table }) => this.of(table)))
    if (stores.size > 1) throw new Error('a commit reaches into tables that lie apart from each other')
    return stores.values().next().value ?? this.rest
  }
}
