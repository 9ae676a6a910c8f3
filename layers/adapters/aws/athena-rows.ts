/** Values as Athena tells them, which is as text, by the types that it says its columns have. */
import type { ColumnInfo } from '@aws-sdk/client-athena'
import { type TableColumn, WarehouseQueryError, type WarehouseRow } from '#core/ports.ts'
import { athenaType } from './athena-sql.ts'

type Value = WarehouseRow[string]
const INTEGERS = new Set(['bigint', 'integer', 'smallint', 'tinyint'])

/** @throws WarehouseQueryError where the type has no plain value, or a number holds it inexactly. */
export function plainValue({ Name, Type }: ColumnInfo, text: string | undefined): Value {
  if (text === undefined) return null
  if (INTEGERS.has(Type!)) {
    const number = Number(text)
    if (Number.isSafeInteger(number)) return number
    throw new WarehouseQueryError(`${Name}: ${text} is more than a number holds exactly`)
  }
  switch (Type) {
    case 'varchar':
    case 'date':
      return text
    case 'double':
      return Number(text)
    case 'boolean':
      return text === 'true'
    // To the millisecond, whether it was told with more digits or none.
    case 'timestamp':
      return new Date(`${text.replace(' ', 'T').slice(0, 23)}Z`).toISOString()
    default:
      throw new WarehouseQueryError(`${Name} is of type ${Type}: cast it to a plain one`)
  }
}

/** @throws WarehouseQueryError where the columns are not the declared ones, by name and type, in their order. */
export function checkColumns(made: readonly ColumnInfo[], declared: readonly TableColumn[]): void {
  const has = made.map(({ Name, Type }) => `${Name} ${Type}`).join(', ')
  const wanted = declared.map(({ name, type }) => `${name} ${athenaType(type)}`).join(', ')
  if (has !== wanted) throw new WarehouseQueryError(`the SELECT makes ${has}; declared are ${wanted}`)
}
