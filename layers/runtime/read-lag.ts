import type { Freshness } from '#core/api/freshness.ts'
import { parseTime } from '#core/events/parse-time.ts'
import type { EventLog, StateStore } from '#core/ports.ts'
import { CHECKPOINT_TABLE, type Checkpoint, NO_CHECKPOINT } from './run-batch.ts'

export async function readCheckpoints(state: StateStore, shards: number): Promise<Checkpoint[]> {
  const refs = Array.from({ length: shards }, (_, shard) => ({ table: CHECKPOINT_TABLE, key: String(shard) }))
  return (await state.getMany(refs)).map((row) => (row ?? NO_CHECKPOINT) as Checkpoint)
}

/** How many records a checkpoint covers. */
export const taken = ({ applied, duplicate, held, discarded }: Checkpoint): number =>
  applied + duplicate + held + discarded

/** Age of the oldest record that is not in the rows yet, in ms; 0 when all are. */
export async function readLag(log: EventLog, state: StateStore, nowMs: number): Promise<number> {
  const { shards } = await log.status()
  const checkpoints = await readCheckpoints(state, log.shards)
  let lagMs = 0
  for (const [shard, checkpoint] of checkpoints.entries()) {
    if (taken(checkpoint) >= shards[shard]!.appended) continue
    const { sequence } = checkpoint
    const next = await log.read(shard, sequence === '' ? undefined : sequence, 2)
    const oldest = next.find((record) => record.sequence > sequence)
    if (oldest !== undefined) lagMs = Math.max(lagMs, nowMs - receivedAtOf(oldest.bytes, nowMs))
  }
  return lagMs
}

/**
 * What an answer says of itself (`core/api/freshness.ts`): that it was made now, and how far it may be behind. It is read
 * before the rows are: what is folded in between is then in more rows than is said, never in fewer.
 */
export const freshnessAt = async (
  { log, state }: { readonly log: EventLog; readonly state: StateStore },
  nowMs: number,
): Promise<Freshness> => ({
  asOf: new Date(nowMs).toISOString(),
  lagMs: await readLag(log, state, nowMs),
})

/** When the record was taken, or `otherwise` where it is too broken to say. */
export function receivedAtOf(bytes: Uint8Array, otherwise: number): number {
  const found = /"receivedAt":"([^"]+)"/.exec(new TextDecoder().decode(bytes.subarray(0, 2048)))
  const at = found === null ? Number.NaN : parseTime(found[1]!)
  return Number.isNaN(at) ? otherwise : at
}
