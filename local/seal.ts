/**
 * A seal: all rows as they were at one position of the log, with the hash of every part, so that a replay can begin
 * there and be checked from there. Made from a snapshot, while the engine goes on.
 */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { LmdbSnapshot } from '#adapters/embedded/lmdb-snapshot.ts'
import type { ObjectStore, Row, StateStore, Write } from '#core/ports.ts'
import { isProjection } from '#core/projection.ts'
import { retailSteps } from '#core/retail-steps.ts'
import { CHECKPOINT_TABLE, type Checkpoint, NO_CHECKPOINT } from '#runtime/run-batch.ts'
import { sealManifest, sealName, sealNames, sealPart } from '#runtime/seal-names.ts'
import { FOLDED_TABLES, nameInGeneration, presentVersions, type Versions } from './generations.ts'

const compress = promisify(gzip)
const decompress = promisify(gunzip)
const ROWS_PER_PART = 50_000

export type Seal = {
  readonly name: string
  readonly sealedAt: string
  /** By shard: opening balances are as of these. */
  readonly checkpoints: readonly Checkpoint[]
  readonly versions: Versions
  readonly rows: number
  readonly parts: readonly { readonly object: string; readonly rows: number; readonly sha256: string }[]
  /** Of all parts' hashes. */
  readonly sha256: string
}

export type SealTask = {
  readonly statePath: string
  readonly generation: number
  readonly shards: number
  readonly nowMs: number
}

/** What a seal found that may be swept away: rows that count as absent for good. */
export type Sealed = {
  readonly seal: Seal
  readonly expired: readonly { readonly table: string; readonly key: string }[]
}

const expiry = new Map(
  retailSteps.flatMap((step) => (isProjection(step) && step.expiresAt ? [[step.name, step.expiresAt] as const] : [])),
)

/** Whether the row counts as absent at this moment of its shard's clock. */
export const isExpired = (table: string, key: string, row: Row, clock: number): boolean => {
  const at = expiry.get(table)?.(row, key)
  return at !== undefined && at <= clock
}

export async function makeSeal(
  objects: ObjectStore,
  task: SealTask,
  onProgress: (rows: number) => void,
): Promise<Sealed> {
  const nameOf = nameInGeneration(task.generation)
  const snapshot = new LmdbSnapshot(task.statePath, FOLDED_TABLES.map(nameOf))
  try {
    const checkpoints = Array.from(
      { length: task.shards },
      (_, shard) => (snapshot.get(nameOf(CHECKPOINT_TABLE), String(shard)) ?? NO_CHECKPOINT) as Checkpoint,
    )
    const clock = Math.min(...checkpoints.map((checkpoint) => checkpoint.clock))
    const name = sealName(task.nowMs)
    const parts: Seal['parts'][number][] = []
    const expired: { table: string; key: string }[] = []
    let lines: string[] = []
    let rows = 0
    const endPart = async () => {
      const text = lines.join('\n')
      const object = sealPart(name, parts.length)
      parts.push({ object, rows: lines.length, sha256: sha256(text) })
      await objects.put(object, await compress(text))
      rows += lines.length
      onProgress(rows)
      lines = []
    }
    for (const table of FOLDED_TABLES) {
      for (const { key, row } of snapshot.rows(nameOf(table))) {
        if (isExpired(table, key, row, clock)) expired.push({ table, key })
        else lines.push(JSON.stringify([table, key, row], bytesAsText))
        if (lines.length === ROWS_PER_PART) await endPart()
      }
    }
    if (lines.length > 0) await endPart()
    const seal: Seal = {
      name,
      sealedAt: new Date(task.nowMs).toISOString(),
      checkpoints,
      versions: presentVersions,
      rows,
      parts,
      sha256: sha256(parts.map((part) => part.sha256).join('')),
    }
    await objects.put(sealManifest(name), Buffer.from(JSON.stringify(seal)))
    return { seal, expired }
  } finally {
    await snapshot.close()
  }
}

/** The newest seal, or undefined when there is none. */
export async function newestSeal(objects: ObjectStore): Promise<Seal | undefined> {
  const name = (await sealNames(objects)).at(-1)
  return name === undefined ? undefined : readSeal(objects, name)
}

export async function readSeal(objects: ObjectStore, name: string): Promise<Seal> {
  return JSON.parse(Buffer.from((await objects.get(sealManifest(name)))!).toString('utf8')) as Seal
}

/** Puts a seal's rows into a store. @throws Error when a part is not what was sealed. */
export async function unseal(
  objects: ObjectStore,
  seal: Seal,
  store: StateStore,
  onPart: () => void = () => {},
): Promise<void> {
  if (sha256(seal.parts.map((part) => part.sha256).join('')) !== seal.sha256)
    throw new Error(`seal ${seal.name} is broken`)
  for (const { object, sha256: sealed } of seal.parts) {
    const bytes = await objects.get(object)
    const text = bytes === undefined ? '' : (await decompress(bytes)).toString('utf8')
    if (sha256(text) !== sealed) throw new Error(`seal ${seal.name}: ${object} is not what was sealed`)
    const writes = text.split('\n').map((line): Write => {
      const [table, key, row] = JSON.parse(line, textAsBytes) as [string, string, Row]
      return { table, key, row }
    })
    await store.commit(writes)
    onPart()
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const BYTES = '\u0000bytes'
/** `value` of a `Buffer` is what its own `toJSON` has made of it: its holder has the bytes. */
function bytesAsText(this: Readonly<Record<string, unknown>>, name: string, value: unknown): unknown {
  const bytes = this[name]
  return bytes instanceof Uint8Array ? { [BYTES]: Buffer.from(bytes).toString('base64') } : value
}
const textAsBytes = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && BYTES in value ? Buffer.from(value[BYTES] as string, 'base64') : value
