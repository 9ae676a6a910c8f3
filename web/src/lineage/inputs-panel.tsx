import { useMemo } from 'react'
import { formatNumber } from '../format/format-number.ts'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { useAllPages } from '../reach/use-all-pages.ts'
import type { DataColumn } from '../table/data-column.ts'
import { DataTable } from '../table/data-table.tsx'
import { type InputLine, prepareInputs } from './prepare-lineage.ts'
import { askInputs, inputsKey } from './requests.ts'
import { words } from './words.ts'

const { inputs: said } = words
const COLUMNS: readonly DataColumn<InputLine>[] = [
  { id: 'name', name: said.name, value: ({ name }) => name, filter: true, width: 200 },
  { id: 'day', name: said.day, value: ({ day }) => day || null, width: 130 },
  { id: 'version', name: said.version, value: ({ version }) => version || null, width: 420 },
  { id: 'rows', name: said.rows, kind: 'number', value: ({ rows }) => rows, sum: true, width: 110 },
]
/** More than ten years of days of a table. */
const MOST = 10_000

/** Each thing that it was made of, by name and version. */
export function InputsPanel({ artefact }: { readonly artefact: string }) {
  const ask = useMemo(() => askInputs(artefact), [artefact])
  const { items, error, again, dataUpdatedAt } = useAllPages(inputsKey(artefact), ask, { most: MOST })
  const rows = useMemo(() => prepareInputs([...(items ?? [])]), [items])
  return (
    <Panel
      id="inputs"
      title={said.title}
      about={rows.length > 0 ? said.about(formatNumber(rows.length)) : undefined}
      state={panelStateOf({ data: items, error, dataUpdatedAt, refetch: again })}
      skeleton="table"
      flush
      empty={rows.length === 0 ? { title: said.none, why: said.noneWhy } : undefined}
    >
      <DataTable
        id="inputs"
        name={said.title}
        columns={COLUMNS}
        rows={rows}
        rowKey={({ key }) => key}
        keys={false}
        height="480px"
      />
    </Panel>
  )
}
