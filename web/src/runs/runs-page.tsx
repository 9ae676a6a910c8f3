import { useMemo } from 'react'
import { PageLink } from '../frame/page-link.tsx'
import { useGoTo } from '../frame/page-path.ts'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { runPath } from '../paths.ts'
import { useMay } from '../people/account-context.ts'
import { OWN_ZONE, usePeopleNames } from '../people/use-names.ts'
import { useAllPages } from '../reach/use-all-pages.ts'
import { useNow } from '../reach/use-now.ts'
import type { DataColumn } from '../table/data-column.ts'
import { DataTable, type RowCard } from '../table/data-table.tsx'
import { prepareRuns, type RunLine } from './prepare-runs.ts'
import { askRuns, everyMsOf, isWorking, RUNS } from './requests.ts'
import { RunNow } from './run-now.tsx'
import classes from './runs.module.css'
import { StatusMark } from './status-mark.tsx'
import { words } from './words.ts'

const MOST = 400

const COLUMNS: readonly DataColumn<RunLine>[] = [
  {
    id: 'run',
    name: words.run,
    value: ({ name }) => name,
    show: ({ id, name }) => <PageLink to={runPath(id)}>{name}</PageLink>,
    filter: true,
    width: 130,
  },
  { id: 'date', name: words.date, value: ({ date }) => date, text: ({ dateText }) => dateText, width: 150 },
  {
    id: 'status',
    name: words.status,
    value: ({ statusText }) => statusText,
    show: ({ status }) => <StatusMark status={status} />,
    filter: true,
    width: 120,
  },
  { id: 'began', name: words.began, kind: 'time', zone: OWN_ZONE, value: ({ beganMs }) => beganMs, width: 150 },
  { id: 'took', name: words.took, kind: 'number', value: ({ tookMs }) => tookMs, text: ({ took }) => took, width: 100 },
  { id: 'stopped', name: words.stopped, value: ({ stopped }) => stopped || null, width: 130 },
  { id: 'asked', name: words.asked, value: ({ asked }) => asked, filter: true, width: 150 },
  { id: 'attempt', name: words.attempt, kind: 'number', value: ({ attempt }) => attempt, width: 90 },
]

const cardOf = ({ id, name, dateText, status, took, stopped }: RunLine): RowCard => ({
  title: (
    <PageLink to={runPath(id)}>
      {name}, {dateText}
    </PageLink>
  ),
  facts: [
    { name: words.status, value: <StatusMark status={status} /> },
    { name: words.took, value: took || '–' },
    ...(stopped === '' ? [] : [{ name: words.stopped, value: stopped }]),
  ],
})

/** What the chains of the night have done, newest first. */
export function RunsPage() {
  const may = useMay('runs:start')
  const goTo = useGoTo()
  const names = usePeopleNames()
  const nowMs = useNow()
  const asked = useAllPages([RUNS], askRuns, { most: MOST, everyMs: everyMsOf(true) })
  const { items } = asked
  // What is over does not change with the clock.
  const tickMs = items?.some(isWorking) ? nowMs : 0
  const rows = useMemo(() => prepareRuns(items ?? [], names, tickMs), [items, names, tickMs])
  const state = panelStateOf({
    data: items,
    error: asked.error,
    dataUpdatedAt: asked.dataUpdatedAt,
    refetch: asked.again,
  })
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <h1>{words.title}</h1>
        <p>{words.about(OWN_ZONE)}</p>
        {may && <RunNow />}
      </header>
      <Panel
        id="runs"
        title={words.list}
        state={state}
        skeleton="table"
        flush
        empty={rows.length === 0 ? { title: words.none, why: may ? words.noneWhy : words.noneMayNot } : undefined}
      >
        <DataTable
          id="runs"
          name={words.list}
          columns={COLUMNS}
          rows={rows}
          rowKey={({ id }) => id}
          card={cardOf}
          onOpen={({ id }) => goTo(runPath(id))}
          tone={({ status }) => (status === 'failed' ? 'bad' : undefined)}
        />
      </Panel>
    </div>
  )
}
