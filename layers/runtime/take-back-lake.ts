/** After rows of an earlier moment than the lake: what it got since will come again, in other stretches. */
import { isBehind, RAW, stretchIn } from '#core/lake/raw-names.ts'
import type { ObjectStore, StateStore } from '#core/ports.ts'
import { ARCHIVED_TABLE, type ArchivedRow } from './archive-shard.ts'

/** Deletes the raw objects that the rows do not know. Nobody may fill the lake meanwhile. */
export async function takeBackLake(
  state: Pick<StateStore, 'get'>,
  objects: Pick<ObjectStore, 'list' | 'delete'>,
): Promise<void> {
  const known = new Map<number, string>()
  for (const name of await objects.list(RAW)) {
    const stretch = stretchIn(name)
    if (stretch === undefined) continue
    const { shard } = stretch
    if (!known.has(shard)) {
      const row = (await state.get(ARCHIVED_TABLE, String(shard))) as ArchivedRow | undefined
      known.set(shard, row?.archived ?? '')
    }
    if (isBehind(stretch, known.get(shard)!)) await objects.delete(name)
  }
}
