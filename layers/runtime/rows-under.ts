import type { StateStore } from '#core/ports.ts'
import { under } from '#core/row-key.ts'
import { letOthersIn } from './let-others-in.ts'

const ROWS_AT_ONCE = 500

/** All rows of a table whose keys begin with these parts, page by page, however many there are. */
export async function* rowsUnder<R extends object>(
  state: StateStore,
  table: string,
  ...parts: readonly string[]
): AsyncGenerator<readonly { readonly key: string; readonly row: R }[]> {
  let range = under(...parts)
  for (;;) {
    await letOthersIn()
    const rows = await state.query({ table, range, limit: ROWS_AT_ONCE })
    if (rows.length > 0) yield rows as { key: string; row: R }[]
    if (rows.length < ROWS_AT_ONCE) return
    range = { from: `${rows.at(-1)!.key}\u0000`, to: range.to }
  }
}
