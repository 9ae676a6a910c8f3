import { useQuery } from '@tanstack/react-query'
import { Fragment, useMemo, useState } from 'react'
import { PageLink } from '../frame/page-link.tsx'
import { CriticalIcon, DoneIcon, SameIcon, WarningIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { RUNS, runPath } from '../paths.ts'
import own from './checks.module.css'
import { type Cell, type CheckDays, type Outcome, prepareChecks, type TableLine } from './prepare-checks.ts'
import classes from './quality.module.css'
import { checksQuery } from './requests.ts'
import { words } from './words.ts'

const DAYS = 14
const ICONS = { passed: DoneIcon, warned: WarningIcon, failed: CriticalIcon, skipped: SameIcon } as const

/** What the checks of lake and warehouse found, by table and day. */
export function ChecksPanel() {
  const query = useQuery(checksQuery)
  const history = useMemo(() => prepareChecks(query.data?.items ?? [], DAYS), [query.data])
  return (
    <Panel
      id="checks"
      title={words.checks.title}
      about={words.checks.about}
      state={panelStateOf(query)}
      skeleton="table"
      flush
      actions={<PageLink to={RUNS}>{words.checks.runs}</PageLink>}
      empty={history.days.length === 0 ? { title: words.checks.none, why: words.checks.noneWhy } : undefined}
    >
      <History history={history} />
      <p className={own.legend}>{words.checks.legend}</p>
    </Panel>
  )
}

const History = ({ history: { days, tables } }: { readonly history: CheckDays }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard too
  <section className={classes.scroll} aria-label={words.checks.title} tabIndex={0}>
    <table className={own.checks}>
      <thead>
        <tr>
          <th scope="col">{words.checks.check}</th>
          {days.map(({ date, text, run }) => (
            <th key={date} scope="col">
              <PageLink to={runPath(run)} aria-label={words.checks.runOf(text)}>
                {text}
              </PageLink>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tables.map((line) => (
          <Table key={line.table} line={line} days={days} />
        ))}
      </tbody>
    </table>
  </section>
)

type TableProps = { readonly line: TableLine; readonly days: CheckDays['days'] }

function Table({ line: { table, cells, checks }, days }: TableProps) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Fragment>
      <tr className={own.checkTable}>
        <th scope="row">
          <button type="button" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> {words.checks.tables[table] ?? table}
          </button>
        </th>
        {cells.map((cell, i) => (
          <Mark key={days[i]!.date} cell={cell} />
        ))}
      </tr>
      {isOpen &&
        checks.map(({ check, severity, cells: found }) => (
          <tr key={check}>
            <th scope="row">
              {check} <span className={classes.light}>{words.checks[severity]}</span>
            </th>
            {found.map((cell, i) => (
              <Mark key={days[i]!.date} cell={cell} />
            ))}
          </tr>
        ))}
    </Fragment>
  )
}

function Mark({ cell }: { readonly cell: Cell }) {
  const Icon = ICONS[cell?.outcome ?? ('skipped' satisfies Outcome)]
  const said = cell?.said ?? words.checks.notAsked
  return (
    <td data-outcome={cell?.outcome ?? 'none'} title={said}>
      {cell !== null && <Icon size={14} />}
      <span className={classes.spoken}>{said}</span>
    </td>
  )
}
