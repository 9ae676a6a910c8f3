/** A raw object without the rows of some merchants. */
import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet'
import type { RawColumn } from '#core/lake/raw-columns.ts'
import { RAW } from '#core/lake/raw-names.ts'
import { rawTableColumns } from '#core/lake/raw-tables.ts'
import type { ObjectStore } from '#core/ports.ts'
import { parquetFile } from './parquet.ts'

/**
 * Puts the object without them in its place, under its name; one that would be empty is deleted. It has some 20,000 rows at
 * the most, which are in memory meanwhile. @throws RangeError where it has a column that the lake does not know.
 */
export async function rewriteRaw(
  objects: Pick<ObjectStore, 'get' | 'put' | 'delete'>,
  name: string,
  without: readonly string[],
): Promise<void> {
  const bytes = await objects.get(name)
  if (bytes === undefined) return
  // A copy: others may hold the bytes as a part of a larger buffer.
  const file = Uint8Array.from(bytes).buffer
  const columns = columnsOf(name, file)
  const rows = await parquetReadObjects({ file })
  const left = rows.filter(({ merchant_id: merchantId }) => !without.includes(merchantId as string))
  if (left.length === rows.length) return
  if (left.length === 0) return objects.delete(name)
  await objects.put(
    name,
    parquetFile(
      columns,
      left.map((row) => columns.map((column) => row[column.name])),
    ),
  )
}

/** Those that the file has, in its order: an older one has fewer. JSON is text there already. */
function columnsOf(name: string, file: ArrayBuffer): Pick<RawColumn, 'name' | 'type'>[] {
  const known = rawTableColumns(name.slice(RAW.length).split('/')[0]!)
  return parquetSchema(parquetMetadata(file)).children.map(({ element }) => {
    const column = known.find((one) => one.name === element.name)
    if (column === undefined) throw new RangeError(`${name}: the lake has no column ${element.name}`)
    return { name: column.name, type: column.type === 'json' ? 'text' : column.type }
  })
}
