/**
 * The log keeps the last week, and everything since the older of the last two seals. What is behind both is archived,
 * and then dropped with its claims: so an id is known for a week or longer.
 */
import { decodeEvent } from '#core/events/decode-event.ts'
import { DAY_MS } from '#core/metrics/business-time.ts'
import type { EventLog, ObjectStore } from '#core/ports.ts'
import { SEALS, sealFolder, sealNames } from '#runtime/seal-names.ts'
import { archiveBefore, logRecords } from './archive.ts'
import { readSeal } from './seal.ts'

export const RETENTION_MS = 7 * DAY_MS
const LOG_SEALS = 2
/** Older seals are deleted, and those that were never finished: the archive holds every record, should anybody want to begin earlier. */
const KEPT_SEALS = 7

/**
 * Archives what the log need not keep, and answers by shard the sequence before which it may drop; '' for nothing.
 * `inLake`, by shard: what the lake has, '' for nothing. The log keeps the rest for it.
 */
export async function archiveOld(
  log: EventLog,
  objects: ObjectStore,
  nowMs: number,
  inLake: readonly string[],
  onStep: () => void = () => {},
): Promise<string[]> {
  const older = (await sealNames(objects)).at(-LOG_SEALS)
  const cuts: string[] = Array.from({ length: log.shards }, () => '')
  if (older === undefined || (await sealNames(objects)).length < LOG_SEALS) return cuts
  const { checkpoints } = await readSeal(objects, older)
  for (const [shard, { sequence }] of checkpoints.entries()) {
    const [settled] = [sequence, inLake[shard]!].sort()
    const cut = await firstToKeep(log, shard, nowMs - RETENTION_MS, settled!)
    await archiveBefore(log, objects, shard, cut, onStep)
    cuts[shard] = cut
  }
  return cuts
}

export async function deleteOldSeals(objects: ObjectStore): Promise<void> {
  const complete = await sealNames(objects)
  const kept = complete.slice(-KEPT_SEALS).map(sealFolder)
  const newest = kept.at(-1)
  if (newest === undefined) return
  for (const object of await objects.list(SEALS)) {
    // What lies behind the newest one is being made.
    if (object < newest && !kept.some((folder) => object.startsWith(folder))) await objects.delete(object)
  }
}

/** Looks at the first record of each batch alone: a batch more is kept, and none is read whole. */
async function firstToKeep(log: EventLog, shard: number, sinceMs: number, sealed: string): Promise<string> {
  let cut = ''
  for await (const [first] of logRecords(log)(shard, '')) {
    const event = decodeEvent(first!.bytes, shard)
    if (first!.sequence > sealed || (event.ok && event.value.receivedAt >= sinceMs)) return cut
    cut = first!.sequence
  }
  return cut
}
