/**
 * Documents that could not be applied are held: their bytes whole in the object store, a row each with the reason. Two
 * commands, events of the engine's own in the same shard, move them on: replay (perhaps mended) and discard.
 */
import type { Outcome, Problem } from '#core/outcome.ts'
import type { LogRecord, ObjectStore, Write } from '#core/ports.ts'
import type { Folded } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'
import { APPLIED, type Folding, foldEvent, type Planned } from './fold-event.ts'
import type { Entry, Workspace } from './workspace.ts'

export const HELD_TABLE = 'held'
/** `data`: { sequence, document }, the document's text as it is to be tried now. */
export const DOCUMENT_REPLAYED = 'document.replayed'
/** `data`: { sequence }. */
export const DOCUMENT_DISCARDED = 'document.discarded'

/** Key: shard, sequence. */
export type HeldRow = {
  readonly status: 'held' | 'replayed' | 'discarded'
  readonly problems: readonly Problem[]
  /** Where its bytes are: the object's name, and the line in it (base64). */
  readonly object: string
  readonly line: number
  /** Epoch ms of the shard's clock. */
  readonly heldAt: number
  /** '' when the document was too broken to say whose it is. */
  readonly merchantId: string
  readonly attempts: number
}

export type HeldRecord = {
  readonly record: LogRecord
  readonly problems: readonly Problem[]
  readonly merchantId: string
  /** Epoch ms of the shard's clock. */
  readonly heldAt: number
}

export const isCommand = (event: Folded): boolean =>
  event.type === DOCUMENT_REPLAYED || event.type === DOCUMENT_DISCARDED

export const heldKey = (shard: number, sequence: string): string => rowKey(String(shard), sequence)

/** A command with the row it is about and, for a replay, the document as it now reads. */
export type Command = {
  readonly event: Folded
  readonly held: Entry
  readonly document?: Outcome<Planned>
}

/** Obeys a command. One about a document that is not held any more changes nothing. */
export function obey(
  workspace: Workspace,
  { held, document }: Command,
  onFoldError?: (error: unknown, event: Folded) => void,
): Folding {
  const row = held.row as HeldRow | undefined
  if (row?.status !== 'held') return APPLIED
  if (document === undefined) {
    workspace.change(held, { ...row, status: 'discarded' })
    return { ...APPLIED, moves: { applied: 0, held: -1, discarded: 1 } }
  }
  const folding = document.ok ? foldEvent(workspace, document.value, onFoldError) : { ...APPLIED, ...document }
  if (folding instanceof Promise) return folding
  if (folding.problems.length > 0) {
    workspace.change(held, { ...row, problems: folding.problems, attempts: row.attempts + 1 })
    return APPLIED
  }
  workspace.change(held, { ...row, status: 'replayed', attempts: row.attempts + 1 })
  return { ...folding, moves: { applied: 1, held: -1, discarded: 0 } }
}

/** Keeps the bytes of held records, under a name that a repeat of the batch uses again, and answers their rows. */
export async function keepHeld(objects: ObjectStore, shard: number, held: readonly HeldRecord[]): Promise<Write[]> {
  const object = `held/${shard}/${held[0]!.record.sequence}-${held.at(-1)!.record.sequence}`
  const lines = held.map(({ record }) => Buffer.from(record.bytes).toString('base64'))
  await objects.put(object, Buffer.from(lines.join('\n')))
  return held.map(({ record, problems, merchantId, heldAt }, line) => {
    const row: HeldRow = { status: 'held', problems, object, line, heldAt, merchantId, attempts: 0 }
    return { table: HELD_TABLE, key: heldKey(shard, record.sequence), row }
  })
}

/** The bytes of a held document, undefined when the object is gone. */
export async function readHeld(objects: ObjectStore, row: HeldRow): Promise<Buffer | undefined> {
  const bytes = await objects.get(row.object)
  const line = bytes === undefined ? undefined : Buffer.from(bytes).toString('latin1').split('\n')[row.line]
  return line === undefined ? undefined : Buffer.from(line, 'base64')
}
