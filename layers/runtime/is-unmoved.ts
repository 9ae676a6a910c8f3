import type { Condition, RowRef } from '#core/ports.ts'

/** That a row whose `version` each change raises is as it was read; undefined: that there is none. */
export const isUnmoved = ({ table, key }: RowRef, before: { readonly version: number } | undefined): Condition =>
  before === undefined ? { table, key, field: undefined } : { table, key, field: 'version', equals: before.version }
