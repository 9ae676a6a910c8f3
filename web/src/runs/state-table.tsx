import { formatNumber } from '../format/format-number.ts'
import { OWN_ZONE } from '../people/use-names.ts'
import type { DataColumn } from '../table/data-column.ts'
import { DataTable, type RowCard } from '../table/data-table.tsx'
import type { StateLine } from './prepare-run.ts'
import { StatusMark } from './status-mark.tsx'
import { words } from './words.ts'

const { states: said } = words

const COLUMNS: readonly DataColumn<StateLine>[] = [
  { id: 'name', name: said.name, value: ({ name }) => name, width: 110 },
  {
    id: 'status',
    name: said.status,
    value: ({ statusText }) => statusText,
    show: ({ status }) => <StatusMark status={status} />,
    width: 110,
  },
  { id: 'began', name: said.began, kind: 'time', zone: OWN_ZONE, value: ({ beganMs }) => beganMs, width: 140 },
  { id: 'took', name: said.took, kind: 'number', value: ({ tookMs }) => tookMs, text: ({ took }) => took, width: 80 },
  { id: 'in', name: said.rowsIn, kind: 'number', value: ({ rowsIn }) => rowsIn, width: 90 },
  { id: 'out', name: said.rowsOut, kind: 'number', value: ({ rowsOut }) => rowsOut, width: 90 },
  { id: 'tries', name: said.tries, kind: 'number', value: ({ tries }) => tries || null, width: 70 },
  { id: 'says', name: said.says, value: ({ says }) => says || null, width: 440 },
  { id: 'does', name: said.does, value: ({ does }) => does || null, width: 320, off: true },
]

const count = (rows: number | null): string => (rows === null ? '–' : formatNumber(rows))
const cardOf = ({ name, status, took, rowsIn, rowsOut }: StateLine): RowCard => ({
  title: name,
  facts: [
    { name: said.status, value: <StatusMark status={status} /> },
    { name: said.took, value: took || '–' },
    { name: said.rows, value: `${count(rowsIn)} → ${count(rowsOut)}` },
  ],
})

export const StateTable = ({ states }: { readonly states: readonly StateLine[] }) => (
  <DataTable
    id="states"
    name={said.title}
    columns={COLUMNS}
    rows={states}
    rowKey={({ name }) => name}
    card={cardOf}
    height="none"
    tone={({ status }) => (status === 'failed' ? 'bad' : status === 'not-reached' ? 'quiet' : undefined)}
  />
)
