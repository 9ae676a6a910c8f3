/** Raw objects of one shard and partition put together, and then deleted one by one. */
import { parquetReadObjects } from 'hyparquet'
import type { Compaction } from '#core/lake/raw-compaction.ts'
import { RAW, rawObject, stretchIn } from '#core/lake/raw-names.ts'
import { rawTableColumns } from '#core/lake/raw-tables.ts'
import type { ObjectStore } from '#core/ports.ts'
import { ParquetParts, type ParquetRow } from './parquet.ts'

/** Puts together what it is told to. */
export interface RawCompactor {
  /** Answers how many objects there are in place of those. Cut off anywhere, every row is in one object that counts. */
  compact(compaction: Compaction): Promise<number>
}

/** An object is closed once those that it is made of have this size. */
const TARGET_BYTES = 64 * 1024 * 1024
/** Rows that are in memory as such, beside the object as far as it is. */
const ROWS_AT_ONCE = 50_000

export class ObjectCompactor implements RawCompactor {
  private readonly objects: Pick<ObjectStore, 'get' | 'put' | 'delete'>
  private readonly targetBytes: number
  constructor(objects: Pick<ObjectStore, 'get' | 'put' | 'delete'>, targetBytes = TARGET_BYTES) {
    this.objects = objects
    this.targetBytes = targetBytes
  }

  async compact({ folder, names }: Compaction): Promise<number> {
    // Of files of before a column came, too: it is null there. JSON is text already.
    const columns = rawTableColumns(folder.slice(RAW.length).split('/')[0]!).map(({ name, type }) => ({
      name,
      type: type === 'json' ? ('text' as const) : type,
    }))
    let made = 0
    for (let from = 0; from < names.length; made++) {
      const parts = new ParquetParts(columns)
      let rows: ParquetRow[] = []
      let to = from
      let size = 0
      while (to < names.length && size < this.targetBytes) {
        const bytes = await this.objects.get(names[to]!)
        if (bytes === undefined) throw new Error(`${names[to]} was deleted meanwhile`)
        size += bytes.byteLength
        for (const row of await parquetReadObjects({ file: Uint8Array.from(bytes).buffer }))
          rows.push(columns.map(({ name }) => row[name]))
        to++
        if (rows.length < ROWS_AT_ONCE) continue
        parts.add(rows)
        rows = []
      }
      if (rows.length > 0) parts.add(rows)
      await this.replace(folder, names.slice(from, to), parts)
      from = to
    }
    return made
  }

  /** Those that it is put in place of are covered by its name from then on. */
  private async replace(folder: string, names: readonly string[], parts: ParquetParts): Promise<void> {
    if (names.length === 1) return
    const [first, last] = [stretchIn(names[0]!)!, stretchIn(names.at(-1)!)!]
    await this.objects.put(rawObject(folder, { ...first, last: last.last }), parts.file())
    for (const name of names) await this.objects.delete(name)
  }
}
