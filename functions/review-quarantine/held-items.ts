import type { HeldItem } from '#core/api/quarantine.ts'
import type { StateStore, Viewer } from '#core/ports.ts'
import { EVERY_KEY, partsOf } from '#core/row-key.ts'
import { HELD_TABLE, type HeldRow, heldKey, isHeldFor } from '#runtime/held-documents.ts'
import { HttpError, type HttpRequest } from '#runtime/http-handler.ts'
import { limitIn, refuse } from '#runtime/query-parameters.ts'

/** Rows that are read at once. */
const STRETCH = 500
/** Rows that one request looks at, whosever they are: who seeks rare ones goes on with `next`. */
const MOST_LOOKED_AT = 5_000
const STATUSES = ['held', 'replayed', 'discarded']

/** Shard and sequence as one name. */
const idOf = (key: string): string => partsOf(key).join('-')

export const heldItemOf = (key: string, { status, heldAt, attempts, problems }: HeldRow): HeldItem => ({
  id: idOf(key),
  status,
  heldAt: new Date(heldAt).toISOString(),
  attempts,
  problems: [...problems],
})

export async function listHeld(
  state: StateStore,
  viewer: Viewer,
  request: HttpRequest,
): Promise<{ items: HeldItem[]; next: string | null }> {
  const { status = 'held', next } = request.query
  const limit = limitIn(request)
  if (!STATUSES.includes(status)) throw refuse('status', `must be one of ${STATUSES.join(', ')}`)
  const items: HeldItem[] = []
  const after = next === undefined ? undefined : keyOf(next)
  if (after === undefined && next !== undefined) throw refuse('next', 'is not what an answer gave as `next`')
  let from = after === undefined ? EVERY_KEY.from : `${after}\u0000`
  for (let looked = 0; ; looked += STRETCH) {
    if (looked >= MOST_LOOKED_AT) return { items, next: idOf(from.slice(0, -1)) }
    const rows = await state.query({ table: HELD_TABLE, range: { from, to: EVERY_KEY.to }, limit: STRETCH })
    for (const { key, row } of rows as { key: string; row: HeldRow }[]) {
      if (row.status !== status || !isHeldFor(viewer, row)) continue
      if (items.length === limit) return { items, next: items.at(-1)!.id }
      items.push(heldItemOf(key, row))
    }
    if (rows.length < STRETCH) return { items, next: null }
    from = `${rows.at(-1)!.key}\u0000`
  }
}

/** undefined: no id looks like that. */
function keyOf(id: string): string | undefined {
  const [, shard, sequence] = /^(\d+)-([\w.]+)$/.exec(id) ?? []
  return shard === undefined || sequence === undefined ? undefined : heldKey(Number(shard), sequence)
}

export async function findHeld(state: StateStore, viewer: Viewer, id: string): Promise<{ key: string; row: HeldRow }> {
  const key = keyOf(id)
  const row = key === undefined ? undefined : ((await state.get(HELD_TABLE, key)) as HeldRow | undefined)
  if (key === undefined || row === undefined || !isHeldFor(viewer, row))
    throw new HttpError(404, `There is no held document ${id}`)
  return { key, row }
}
