import { useMemo } from 'react'
import { PageLink } from '../frame/page-link.tsx'
import { LINEAGE, runPath } from '../paths.ts'
import { OWN_ZONE } from '../people/use-names.ts'
import { tookText } from '../runs/prepare-runs.ts'
import type { DataColumn } from '../table/data-column.ts'
import { DataTable, type RowCard } from '../table/data-table.tsx'
import type { Step } from './prepare-lineage.ts'
import { words } from './words.ts'

const Name = ({ step: { id, name, isOpenable } }: { readonly step: Step }) =>
  isOpenable ? (
    <PageLink to={LINEAGE} search={{ of: id }}>
      {name}
    </PageLink>
  ) : (
    <span>{name}</span>
  )

const Run = ({ run }: { readonly run: string }) => (run === '' ? '—' : <PageLink to={runPath(run)}>{run}</PageLink>)

const { list } = words
const COLUMNS: readonly DataColumn<Step>[] = [
  { id: 'name', name: list.name, value: ({ name }) => name, show: (step) => <Name step={step} />, width: 160 },
  { id: 'day', name: list.day, value: ({ day }) => day, width: 150 },
  { id: 'rows', name: list.rows, kind: 'number', value: ({ rows }) => rows, width: 90 },
  { id: 'made', name: list.madeOf, value: ({ madeOf }) => madeOf || null, width: 300 },
  { id: 'stands', name: list.stands, value: ({ stands }) => stands || null, filter: true, width: 100 },
  { id: 'checks', name: list.checks, value: ({ checks }) => checks || null, width: 120 },
  { id: 'run', name: list.run, value: ({ run }) => run || null, show: ({ run }) => <Run run={run} />, width: 180 },
  { id: 'at', name: list.madeAt, kind: 'time', zone: OWN_ZONE, value: ({ madeMs }) => madeMs, width: 150 },
  {
    id: 'took',
    name: list.took,
    kind: 'number',
    value: ({ durationMs }) => durationMs,
    text: ({ durationMs }) => tookText(durationMs),
    width: 80,
  },
  { id: 'code', name: list.code, value: ({ code }) => code || null, width: 240 },
]

const cardOf = (step: Step): RowCard => ({
  title: (
    <>
      <Name step={step} />, {step.day}
    </>
  ),
  facts: [
    { name: list.stands, value: step.stands || '–' },
    { name: list.checks, value: step.checks || '–' },
    { name: list.madeOf, value: step.madeOf || '–' },
  ],
})

export function StepTable({ steps }: { readonly steps: readonly Step[] }) {
  const isOff = useMemo(() => new Set(steps.filter((step) => step.isOff).map(({ id }) => id)), [steps])
  return (
    <DataTable
      id="steps"
      name={list.title}
      columns={COLUMNS}
      rows={steps}
      rowKey={({ id }) => id}
      card={cardOf}
      height="none"
      tone={({ id }) => (isOff.has(id) ? 'quiet' : undefined)}
    />
  )
}
