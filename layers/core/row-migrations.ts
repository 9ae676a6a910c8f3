/**
 * How rows that an earlier release wrote are read by this one. On one machine a changed projection is folded anew, so this is for
 * AWS, where both versions serve for a while: see docs/decisions/0022-both-versions-serve.md.
 */
import type { Row } from './ports.ts'

export type RowMigration = {
  /** The table; of a projection its name. */
  readonly table: string
  /** Of the projection, from which on rows are as `migrate` leaves them. */
  readonly version: number
  /** A row as it lies there, as this release takes it. One that is so already stays as it is. */
  readonly migrate: (row: Row) => Row
}

/** Oldest first. None is taken out while a row of before may lie anywhere. */
export const ROW_MIGRATIONS: readonly RowMigration[] = []

/** What is done with a row of each table when it is read. */
export function migrationsByTable(migrations: readonly RowMigration[]): ReadonlyMap<string, (row: Row) => Row> {
  const byTable = new Map<string, (row: Row) => Row>()
  for (const { table, migrate } of migrations) {
    const before = byTable.get(table)
    byTable.set(table, before === undefined ? migrate : (row) => migrate(before(row)))
  }
  return byTable
}
