/** After a restore: the rows are of an earlier moment than the log, which has all that came since. */
import type { EventLog, LogRecord, StateStore } from '#core/ports.ts'
import { rowKey, under } from '#core/row-key.ts'
import type { Ports } from './ports.ts'
import { readCheckpoints, taken } from './read-lag.ts'
import { retailEngine } from './retail-engine.ts'
import { type Checkpoint, NO_CHECKPOINT, SEEN_IDS_TABLE } from './run-batch.ts'
import { takeBackLake } from './take-back-lake.ts'

/** The log no longer reaches back to where the rows stop: what lay in between is in neither. */
export class GapError extends Error {
  override readonly name = 'GapError'
}

/**
 * The rows are not of one moment: some know of records that their shard's checkpoint does not. DynamoDB promises no order between
 * the items of a backup. Those that are ahead would have these records applied twice.
 */
export class TornRowsError extends Error {
  override readonly name = 'TornRowsError'
}

/** Of a shard: records that were applied, and how many it has had in all. */
export type CaughtUp = { readonly shard: number; readonly applied: number; readonly appended: number }

const RECORDS_AT_ONCE = 500

/**
 * Applies what the log has behind the checkpoint of each shard. Nobody else may apply anything meanwhile: whoever does so
 * with rows of before the restore in memory would leave out what lies in between. Cut off, it may be begun again. What the lake got
 * after the moment of the rows is taken out of it, since it will come again, in other stretches.
 * @throws GapError, TornRowsError before it changes anything
 */
export async function catchUp({ log, state, objects }: Pick<Ports, 'log' | 'state' | 'objects'>): Promise<CaughtUp[]> {
  const checkpoints = await readCheckpoints(state, log.shards)
  for (const [shard, checkpoint] of checkpoints.entries()) {
    await refuseGap(log, shard, checkpoint)
    await refuseTorn(state, shard, checkpoint)
  }
  await takeBackLake(state, objects)
  const done: CaughtUp[] = []
  for (const [shard, checkpoint] of checkpoints.entries())
    done.push(await catchUpShard(log, state, objects, shard, checkpoint))
  return done
}

async function refuseGap(log: EventLog, shard: number, { sequence }: Checkpoint): Promise<void> {
  if (sequence === NO_CHECKPOINT.sequence) return
  const [first] = await log.read(shard, sequence, 1)
  if (first?.sequence !== sequence)
    throw new GapError(`shard ${shard} stops at ${sequence}, which the log no longer has: restore from a later moment`)
}

/** Each commit leaves a row of ids, named by its last record: one behind the checkpoint is of a later moment. */
async function refuseTorn(state: StateStore, shard: number, { sequence }: Checkpoint): Promise<void> {
  const key = String(shard)
  const range = { from: `${rowKey(key, sequence)}\u0000`, to: under(key).to }
  const [ahead] = await state.query({ table: SEEN_IDS_TABLE, range, limit: 1 })
  if (ahead !== undefined)
    throw new TornRowsError(
      `shard ${shard} stops at ${sequence || 'its beginning'}, and some of its rows are of later: restore from a moment in which nothing was applied`,
    )
}

async function catchUpShard(
  log: EventLog,
  state: StateStore,
  objects: Ports['objects'],
  shard: number,
  checkpoint: Checkpoint,
): Promise<CaughtUp> {
  const engine = retailEngine(state, objects)
  // The moment of the rows may lie within a commit that was decided: it is finished, also where nothing is behind it.
  await engine.run(shard, [])
  let { sequence } = checkpoint
  let applied = 0
  for (;;) {
    const from = sequence === NO_CHECKPOINT.sequence ? undefined : sequence
    const records: readonly LogRecord[] = await log.read(shard, from, RECORDS_AT_ONCE)
    const behind = records.filter((record) => record.sequence > sequence)
    if (behind.length === 0) break
    await engine.run(shard, behind)
    applied += behind.length
    sequence = behind.at(-1)!.sequence
  }
  return { shard, applied, appended: taken(checkpoint) + applied }
}
