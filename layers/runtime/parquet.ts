/** Rows as one Parquet file, by the columns of `core/lake/raw-columns.ts`. */
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
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
  const parts = new ParquetParts(columns)
  parts.add(rows)
  return parts.file()
}

/** A file that is made part by part, so that not all of its rows are in memory. */
export class ParquetParts {
  private readonly columns: readonly Column[]
  private readonly written = new ByteWriter()
  private readonly writer: ParquetWriter

  constructor(columns: readonly Column[]) {
    this.columns = columns
    const schema = [
      { name: 'root', num_children: columns.length },
      ...columns.map(({ name, type }) => ({ name, repetition_type: 'OPTIONAL' as const, ...ELEMENTS[type] })),
    ] as ConstructorParameters<typeof ParquetWriter>[0]['schema']
    this.writer = new ParquetWriter({ writer: this.written, schema })
  }

  /** @throws RangeError where a value is none of its column's type. */
  add(rows: readonly ParquetRow[]): void {
    const columnData = this.columns.map(({ name, type }, i) => ({
      name,
      data: rows.map((row) => inColumn(name, type, row[i])),
    }))
    this.writer.write({ columnData })
  }

  /** Nothing is added afterwards. */
  file(): Uint8Array {
    this.writer.finish()
    return this.written.getBytes()
  }
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
