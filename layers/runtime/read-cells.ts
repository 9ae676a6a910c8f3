/** Cells as readers need them: of a scope, over pieces of time, added over the shards that feed them. */
import { type Cell, cellKey, cellTable, timeText } from '#core/metrics/cells.ts'
import { sumOf } from '#core/metrics/figures.ts'
import type { Scope } from '#core/metrics/scope.ts'
import type { Piece } from '#core/metrics/spans.ts'
import type { RowRef, StateStore } from '#core/ports.ts'
import { partsOf, under } from '#core/row-key.ts'

type Reading = { readonly state: StateStore; readonly shards: number; readonly merchantId: string }

/** Above this many keys a range of a whole time is read rather than key by key. */
const KEYS_AT_ONCE = 50

/** Everything that the scope's cells of these pieces hold, added up. */
export async function readSpan(reading: Reading, scope: Scope, pieces: readonly Piece[]): Promise<Cell> {
  return sumOf(await Promise.all(pieces.map((piece) => readPiece(reading, scope, piece))))
}

async function readPiece(reading: Reading, scope: Scope, { width, time }: Piece): Promise<Cell> {
  const { state, shards, merchantId } = reading
  const table = cellTable(width, scope.by)
  const everyShard = Array.from({ length: shards }, (_, shard) => shard)
  if (scope.by !== 'total' && scope.keys.length > KEYS_AT_ONCE) {
    const wanted = new Set(scope.keys)
    const rows = await state.query({ table, range: under(merchantId, timeText(time)) })
    return sumOf(rows.flatMap(({ key, row }) => (wanted.has(partsOf(key)[2]!) ? [row as Cell] : [])))
  }
  const refs: RowRef[] =
    scope.by === 'total'
      ? everyShard.map((shard) => ({ table, key: cellKey.total(merchantId, time, shard) }))
      : scope.by === 'store'
        ? scope.keys.map((key) => ({ table, key: cellKey.store(merchantId, time, key) }))
        : scope.keys.flatMap((key) =>
            everyShard.map((shard) => ({ table, key: cellKey.product(merchantId, time, key, shard) })),
          )
  const rows = await state.getMany(refs)
  return sumOf(rows.flatMap((row) => (row === undefined ? [] : [row as Cell])))
}

/** The cells of every store or product that has any in this piece of time, by id. */
export async function readGroups(
  reading: Reading,
  by: 'store' | 'product',
  { width, time }: Piece,
): Promise<Map<string, Cell>> {
  const { state, merchantId } = reading
  const groups = new Map<string, Cell>()
  for (const { key, row } of await state.query({
    table: cellTable(width, by),
    range: under(merchantId, timeText(time)),
  })) {
    const id = partsOf(key)[2]!
    const present = groups.get(id)
    groups.set(id, present === undefined ? (row as Cell) : sumOf([present, row as Cell]))
  }
  return groups
}
