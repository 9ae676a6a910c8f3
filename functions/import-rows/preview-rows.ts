/** Each of the first rows of a file as it will be understood: nothing of it is taken. */
import type { ImportKind, ImportPreviewAnswer, ImportPreviewRequest } from '#core/api/imports.ts'
import type { Draft } from '#core/events/envelope.ts'
import {
  guessKind,
  guessSales,
  guessTable,
  isSalesMust,
  SALES_FIELDS,
  TABLE_IMPORTS,
} from '#core/imports/guess-import.ts'
import { type MappedImport, type Mapping, mapColumns } from '#core/imports/map-columns.ts'
import { onlineRetailTitles } from '#core/imports/row-imports.ts'
import type { Viewer } from '#core/ports.ts'
import { settingOf } from '#core/settings/settings.ts'
import type { Ports } from '#runtime/ports.ts'
import { readSettings } from '#runtime/read-catalogue.ts'

type Known = { readonly currency: string; readonly timeZone: string }

export async function previewRows(
  { state }: Ports,
  { merchantId }: Viewer,
  { kind = undefined, columns, rows, mapping }: ImportPreviewRequest,
): Promise<ImportPreviewAnswer> {
  const settings = await readSettings(state, merchantId)
  const known = { currency: settingOf('currency', settings), timeZone: settingOf('timeZone', settings) }
  const found = kind ?? guessKind(columns)
  if (found === undefined) return { ...NOTHING, ignoredColumns: [...columns] }
  const read = mapping ?? guessMapping(found, columns, rows, known)
  const mapped = mapColumns(found, read, columns)
  const about = { kind: found, mapping: read, fields: fieldsOf(found) }
  if (!mapped.ok) return { ...NOTHING, ...about, problems: [...mapped.problems] }
  const { groupColumn = null, ignoredColumns } = mapped.value
  const understood = rows.map((row) => understand(mapped.value, row, known))
  return { ...about, problems: [], ignoredColumns: [...ignoredColumns], groupColumn, rows: understood }
}

const NOTHING: ImportPreviewAnswer = {
  ...{ kind: null, mapping: {}, problems: [], fields: [] },
  ...{ ignoredColumns: [], groupColumn: null, rows: [] },
}

function guessMapping(
  kind: ImportKind,
  columns: readonly string[],
  rows: ImportPreviewRequest['rows'],
  known: Known,
): Mapping {
  if (kind === 'online-retail-titles') return { product_id: 'product_id', title: 'title' }
  if (kind !== 'sales') return guessTable(kind, columns)
  const named = rows.map(({ cells }) => Object.fromEntries(columns.map((column, i) => [column, cells[i]])))
  return guessSales(columns, named, known)
}

function fieldsOf(kind: ImportKind): ImportPreviewAnswer['fields'] {
  if (kind === 'sales') return SALES_FIELDS.map((name) => ({ name, isRequired: isSalesMust(name) }))
  const { required, optional } = (kind === 'online-retail-titles' ? onlineRetailTitles : TABLE_IMPORTS[kind]).columns
  return [
    ...required.map((name) => ({ name, isRequired: true })),
    ...optional.map((name) => ({ name, isRequired: false })),
  ]
}

function understand(
  { rowImport, cellsOf, inFile }: MappedImport,
  { line, cells }: ImportPreviewRequest['rows'][number],
  known: Known,
): ImportPreviewAnswer['rows'][number] {
  const row = cellsOf(cells)
  const read = row.ok ? rowImport.translate(row.value, known) : row
  if (!read.ok) return { line, problems: [...inFile(read.problems)], events: [] }
  return { line, problems: [], events: read.value.map(shown) }
}

const shown = ({ type, storeId, occurredAt = undefined, data }: Draft) => ({
  type,
  storeId,
  occurredAt: occurredAt ?? null,
  data: data as Record<string, unknown>,
})
