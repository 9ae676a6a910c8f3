import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { RunAnswer } from '#core/api/runs.ts'
import { PageLink } from '../frame/page-link.tsx'
import { usePathParam } from '../frame/page-path.ts'
import { CriticalIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { RUNS } from '../paths.ts'
import { OWN_ZONE, usePeopleNames } from '../people/use-names.ts'
import { RefusedError } from '../reach/ask-engine.ts'
import { useNow } from '../reach/use-now.ts'
import { ChainPicture } from './chain-picture.tsx'
import { preparePicture } from './prepare-picture.ts'
import { prepareFacts, prepareStates } from './prepare-run.ts'
import { chainName, dateText, momentText } from './prepare-runs.ts'
import { isWorking, runQuery } from './requests.ts'
import { RunAgain } from './run-again.tsx'
import { RunChecks } from './run-checks.tsx'
import classes from './runs.module.css'
import { StateTable } from './state-table.tsx'
import { StatusMark } from './status-mark.tsx'
import { words } from './words.ts'

const NOT_FOUND = 404

/** One run: the picture of its chain, what each state did, what its checks found, and having it done again. */
export function RunPage() {
  const id = usePathParam('runId')
  const query = useQuery(runQuery(id))
  const { data: run, error } = query
  const isGone = run === undefined && error instanceof RefusedError && error.status === NOT_FOUND
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <p className={classes.back}>
          <PageLink to={RUNS}>{words.back}</PageLink>
        </p>
        <h1>{run === undefined ? words.run : `${chainName(run.chain)}, ${dateText(run.date)}`}</h1>
        {run !== undefined && <StatusMark status={run.status} />}
        {run !== undefined && <RunAgain key={`${run.id} ${run.attempt}`} run={run} />}
      </header>
      {run === undefined ? (
        <Panel
          id="run"
          title={words.run}
          {...(isGone ? { empty: { title: words.gone(id), why: words.goneWhy } } : { state: panelStateOf(query) })}
        >
          {null}
        </Panel>
      ) : (
        <Run run={run} />
      )}
    </div>
  )
}

function Run({ run }: { readonly run: RunAnswer }) {
  const names = usePeopleNames()
  const now = useNow()
  // What is over does not change with the clock.
  const nowMs = isWorking(run) ? now : Date.parse(run.asOf)
  const picture = useMemo(() => preparePicture(run, nowMs), [run, nowMs])
  const states = useMemo(() => prepareStates(run, nowMs), [run, nowMs])
  return (
    <>
      {run.failure !== null && <Failure run={run} />}
      <Panel
        id="chain"
        title={words.picture.title}
        about={picture === null ? undefined : words.picture.said(picture.done, picture.all)}
      >
        <dl className={classes.facts}>
          {prepareFacts(run, { nowMs, zone: OWN_ZONE, names }).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {picture === null ? <p className={classes.light}>{words.picture.waits}</p> : <ChainPicture picture={picture} />}
      </Panel>
      {states.length > 0 && (
        <Panel id="states" title={words.states.title} flush>
          <StateTable states={states} />
        </Panel>
      )}
      <RunChecks run={run} />
    </>
  )
}

const Failure = ({ run: { chain, failure, shown, isResumable, retryAt, asOf } }: { readonly run: RunAnswer }) => (
  <section className={classes.failure} aria-label={words.failure.title(failure!.state)}>
    <CriticalIcon size={18} />
    <div>
      <h2>{words.failure.title(failure!.state)}</h2>
      <p>{failure!.cause}</p>
      <p>{words.failure.stays(chain, failure!.state, shown === null ? null : dateText(shown))}</p>
      {retryAt !== null && <p>{words.failure.again(momentText(retryAt, Date.parse(asOf), OWN_ZONE))}</p>}
      <p>{isResumable ? words.failure.todo : words.failure.todoWhole}</p>
    </div>
  </section>
)
