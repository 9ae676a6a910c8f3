import type { Condition, GuardedCommits, Query, Row, RowRef, StateStore, Write } from '#core/ports.ts'
import { migrationsByTable, type RowMigration } from '#core/row-migrations.ts'

type Migrate = (row: Row) => Row

/** Rows as this release takes them, whichever release wrote them; what is written is of this one. */
export class MigratingStateStore implements StateStore {
  readonly maxItems: number
  readonly guarded?: GuardedCommits
  private readonly store: StateStore
  private readonly migrations: ReadonlyMap<string, Migrate>

  constructor(store: StateStore, migrations: readonly RowMigration[]) {
    this.store = store
    this.maxItems = store.maxItems
    // Of guards there are checkpoints alone, of which conditions name fields: they are never migrated.
    if (store.guarded !== undefined) this.guarded = store.guarded
    this.migrations = migrationsByTable(migrations)
  }

  async getMany(refs: readonly RowRef[]): Promise<(Row | undefined)[]> {
    const rows = await this.store.getMany(refs)
    return refs.map(({ table }, i) => this.read(table, rows[i]))
  }

  async get(table: string, key: string): Promise<Row | undefined> {
    return this.read(table, await this.store.get(table, key))
  }

  async query(query: Query): Promise<{ key: string; row: Row }[]> {
    const found = await this.store.query(query)
    return found.map(({ key, row }) => ({ key, row: this.read(query.table, row)! }))
  }

  commit(writes: readonly Write[], conditions?: readonly Condition[]): Promise<void> | void {
    return this.store.commit(writes, conditions)
  }

  commitDurable(writes: readonly Write[], conditions?: readonly Condition[]): Promise<void> {
    return this.store.commitDurable(writes, conditions)
  }

  private read(table: string, row: Row | undefined): Row | undefined {
    return row === undefined ? undefined : (this.migrations.get(table)?.(row) ?? row)
  }
}

/** The store itself where there is nothing to migrate. */
export const withMigrations = (store: StateStore, migrations: readonly RowMigration[]): StateStore =>
  migrations.length === 0 ? store : new MigratingStateStore(store, migrations)
