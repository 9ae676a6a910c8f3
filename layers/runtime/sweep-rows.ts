/** What has been kept for its time is deleted; what has come into its place meanwhile stays. */
import { conditionsHold, type Row, type StateStore } from '#core/ports.ts'
import { EVERY_KEY, type KeyRange } from '#core/row-key.ts'
import { letOthersIn } from './let-others-in.ts'

const ROWS_AT_ONCE = 500

export type Sweep<T extends Row> = {
  readonly table: string
  /** Absent: all of it. */
  readonly range?: KeyRange
  /** Tables with a row of the same key that goes with it. */
  readonly with?: readonly string[]
  /** What tells a row from one that has come into its place: a number or text. */
  readonly told: keyof T & string
  readonly isOver: (row: T) => boolean
}

/** Rows that changed after they were found are left, with those found beside them, to the next sweep. */
export async function sweepRows<T extends Row>(
  state: StateStore,
  { table, range: all = EVERY_KEY, with: others = [], told, isOver }: Sweep<T>,
): Promise<void> {
  const limit = Math.min(ROWS_AT_ONCE, Math.floor(state.maxItems / (1 + others.length)))
  let range = all
  for (;;) {
    const rows = await state.query({ table, range, limit })
    const over = rows.filter(({ row }) => isOver(row as T))
    const unmoved = over.map(({ key, row }) => ({
      table,
      key,
      field: told,
      equals: (row as T)[told] as string | number,
    }))
    const deletes = [...others, table].flatMap((each) => over.map(({ key }) => ({ table: each, key, row: undefined })))
    if (over.length > 0) await conditionsHold(() => state.commit(deletes, unmoved))
    if (rows.length < limit) return
    range = { ...range, from: `${rows.at(-1)!.key}\u0000` }
    await letOthersIn()
  }
}
