/** The next generation of rows: the whole log folded by the present projections, beside the rows that serve. */
import { setTimeout as sleep } from 'node:timers/promises'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { LmdbEventLog } from '#adapters/embedded/lmdb-event-log.ts'
import { LmdbStateStore } from '#adapters/embedded/lmdb-state-store.ts'
import { LAKE_BEGINS_TABLE, LAKE_NOTES_TABLE } from '#runtime/lake-notes.ts'
import { replay } from '#runtime/replay.ts'
import { retailEngine } from '#runtime/retail-engine.ts'
import { OUTBOX_TABLE } from '#runtime/run-batch.ts'
import { allRecords } from './archive.ts'
import { ownerOf, ownsFolder } from './data-folder.ts'
import { FOLDED_TABLES, nameInGeneration } from './generations.ts'

/** Of what history makes again, what is not for anybody: it was said, or copied, when it happened. */
const NOT_AGAIN: ReadonlySet<string> = new Set([OUTBOX_TABLE, LAKE_NOTES_TABLE, LAKE_BEGINS_TABLE])
/** What one process at a time may do in a state store. */
export const REBUILD = 'rebuild'
const WAIT_MS = 50
const ofRebuilds = (table: string): string => `${table}#rebuild`

export type RebuildTask = {
  readonly logPath: string
  readonly statePath: string
  readonly objectsPath: string
  /** The generation to make; what an attempt that was cut off left of it is thrown away first. */
  readonly generation: number
  readonly shards: number
  /** By shard: the last sequence to fold, which is the last that the rows that serve have folded; '' for none. */
  readonly until: readonly string[]
}

export async function rebuild(
  task: RebuildTask,
  onProgress: (records: number) => void,
): Promise<{ readonly records: number }> {
  const folded = nameInGeneration(task.generation)
  const nameOf = (table: string): string => (NOT_AGAIN.has(table) ? ofRebuilds(table) : folded(table))
  const thrownAway = [...NOT_AGAIN].map(ofRebuilds)
  const state = new LmdbStateStore({ path: task.statePath })
  const log = new LmdbEventLog({ path: task.logPath, shards: task.shards })
  const objects = new FolderObjectStore(task.objectsPath)
  try {
    await claim(state, task.statePath, () => onProgress(0))
    await state.followNames(nameOf)
    await state.dropTables([...FOLDED_TABLES.map(nameOf), ...thrownAway])
    let records = 0
    await replay({
      engine: retailEngine(state, objects),
      records: allRecords(log, objects),
      from: task.until.map(() => ''),
      until: task.until,
      onProgress: (n) => onProgress((records += n)),
    })
    await state.flush()
    await state.dropTables(thrownAway)
    state.releaseOwnership(REBUILD)
    return { records }
  } finally {
    await state.close()
    await log.close()
  }
}

/** A rebuild for an engine that was killed ends at its next step: until then it writes to the same tables. */
async function claim(state: LmdbStateStore, path: string, onWait: () => void): Promise<void> {
  const us = ownerOf(path)
  while (state.claimOwnership(us, (other) => ownsFolder(other, path), REBUILD) !== undefined) {
    onWait()
    await sleep(WAIT_MS)
  }
}
