import { type AsyncBuffer, parquetReadObjects } from 'hyparquet'
import { withoutCovered } from '#core/lake/raw-compaction.ts'
import { RAW } from '#core/lake/raw-names.ts'
import type { ObjectStore } from '#core/ports.ts'

export type RawRow = Readonly<Record<string, unknown>>

/** Every row of the lake's raw tables, by table, in no order: of the objects that count. */
export async function rawRows(objects: ObjectStore): Promise<Record<string, RawRow[]>> {
  const found: Record<string, RawRow[]> = {}
  for (const name of withoutCovered(await objects.list(RAW))) {
    const table = name.slice(RAW.length).split('/')[0]!
    found[table] = [...(found[table] ?? []), ...(await parquetRows((await objects.get(name))!))]
  }
  return found
}

export async function parquetRows(bytes: Uint8Array): Promise<RawRow[]> {
  const file: AsyncBuffer = {
    byteLength: bytes.byteLength,
    // A copy: a buffer's own slice is a view.
    slice: async (start, end) => Uint8Array.from(bytes.subarray(start, end)).buffer,
  }
  return parquetReadObjects({ file })
}
