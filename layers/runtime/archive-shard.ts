/**
 * The lake gets what was applied, each once: a stretch of a shard is written down as planned, its objects are put, and then
 * it is done. Whoever is cut off in the middle puts the very same objects again.
 */
import {
  type Condition,
  ConditionFailedError,
  type EventLog,
  type LogRecord,
  type StateStore,
  type Write,
} from '#core/ports.ts'
import { LAKE_BEGINS_TABLE, LAKE_NOTES_TABLE, type LakeBeginsRow, notesUpTo } from './lake-notes.ts'
import { CHECKPOINT_TABLE, type Checkpoint, NO_CHECKPOINT } from './run-batch.ts'
import type { LakeWriter } from './write-stretch.ts'

/** How far a shard is in the lake. Key: the shard. */
export type ArchivedRow = {
  /** Counts changes of the row: who changes it has seen the last one. */
  readonly turn: number
  /** Sequence of the last record that is in the lake; '' before the first. */
  readonly archived: string
  /** The last of those that are being put there; absent: none are. */
  readonly planned?: string
  /** Events that were put into the lake, of all types: the ledger's `applied` at `archived`, less what was applied before the lake began. */
  readonly events: number
}
export const ARCHIVED_TABLE = 'archived'
const NOT_ARCHIVED: ArchivedRow = { turn: 0, archived: '', events: 0 }

/** Of one stretch: some 20 MB while it is being written. */
const RECORDS_PER_STRETCH = 20_000
/** In one transaction on any store. */
const DELETES_AT_ONCE = 50

export type ArchivePorts = {
  readonly log: Pick<EventLog, 'read'>
  readonly state: StateStore
  readonly lake: LakeWriter
}

/**
 * Brings the shard's part of the lake up to what has been folded. Where somebody else is at it, it leaves it to them.
 * @returns how far it then is.
 * @throws Error where the log has dropped what the lake lacks: nothing was written.
 */
export async function archiveShard(
  ports: ArchivePorts,
  shard: number,
  perStretch = RECORDS_PER_STRETCH,
): Promise<ArchivedRow> {
  while (await archiveStretch(ports, shard, perStretch));
  return archivedOf(ports.state, shard)
}

/** How far the shard is in the lake. */
export async function archivedOf(state: StateStore, shard: number): Promise<ArchivedRow> {
  return ((await state.get(ARCHIVED_TABLE, String(shard))) as ArchivedRow | undefined) ?? NOT_ARCHIVED
}

/** False: there is nothing to do, or nothing that this process may do. */
async function archiveStretch({ log, state, lake }: ArchivePorts, shard: number, perStretch: number): Promise<boolean> {
  const place = { table: ARCHIVED_TABLE, key: String(shard) }
  const present = (await state.get(place.table, place.key)) as ArchivedRow | undefined
  const known = present ?? (await beforeFirst(state, shard))
  if (known === undefined) return false
  const { turn, archived, planned, events } = known
  const checkpoint = (await state.get(CHECKPOINT_TABLE, String(shard))) as Checkpoint | undefined
  const { sequence: folded } = checkpoint ?? NO_CHECKPOINT
  // What is planned may have been folded by a process that was killed before that was on the disk.
  if (folded <= archived || (planned !== undefined && folded < planned)) return false
  const records = await recordsBetween(log, shard, archived, planned ?? folded, perStretch)
  const last = records.at(-1)?.sequence
  if (last === undefined || (planned !== undefined && last !== planned))
    throw new Error(`shard ${shard}: the log lacks records after ${archived || 'the first'} that the lake has not`)
  const ofTurn = (seen: number): Condition =>
    seen === 0 ? { ...place, field: undefined } : { ...place, field: 'turn', equals: seen }
  try {
    const planTurn = planned === undefined ? turn + 1 : turn
    const plan: ArchivedRow = { turn: planTurn, archived, planned: last, events }
    if (planned === undefined) await state.commitDurable([{ ...place, row: plan }], [ofTurn(turn)])
    const { notes, passed } = await notesUpTo(state, shard, last)
    const stretch = { shard, first: records[0]!.sequence, last }
    const written = await lake.write({ stretch, records, notes })
    const next: ArchivedRow = { turn: planTurn + 1, archived: last, events: events + written.events }
    await state.commitDurable([{ ...place, row: next }], [ofTurn(planTurn)])
    const deletes: Write[] = passed.map((key) => ({ table: LAKE_NOTES_TABLE, key, row: undefined }))
    for (let i = 0; i < deletes.length; i += DELETES_AT_ONCE)
      await state.commitDurable(deletes.slice(i, i + DELETES_AT_ONCE))
    return true
  } catch (error) {
    if (error instanceof ConditionFailedError) return false
    throw error
  }
}

/** What an engine of before the lake has taken cannot be told from what it has not: the lake begins behind it. */
async function beforeFirst(state: StateStore, shard: number): Promise<ArchivedRow | undefined> {
  const row = (await state.get(LAKE_BEGINS_TABLE, String(shard))) as LakeBeginsRow | undefined
  return row && { ...NOT_ARCHIVED, archived: row.after }
}

/** Up to so many records after `after`, up to and with `until`. */
async function recordsBetween(
  log: ArchivePorts['log'],
  shard: number,
  after: string,
  until: string,
  most: number,
): Promise<readonly LogRecord[]> {
  const found: LogRecord[] = []
  for (let from = after; found.length < most; ) {
    const page = await log.read(shard, from === '' ? undefined : from, Math.min(most, READ_AT_ONCE) + 1)
    const fresh = page.filter(({ sequence }) => sequence > from)
    found.push(...fresh.filter(({ sequence }) => sequence <= until).slice(0, most - found.length))
    const end = fresh.at(-1)?.sequence
    if (end === undefined || end >= until) break
    from = end
  }
  return found
}
const READ_AT_ONCE = 2_000
