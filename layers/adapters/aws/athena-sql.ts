/** What Athena is told before a step's SELECT: its inputs by their names, and the one row of its parameters. */
import type { ColumnType } from '#core/lake/raw-columns.ts'
import type { RunColumn, TableColumn, WarehouseInput } from '#core/ports.ts'

const TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'varchar',
  json: 'varchar',
  bigint: 'bigint',
  double: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp',
  date: 'date',
}
export const athenaType = (type: ColumnType): string => TYPES[type]

/** `name`: the table that holds the objects of the input. */
export type NamedInput = { readonly input: WarehouseInput; readonly name: string }

/** The SELECT with its inputs and parameters before it: an engine orders rows by its outermost ORDER BY alone. */
export function withRelations(sql: string, inputs: readonly NamedInput[], run: readonly RunColumn[]): string {
  const relations = inputs.map(({ input, name }) => `${quoted(input.table)} as (\n${typedRows(input.columns, name)}\n)`)
  if (run.length > 0) relations.push(`${quoted('run')} as (\nselect ${run.map(runColumn).join(', ')}\n)`)
  if (relations.length === 0) return sql
  const [, before = '', rest] = /^((?:\s|--[^\n]*(?:\n|$))*)with\s([\s\S]*)$/i.exec(sql) ?? []
  const named = `with ${relations.join(',\n')}`
  return rest === undefined ? `${named}\n${sql}` : `${before}${named},\n${rest}`
}

function typedRows(columns: readonly TableColumn[], from: string): string {
  const typed = columns.map(({ name, type }) => `cast(${quoted(name)} as ${TYPES[type]}) as ${quoted(name)}`)
  return `select ${typed.join(', ')} from ${from}`
}

const runColumn = ({ name, type, value }: RunColumn): string =>
  `cast(${value === null ? 'null' : literal(textOf(type, value))} as ${TYPES[type]}) as ${quoted(name)}`

/** A timestamp is told without its zone: to both engines one with a zone is of another type. */
const textOf = (type: ColumnType, value: string | number | boolean): string =>
  type === 'timestamp' ? new Date(value as string).toISOString().replace('T', ' ').replace('Z', '') : String(value)

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
/** Standard SQL: in a literal nothing but a quote means anything but itself. */
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
