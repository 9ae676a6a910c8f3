/** The rows of a state store as they were at one moment, read while its owner goes on: from another thread or process. */
import { type Database, open, type RootDatabase, type Transaction } from 'lmdb'
import type { Row } from '#core/ports.ts'
import { MAX_TABLES, TABLE_OPTIONS } from './lmdb-state-store.ts'

export class LmdbSnapshot {
  private readonly root: RootDatabase
  private readonly transaction: Transaction
  private readonly tables: ReadonlyMap<string, Database<Row, string>>

  /** `tables`: the names in LMDB that will be read. One that is not there is empty. */
  constructor(path: string, tables: readonly string[]) {
    this.root = open({ path, maxDbs: MAX_TABLES, compression: false, readOnly: true })
    const present = new Set([...this.root.getKeys()].map(String))
    // Opened before the transaction begins: opening a table later would end it.
    this.tables = new Map(
      tables
        .filter((name) => present.has(name))
        .map((name) => [name, this.root.openDB<Row, string>({ name, ...TABLE_OPTIONS })]),
    )
    // biome-ignore lint/correctness/useHookAtTopLevel: a method of LMDB, no hook of React
    this.transaction = this.root.useReadTransaction()
  }

  get(table: string, key: string): Row | undefined {
    return this.tables.get(table)?.get(key, { transaction: this.transaction })
  }

  /** Every row of the table, by key. */
  *rows(table: string): Generator<{ readonly key: string; readonly row: Row }> {
    const found = this.tables.get(table)
    if (found === undefined) return
    for (const { key, value } of found.getRange({ transaction: this.transaction })) {
      if (typeof key === 'string') yield { key, row: value }
    }
  }

  async close(): Promise<void> {
    this.transaction.done()
    await this.root.close()
  }
}
