/** How the rows of one file are read: its columns by a mapping, for one kind of import. */
import type { ImportKind } from '#core/api/imports.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import { type Outcome, ok, type Problem, wrong } from '#core/outcome.ts'
import type { Cells } from '#core/sources/read-cells.ts'
import { salesMapping } from '#core/sources/sales-mapping.ts'
import { TABLE_IMPORTS } from './guess-import.ts'
import { onlineRetailTitles, type RowImport, salesImport } from './row-imports.ts'

export type MappedImport = {
  readonly rowImport: RowImport
  /** A row by the names that the import reads. */
  readonly cellsOf: (row: readonly string[]) => Outcome<Cells>
  /** What is wrong with a row, by the file's own columns. */
  readonly inFile: (problems: readonly Problem[]) => readonly Problem[]
  /** Rows that are equal in this column of the file go into one request; undefined: none has to. */
  readonly groupColumn: string | undefined
  readonly ignoredColumns: readonly string[]
}

export type Mapping = Readonly<Record<string, unknown>>

/** Says by field what is wrong with the mapping, or missing in the file. */
export function mapColumns(kind: ImportKind, mapping: Mapping, columns: readonly string[]): Outcome<MappedImport> {
  if (kind !== 'sales') return mapTable(kind, mapping, columns)
  const parsed = salesMapping.safeParse(mapping)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const rowImport = salesImport(parsed.data)
  const used = rowImport.columns.required
  const problems = unusable(
    used.map((column) => [column, column] as const),
    columns,
  )
  if (problems.length > 0) return { ok: false, problems }
  const names = Object.fromEntries(used.map((column) => [column, column]))
  return ok({ ...reading(rowImport, names, columns), groupColumn: parsed.data.orderId })
}

function mapTable(
  kind: Exclude<ImportKind, 'sales'>,
  mapping: Mapping,
  columns: readonly string[],
): Outcome<MappedImport> {
  const rowImport: RowImport = kind === 'online-retail-titles' ? onlineRetailTitles : TABLE_IMPORTS[kind]
  const { required, optional } = rowImport.columns
  const fields = [...required, ...optional]
  const problems: Problem[] = []
  const names: Record<string, string> = {}
  for (const [field, column] of Object.entries(mapping)) {
    if (!fields.includes(field)) problems.push({ field, message: `is no field of ${kind}: use ${fields.join(', ')}` })
    else if (typeof column !== 'string') problems.push({ field, message: 'must be the name of a column' })
    else names[field] = column
  }
  for (const field of required)
    if (mapping[field] === undefined) problems.push({ field, message: 'needs a column of the file' })
  problems.push(...unusable(Object.entries(names), columns))
  if (problems.length > 0) return { ok: false, problems }
  const group = rowImport.listing?.idColumn ?? GROUPS[kind]
  return ok({ ...reading(rowImport, names, columns), groupColumn: group === undefined ? undefined : names[group] })
}
const GROUPS: Partial<Record<ImportKind, string>> = { 'online-retail': 'invoice' }

/** Columns that the file has not, or more than once. */
function unusable(named: readonly (readonly [field: string, column: string])[], columns: readonly string[]): Problem[] {
  return named.flatMap(([field, column]) => {
    if (!columns.includes(column)) return [{ field, message: `the file has no column ${column}` }]
    if (columns.indexOf(column) === columns.lastIndexOf(column)) return []
    return [{ field, message: `the file has more than one column ${column}: rename or remove all but one` }]
  })
}

/** `names`: the file's column for each name that the import reads. */
function reading(
  rowImport: RowImport,
  names: Readonly<Record<string, string>>,
  columns: readonly string[],
): Omit<MappedImport, 'groupColumn'> {
  const places = Object.entries(names).map(([name, column]) => [name, columns.indexOf(column)] as const)
  const used = new Set(Object.values(names))
  return {
    rowImport,
    cellsOf: (row) => {
      if (row.length !== columns.length) return wrong('', `has ${row.length} fields, and the header ${columns.length}`)
      return ok(Object.fromEntries(places.map(([name, place]) => [name, row[place]!])))
    },
    inFile: (problems) => problems.map(({ field, message }) => ({ field: names[field] ?? field, message })),
    ignoredColumns: columns.filter((column) => !used.has(column)),
  }
}
