import type { StateStore } from '#core/ports.ts'
import { under } from '#core/row-key.ts'

const ROWS_AT_ONCE = 50

/** Deletes all rows of a table whose keys begin with these parts. Cut off in the middle, it is done again. */
export async function deleteUnder(state: StateStore, table: string, ...parts: readonly string[]): Promise<void> {
  for (;;) {
    const rows = await state.query({ table, range: under(...parts), limit: ROWS_AT_ONCE })
    if (rows.length > 0) await state.commitDurable(rows.map(({ key }) => ({ table, key, row: undefined })))
    if (rows.length < ROWS_AT_ONCE) return
  }
}
