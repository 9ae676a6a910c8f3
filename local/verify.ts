/** Does a replay of the log give the rows that the engine has? Row by row, from a seal or from the first event. */
import { rmSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { LmdbEventLog } from '#adapters/embedded/lmdb-event-log.ts'
import { LmdbSnapshot } from '#adapters/embedded/lmdb-snapshot.ts'
import { LmdbStateStore } from '#adapters/embedded/lmdb-state-store.ts'
import type { ObjectStore, Row } from '#core/ports.ts'
import { HELD_TABLE } from '#runtime/held-documents.ts'
import { taken } from '#runtime/read-lag.ts'
import { replay } from '#runtime/replay.ts'
import { retailEngine } from '#runtime/retail-engine.ts'
import { CHECKPOINT_TABLE, type Checkpoint, NO_CHECKPOINT } from '#runtime/run-batch.ts'
import { allRecords } from './archive.ts'
import { changedSince, FOLDED_TABLES, nameInGeneration, PROJECTION_TABLES } from './generations.ts'
import { isExpired, newestSeal, unseal } from './seal.ts'

export type VerifyTask = {
  readonly logPath: string
  readonly statePath: string
  readonly objectsPath: string
  /** An empty folder for the replay's own rows; it is removed afterwards. */
  readonly scratchPath: string
  readonly generation: number
  readonly shards: number
  readonly from: 'seal' | 'start'
}

export type Verdict = {
  readonly equal: boolean
  /** Name of the seal that the replay began with; null: the first event. */
  readonly from: string | null
  readonly records: number
  readonly rows: number
  /** accepted = applied + duplicate + held + discarded at the compared position, in every shard. */
  readonly ledgerHolds: boolean
  readonly differences: number
  readonly examples: readonly {
    readonly table: string
    readonly key: string
    readonly live: unknown
    readonly replayed: unknown
  }[]
}

const MAX_EXAMPLES = 20
const ROWS_PER_STEP = 10_000

export async function verify(task: VerifyTask, onProgress: (records: number) => void): Promise<Verdict> {
  const nameOf = nameInGeneration(task.generation)
  const objects = new FolderObjectStore(task.objectsPath)
  const live = new LmdbSnapshot(task.statePath, FOLDED_TABLES.map(nameOf))
  const log = new LmdbEventLog({ path: task.logPath, shards: task.shards })
  const scratch = new LmdbStateStore({ path: task.scratchPath })
  try {
    const until = Array.from(
      { length: task.shards },
      (_, shard) => (live.get(nameOf(CHECKPOINT_TABLE), String(shard)) ?? NO_CHECKPOINT) as Checkpoint,
    )
    const newest = task.from === 'seal' ? await newestSeal(objects) : undefined
    // A seal of an earlier release lacks rows of ours, or has others in their place: nothing can be folded on from it.
    const seal = newest !== undefined && changedSince(newest.versions).length === 0 ? newest : undefined
    if (seal !== undefined) await unseal(objects, seal, scratch, () => onProgress(0))
    const from = until.map((_, shard) => seal?.checkpoints[shard]?.sequence ?? '')
    let records = 0
    await replay({
      engine: retailEngine(scratch, NOWHERE),
      records: allRecords(log, objects),
      from,
      until: until.map(({ sequence }) => sequence),
      onProgress: (n) => onProgress((records += n)),
    })
    await scratch.flush()
    const replayed = new LmdbSnapshot(task.scratchPath, FOLDED_TABLES)
    const ledgerHolds = until.every(
      (checkpoint) => taken(checkpoint) === Number(checkpoint.sequence === '' ? 0 : checkpoint.sequence),
    )
    const clock = Math.max(...until.map((checkpoint) => checkpoint.clock))
    const comparison = await compare(live, nameOf, replayed, clock, () => onProgress(records))
    await replayed.close()
    return {
      equal: comparison.differences === 0 && ledgerHolds,
      from: seal?.name ?? null,
      records,
      ledgerHolds,
      ...comparison,
    }
  } finally {
    await live.close()
    await scratch.close()
    await log.close()
    rmSync(task.scratchPath, { recursive: true, force: true })
  }
}

/** A replay keeps no bytes of held documents: the live engine has them. */
const NOWHERE: ObjectStore = {
  put: async () => {},
  get: async () => undefined,
  list: async () => [],
  delete: async () => {},
}

async function compare(
  live: LmdbSnapshot,
  nameOf: (table: string) => string,
  replayed: LmdbSnapshot,
  clock: number,
  onStep: () => void,
) {
  let rows = 0
  let differences = 0
  const examples: Verdict['examples'][number][] = []
  for (const table of [...PROJECTION_TABLES, CHECKPOINT_TABLE, HELD_TABLE]) {
    const left = present(live, nameOf(table), table, clock)
    const right = present(replayed, table, table, clock)
    let a = left.next().value
    let b = right.next().value
    while (a !== undefined || b !== undefined) {
      const order = a === undefined ? 1 : b === undefined ? -1 : a.key < b.key ? -1 : a.key > b.key ? 1 : 0
      const key = order <= 0 ? a!.key : b!.key
      const [x, y] = [order <= 0 ? a!.row : undefined, order >= 0 ? b!.row : undefined]
      if (++rows % ROWS_PER_STEP === 0) {
        await turn()
        onStep()
      }
      if (!isSame(table, x, y)) {
        differences++
        if (examples.length < MAX_EXAMPLES) examples.push({ table, key, live: x, replayed: y })
      }
      if (order <= 0) a = left.next().value
      if (order >= 0) b = right.next().value
    }
  }
  return { rows, differences, examples }
}

/** Rows that count: expired ones are swept away at some time, here or there. */
function* present(
  snapshot: LmdbSnapshot,
  name: string,
  table: string,
  clock: number,
): Generator<{ key: string; row: Row }, undefined> {
  for (const { key, row } of snapshot.rows(name)) if (!isExpired(table, key, row, clock)) yield { key, row }
  return undefined
}

/** Where a held document's bytes lie depends on how its batch was cut, which a replay does not repeat. */
function isSame(table: string, a: Row | undefined, b: Row | undefined): boolean {
  if (table !== HELD_TABLE || a === undefined || b === undefined) return isDeepStrictEqual(a, b)
  const place = { object: '', line: 0 }
  return isDeepStrictEqual({ ...a, ...place }, { ...b, ...place })
}
