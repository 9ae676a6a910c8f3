/** Rows as one Parquet file, by the columns of `core/lake/raw-columns.ts`. */
import { parquetWriteBuffer } from 'hyparquet-writer'
import type { ColumnType } from '#core/lake/raw-columns.ts'

type Element = {
  readonly type: 'BYTE_ARRAY' | 'INT64' | 'INT32' | 'DOUBLE' | 'BOOLEAN'
  readonly converted_type?: string
}
/** What Athena and DuckDB read as varchar, bigint, double, boolean, timestamp and date. */
const ELEMENTS: Readonly<Record<ColumnType, Element>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  json: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  bigint: { type: 'INT64' },
  double: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  timestamp: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  date: { type: 'INT32', converted_type: 'DATE' },
}

export type Column = { readonly name: string; readonly type: ColumnType }
/** In the order of the columns. A timestamp is epoch ms or RFC 3339, a date YYYY-MM-DD, json any value; absent: null. */
export type ParquetRow = readonly unknown[]

/** @throws RangeError where a value is none of its column's type. */
export function parquetFile(columns: readonly Column[], rows: readonly ParquetRow[]): Uint8Array {
  const buffer = parquetWriteBuffer({
    columnData: columns.map(({ name, type }, i) => ({ name, data: rows.map((row) => inColumn(name, type, row[i])) })),
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map(({ name, type }) => ({ name, repetition_type: 'OPTIONAL' as const, ...ELEMENTS[type] })),
    ] as NonNullable<Parameters<typeof parquetWriteBuffer>[0]['schema']>,
  })
  return new Uint8Array(buffer)
}

function inColumn(name: string, type: ColumnType, value: unknown): unknown {
  if (value === undefined || value === null) return null
  switch (type) {
    case 'bigint':
      return BigInt(value as number)
    case 'json':
      return JSON.stringify(value)
    case 'timestamp':
    case 'date': {
      const date = new Date(value as number | string)
      if (Number.isNaN(date.getTime())) throw new RangeError(`${name}: ${String(value)} is no ${type}`)
      return date
    }
    default:
      return value
  }
}
