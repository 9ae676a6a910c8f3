/**
 * The columns that events have in the lake, by type: the envelope's, then one for each field of the type's data, read off
 * its schema. A field that a later version adds is a column that older files lack, and there it reads as null.
 */
import type { z } from 'zod'
import type { EventType } from '#core/events/envelope.ts'

/**
 * text, bigint, boolean, double as in SQL; timestamp: UTC, to the millisecond; date: a local date; json: a list or an
 * object as JSON text, which no portable SQL can take apart.
 */
export type ColumnType = 'text' | 'bigint' | 'double' | 'boolean' | 'timestamp' | 'date' | 'json'
export type RawColumn = {
  readonly name: string
  readonly type: ColumnType
  /** The field of the event's data; absent: the column is of the envelope. */
  readonly field?: string
}

/** In every raw table. `shard` and `sequence`: its place in the log, which no other row of the type has. */
export const ENVELOPE_COLUMNS: readonly RawColumn[] = [
  { name: 'merchant_id', type: 'text' },
  { name: 'store_id', type: 'text' },
  { name: 'event_id', type: 'text' },
  { name: 'source', type: 'text' },
  { name: 'occurred_at', type: 'timestamp' },
  { name: 'received_at', type: 'timestamp' },
  { name: 'business_date', type: 'date' },
  { name: 'shard', type: 'bigint' },
  { name: 'sequence', type: 'text' },
]

const TAKEN: ReadonlySet<string> = new Set(ENVELOPE_COLUMNS.map(({ name }) => name))

/** The raw table of a type: `sale.recorded` lies in `sale_recorded`. */
export const rawTableOf = (type: string): string => type.replaceAll(/[.-]/g, '_')

const snake = (field: string): string => field.replaceAll(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)

export function rawColumns({ data }: Pick<EventType, 'data'>): readonly RawColumn[] {
  const own = Object.entries(data.shape).map(([field, schema]) => ({
    name: TAKEN.has(snake(field)) ? `data_${snake(field)}` : snake(field),
    type: columnType(schema as z.core.$ZodType),
    field,
  }))
  return [...ENVELOPE_COLUMNS, ...own]
}

function columnType(schema: z.core.$ZodType): ColumnType {
  const def = schema._zod.def as z.core.$ZodTypeDef & {
    readonly innerType?: z.core.$ZodType
    readonly format?: string
    readonly values?: readonly unknown[]
  }
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'readonly':
      return columnType(def.innerType!)
    case 'boolean':
      return 'boolean'
    case 'number':
      return def.format === 'safeint' ? 'bigint' : 'double'
    case 'string':
      return (schema as z.ZodType).meta()?.format === 'date-time' ? 'timestamp' : 'text'
    case 'enum':
      return 'text'
    case 'literal':
      return typeof def.values![0] === 'boolean' ? 'boolean' : 'text'
    default:
      return 'json'
  }
}
