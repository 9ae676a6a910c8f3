/** A stretch of the log as objects of the lake: one for each type of event and UTC day of what happened in it. */
import { decodeEvent } from '#core/events/decode-event.ts'
import { ENVELOPE_COLUMNS, type RawColumn } from '#core/lake/raw-columns.ts'
import { rawFolder, rawObject, type Stretch } from '#core/lake/raw-names.ts'
import { RAW_TABLES } from '#core/lake/raw-tables.ts'
import type { LogRecord, ObjectStore } from '#core/ports.ts'
import type { Folded } from '#core/projection.ts'
import { DOCUMENT_REPLAYED } from './held-documents.ts'
import type { Fate, LakeNote } from './lake-notes.ts'
import { type ParquetRow, parquetFile } from './parquet.ts'

export type LakeStretch = {
  readonly stretch: Stretch
  /** All of the stretch, in log order. */
  readonly records: readonly LogRecord[]
  readonly notes: readonly LakeNote[]
}
export type Written = { readonly events: number; readonly objects: number; readonly bytes: number }

/** Puts the stretch into the lake. Replaces what an earlier try of the same stretch has put there. */
export interface LakeWriter {
  write(stretch: LakeStretch): Promise<Written>
}

export class ObjectLakeWriter implements LakeWriter {
  private readonly objects: Pick<ObjectStore, 'put'>
  constructor(objects: Pick<ObjectStore, 'put'>) {
    this.objects = objects
  }

  async write({ stretch, records, notes }: LakeStretch): Promise<Written> {
    const parts = new Map<string, { readonly columns: readonly RawColumn[]; readonly rows: ParquetRow[] }>()
    const add = (event: Folded, sequence: string): void => {
      const { table, columns } = RAW_TABLES.get(event.type)!
      const folder = rawFolder(table, event.at)
      let part = parts.get(folder)
      if (part === undefined) parts.set(folder, (part = { columns, rows: [] }))
      part.rows.push(rowOf(event, sequence, columns))
    }
    const bySequence = new Map(notes.map((note) => [note.sequence, note]))
    let events = 0
    for (const { sequence, bytes } of records) {
      const note = bySequence.get(sequence)
      for (const event of appliedOf(stretch.shard, sequence, bytes, note?.fate)) {
        add(event, sequence)
        events++
      }
      for (const fact of note?.facts ?? []) add(fact, sequence)
    }
    let bytes = 0
    for (const [folder, { columns, rows }] of parts) {
      const file = parquetFile(columns, rows)
      await this.objects.put(rawObject(folder, stretch), file)
      bytes += file.byteLength
    }
    return { events, objects: parts.size, bytes }
  }
}

/** What the ledger counts as applied of a record: its event, and one that was held and that it brought back. */
function appliedOf(shard: number, sequence: string, bytes: Uint8Array, fate: Fate = 'applied'): readonly Folded[] {
  if (fate === 'duplicate' || fate === 'held') return []
  const event = read(bytes, shard, sequence)
  if (fate === 'applied') return [event]
  if (event.type !== DOCUMENT_REPLAYED) throw new Error(`${shard}/${sequence}: ${event.type} brings nothing back`)
  const document = new TextEncoder().encode((event.data as { document: string }).document)
  return [event, read(document, shard, sequence, event.receivedAt)]
}

function read(bytes: Uint8Array, shard: number, sequence: string, receivedAt?: number): Folded {
  const decoded = decodeEvent(bytes, shard, receivedAt)
  if (decoded.ok) return decoded.value
  throw new Error(`${shard}/${sequence} was applied, and reads as ${JSON.stringify(decoded.problems)}`)
}

function rowOf(event: Folded, sequence: string, columns: readonly RawColumn[]): ParquetRow {
  const { merchantId, storeId, id, source, at, receivedAt, businessDate, shard, data } = event
  const envelope = [merchantId, storeId, id, source, at, receivedAt, businessDate, shard, sequence]
  const own = columns.slice(ENVELOPE_COLUMNS.length)
  return [...envelope, ...own.map(({ field }) => (data as Readonly<Record<string, unknown>>)[field!])]
}
