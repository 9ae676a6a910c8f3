import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { z } from 'zod/mini'
import { PageLink } from '../frame/page-link.tsx'
import { usePageState } from '../frame/page-state.ts'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { RUNS } from '../paths.ts'
import { RefusedError } from '../reach/ask-engine.ts'
import { InputsPanel } from './inputs-panel.tsx'
import classes from './lineage.module.css'
import { LineageGraph } from './lineage-graph.tsx'
import { prepareGraph } from './prepare-graph.ts'
import { artefactName, dayText, prepareSteps } from './prepare-lineage.ts'
import { lineageQuery, partsQuery } from './requests.ts'
import { StepTable } from './step-table.tsx'
import { words } from './words.ts'

const FIRST_TABLE = Object.keys(words.tables)[0]!
const STATE = { of: z._default(z.string().check(z.maxLength(200)), ''), table: z._default(z.string(), FIRST_TABLE) }
const NOT_FOUND = 404

/** What a table of a day was made of: a graph from raw objects, the same as a list, and every input by name. */
export function LineagePage() {
  const [{ of, table: asked }, change] = usePageState(STATE)
  // What is open says itself of which table it is.
  const [kind, name = ''] = of.split(':')
  const table = kind === 'part' && name in words.tables ? name : asked
  const parts = useQuery(partsQuery(table))
  const newest = parts.data?.items[0]?.id ?? ''
  const shown = of === '' ? newest : of
  const isNone = of === '' && parts.data?.items.length === 0
  const none = {
    title: words.noneTitle(words.tables[table] ?? table),
    why: words.noneWhy,
    action: <PageLink to={RUNS}>{words.toRuns}</PageLink>,
  }
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <h1>{words.title}</h1>
        <p>{words.about}</p>
        <label className={classes.choice}>
          {words.table}
          <select value={table} onChange={(event) => change({ table: event.currentTarget.value, of: '' })}>
            {Object.entries(words.tables).map(([id, text]) => (
              <option key={id} value={id}>
                {text}
              </option>
            ))}
          </select>
        </label>
        <label className={classes.choice}>
          {words.day}
          <select
            value={shown}
            disabled={parts.data === undefined || parts.data.items.length === 0}
            onChange={(event) => change({ of: event.currentTarget.value })}
          >
            {parts.data?.items.every(({ id }) => id !== shown) && <option value={shown}>–</option>}
            {parts.data?.items.map(({ id, day }) => (
              <option key={id} value={id}>
                {day || words.whole}
              </option>
            ))}
          </select>
        </label>
      </header>
      {shown === '' ? (
        <Panel id="graph" title={words.graph.title} state={panelStateOf(parts)} empty={isNone ? none : undefined}>
          {null}
        </Panel>
      ) : (
        <Lineage key={shown} artefact={shown} />
      )}
    </div>
  )
}

function Lineage({ artefact }: { readonly artefact: string }) {
  const query = useQuery(lineageQuery(artefact))
  const { data, error } = query
  const graph = useMemo(() => data && prepareGraph(data), [data])
  const steps = useMemo(() => (data === undefined ? [] : prepareSteps(data)), [data])
  if (data === undefined && error instanceof RefusedError && error.status === NOT_FOUND)
    return (
      <Panel id="graph" title={words.graph.title} empty={{ title: words.goneTitle, why: words.goneWhy }}>
        {null}
      </Panel>
    )
  return (
    <>
      <Panel
        id="graph"
        title={data === undefined ? words.graph.title : `${artefactName(data.artefact)}, ${dayText(data.artefact)}`}
        about={words.graph.newest}
        state={panelStateOf(query)}
        skeleton="chart"
      >
        {graph !== undefined && (
          <LineageGraph graph={graph} label={words.graph.said(artefactName(data!.artefact), graph.nodes.length)} />
        )}
        {data?.isCut && <p className={classes.light}>{words.graph.cut}</p>}
      </Panel>
      {data !== undefined && (
        <>
          <Panel id="steps" title={words.list.title} flush>
            <StepTable steps={steps} />
          </Panel>
          <InputsPanel artefact={artefact} />
        </>
      )}
    </>
  )
}
