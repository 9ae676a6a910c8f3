/**
 * What the lake cannot read off the log. It holds what was applied, exactly, and the facts of trade as they were settled; the
 * engine notes with each commit which records were not simply applied, and which facts came of those that were. Whoever has
 * copied the log past the notes deletes them.
 */
import type { StateStore, Write } from '#core/ports.ts'
import type { Folded } from '#core/projection.ts'
import { rowKey, under } from '#core/row-key.ts'

/**
 * duplicate, held: not applied. brought-back: a command whose document was applied with it, as an event that was received
 * when the command was.
 */
export type Fate = 'applied' | 'duplicate' | 'held' | 'brought-back'
export type LakeNote = { readonly sequence: string; readonly fate: Fate; readonly facts?: readonly Folded[] }

/** Key: shard, the sequence of the first note. */
type NotesRow = { readonly notes: readonly LakeNote[] }
export const LAKE_NOTES_TABLE = 'lake-notes'

/**
 * After which record of a shard there are notes: an engine of before the lake kept none, and what it took is not in it. Made
 * with the first commit of one that does. Key: the shard.
 */
export type LakeBeginsRow = { readonly after: string }
export const LAKE_BEGINS_TABLE = 'lake-begins'

/** So that a row stays far below what a store takes (400 kB): a fact is some 500 bytes, and an order has up to 200 lines. */
const WEIGHT_PER_ROW = 400

const weightOf = ({ facts }: LakeNote): number => 1 + (facts?.length ?? 0)

/** Notes of one commit, and how many rows they take. */
export class LakeNotes {
  private readonly rows: LakeNote[][] = []
  private weight = WEIGHT_PER_ROW

  add(note: LakeNote): void {
    if (this.weight + weightOf(note) > WEIGHT_PER_ROW) {
      this.rows.push([])
      this.weight = 0
    }
    this.rows.at(-1)!.push(note)
    this.weight += weightOf(note)
  }

  /** At most so many rows, were a note more to come. */
  get rowsWithOneMore(): number {
    return this.rows.length + 1
  }

  writes(shard: number): Write[] {
    return this.rows.map((notes) => {
      const row: NotesRow = { notes }
      return { table: LAKE_NOTES_TABLE, key: rowKey(String(shard), notes[0]!.sequence), row }
    })
  }
}

/** Notes on a shard's records up to `last`, by sequence, with the keys of the rows that say nothing of later ones. */
export async function notesUpTo(
  store: StateStore,
  shard: number,
  last: string,
): Promise<{ readonly notes: readonly LakeNote[]; readonly passed: readonly string[] }> {
  const { from } = under(String(shard))
  const range = { from, to: `${rowKey(String(shard), last)} ` }
  const notes: LakeNote[] = []
  const passed: string[] = []
  for (const { key, row } of await store.query({ table: LAKE_NOTES_TABLE, range })) {
    const found = (row as NotesRow).notes
    notes.push(...found.filter(({ sequence }) => sequence <= last))
    if (found.at(-1)!.sequence <= last) passed.push(key)
  }
  return { notes, passed }
}
