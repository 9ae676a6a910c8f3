/**
 * Documents that could not be applied are held: their bytes whole in the object store, a row each with the reason. Two
 * commands, events of the engine's own in the same shard, move them on: replay (perhaps mended) and discard.
 */
import type { Problem } from '#core/outcome.ts'
import type { LogRecord, ObjectStore, Viewer } from '#core/ports.ts'
import type { Folded } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'
import { DEMO_MERCHANT } from './demo-merchant.ts'
import { APPLIED, type Folding, type FoldOptions, foldEvent, type Planned, type Refused } from './fold-event.ts'
import type { IdWindow } from './id-window.ts'
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
  /** '' when the document was too broken to say whose it is, and which event. */
  readonly merchantId: string
  readonly eventId: string
  readonly attempts: number
}

export const isCommand = (event: Folded): boolean =>
  event.type === DOCUMENT_REPLAYED || event.type === DOCUMENT_DISCARDED

export const heldKey = (shard: number, sequence: string): string => rowKey(String(shard), sequence)

/** A command with the row it is about and, for a replay, the document as it now reads. */
export type Command = {
  readonly event: Folded
  readonly held: Entry
  readonly document?: Planned | Refused
}

/**
 * Obeys a command. One about a document that is not held any more changes nothing; a document that came again and was
 * applied meanwhile counts as a duplicate.
 */
export function obey(
  workspace: Workspace,
  { held, document }: Command,
  ids: Pick<IdWindow, 'has'>,
  options: FoldOptions,
): Folding {
  const row = held.row as HeldRow | undefined
  if (row?.status !== 'held') return APPLIED
  if (document === undefined) {
    workspace.change(held, { ...row, status: 'discarded' })
    return { ...APPLIED, moves: { ...NO_MOVES, held: -1, discarded: 1 } }
  }
  const attempts = row.attempts + 1
  if ('problems' in document) {
    workspace.change(held, { ...row, problems: document.problems, attempts })
    return APPLIED
  }
  const { event } = document
  // Its own id is known since it was held.
  if (event.id !== row.eventId && ids.has(event.id)) {
    workspace.change(held, { ...row, status: 'replayed', attempts })
    return { ...APPLIED, moves: { ...NO_MOVES, held: -1, duplicate: 1 } }
  }
  const folding = foldEvent(workspace, document, options)
  if (folding instanceof Promise) return folding
  if (folding.problems.length > 0) {
    workspace.change(held, { ...row, problems: folding.problems, attempts })
    return APPLIED
  }
  workspace.change(held, { ...row, status: 'replayed', attempts })
  return { ...folding, event, moves: { ...NO_MOVES, applied: 1, held: -1 } }
}
const NO_MOVES = { applied: 0, duplicate: 0, held: 0, discarded: 0 }

/** Name of the object that keeps the bytes of a commit's held records, by the first of them: a repeat writes it anew. */
export const heldObject = (shard: number, first: LogRecord): string => `held/${shard}/${first.sequence}`

export const heldRow = (
  problems: readonly Problem[],
  object: string,
  line: number,
  heldAt: number,
  event: Pick<Folded, 'merchantId' | 'id'>,
): HeldRow => ({
  status: 'held',
  problems,
  object,
  line,
  heldAt,
  merchantId: event.merchantId,
  eventId: event.id,
  attempts: 0,
})

/** Whose a record is that is no event, as far as it says so: our doors wrote its envelope. Which event, nobody can say. */
export function ownerIn(bytes: Uint8Array): Pick<Folded, 'merchantId' | 'id'> {
  try {
    const { merchantId } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { merchantId?: unknown }
    return { merchantId: typeof merchantId === 'string' ? merchantId : '', id: '' }
  } catch {
    return { merchantId: '', id: '' } // no JSON, or no object: anybody's
  }
}

/** A document too broken to say whose it is is shown to whoever runs the engine alone: it may be anybody's. */
export const isHeldFor = (viewer: Viewer, { merchantId }: HeldRow): boolean =>
  merchantId === viewer.merchantId || (merchantId === '' && viewer.merchantId === DEMO_MERCHANT)

/** Keeps the bytes of a commit's held records, a line each. */
export async function keepHeld(objects: ObjectStore, shard: number, held: readonly LogRecord[]): Promise<void> {
  const lines = held.map(({ bytes }) => Buffer.from(bytes).toString('base64'))
  await objects.put(heldObject(shard, held[0]!), Buffer.from(lines.join('\n')))
}

/** The bytes of a held document, undefined when they are gone. */
export async function readHeld(
  objects: Pick<ObjectStore, 'get'>,
  { object, line }: HeldRow,
): Promise<Buffer | undefined> {
  const text = (await linesOf(objects, object))[line] ?? ''
  return text === '' ? undefined : Buffer.from(text, 'base64')
}

/** Takes a held document's bytes away; those of the others that were held with it stay. */
export async function blankHeld(objects: Pick<ObjectStore, 'get' | 'put'>, { object, line }: HeldRow): Promise<void> {
  const lines = await linesOf(objects, object)
  await objects.put(object, Buffer.from(lines.with(line, '').join('\n')))
}

async function linesOf(objects: Pick<ObjectStore, 'get'>, object: string): Promise<string[]> {
  const bytes = await objects.get(object)
  return bytes === undefined ? [] : Buffer.from(bytes).toString('latin1').split('\n')
}
