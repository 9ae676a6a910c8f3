import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { CopyLine } from '../frame/copy-line.tsx'
import { PageLink } from '../frame/page-link.tsx'
import { useGoTo, usePathParam } from '../frame/page-path.ts'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { INTEGRATIONS } from '../paths.ts'
import { useMay } from '../people/account-context.ts'
import { Confirm } from '../people/confirm.tsx'
import form from '../people/people.module.css'
import { messageOf } from '../people/prepare-refusal.ts'
import { OWN_ZONE, useStoreNames } from '../people/use-names.ts'
import { useFresh } from '../reach/use-fresh.ts'
import { useNow } from '../reach/use-now.ts'
import { ActivityPanels } from './activity-panels.tsx'
import { ChangeDialog, RotateDialog } from './connection-dialogs.tsx'
import { Deliveries } from './deliveries.tsx'
import { Guide } from './guide.tsx'
import classes from './integrations.module.css'
import { Status } from './integrations-page.tsx'
import { ModeRule } from './mode-rule.tsx'
import { type ConnectionRow, prepareConnection } from './prepare-connections.ts'
import { changeConnection, closeConnection, connectionsQuery } from './requests.ts'
import { TestDelivery, WaitForFirst } from './test-delivery.tsx'
import { guideOf, words } from './words.ts'

/** One way in: its state, what came through it, and what can be done about it. */
export function ConnectionPage() {
  const id = usePathParam('connectionId')
  const query = useFresh(connectionsQuery, { everyMs: 1_000 })
  const storeNames = useStoreNames()
  const now = useNow()
  const item = query.data?.items.find((each) => each.id === id)
  const row = item && prepareConnection(item, { origin: location.origin, nowMs: now, timeZone: OWN_ZONE, storeNames })
  const isGone = query.data !== undefined && row === undefined
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <p className={classes.back}>
          <PageLink to={INTEGRATIONS}>{words.back}</PageLink>
        </p>
        <h1>{row?.label ?? words.title}</h1>
        {row !== undefined && <Status status={row.status}>{row.state}</Status>}
      </header>
      <Panel
        id="connection"
        title={row?.source ?? words.source}
        state={panelStateOf(query)}
        actions={row && <Actions row={row} />}
        empty={isGone ? { title: words.closed, why: words.about } : undefined}
      >
        {row !== undefined && <Facts row={row} />}
      </Panel>
      {row !== undefined && (
        <>
          {row.status === 'waiting' && <StillWaiting row={row} />}
          <ActivityPanels id={id} />
          <Deliveries id={id} />
        </>
      )}
    </div>
  )
}

function Facts({ row }: { readonly row: ConnectionRow }) {
  const { status, proof, store, rate, created, first, address } = row
  const facts = [
    [words.facts.proof, proof],
    [words.facts.store, store],
    [words.facts.rate, rate],
    [words.facts.created, created],
    [words.facts.first, first],
  ] as const
  return (
    <>
      {status === 'paused' && <p className={classes.paused}>{words.paused}</p>}
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h3 className={classes.small}>{words.facts.address}</h3>
      <CopyLine lines={[address]} />
    </>
  )
}

/** What is to be done at the source, as long as nothing has come. */
function StillWaiting({ row: { id, item } }: { readonly row: ConnectionRow }) {
  const guide = guideOf(item.source)
  const mayChange = useMay('integrations:change')
  if (guide === undefined) return null
  return (
    <>
      <ModeRule />
      <Panel id="guide" title={words.pasteTitle(guide.name)}>
        <Guide guide={guide} path={item.path} />
        {mayChange && <TestDelivery id={id} />}
        <WaitForFirst id={id} guide={guide} />
      </Panel>
    </>
  )
}

type Doing = 'change' | 'rotate' | 'close'

function Actions({ row }: { readonly row: ConnectionRow }) {
  const client = useQueryClient()
  const mayChange = useMay('integrations:change')
  const goTo = useGoTo()
  const [doing, setDoing] = useState<Doing | null>(null)
  const { id, item, label, status, hasSecret } = row
  const lookAgain = () => client.invalidateQueries({ queryKey: connectionsQuery.queryKey })
  const steer = useMutation({
    mutationFn: () =>
      changeConnection(id, { status: status === 'paused' ? 'active' : 'paused', version: item.version }),
    onSettled: lookAgain,
  })
  if (!mayChange) return null
  const close = () => setDoing(null)
  return (
    <>
      {steer.error !== null && (
        <span className={classes.result} role="alert">
          {messageOf(steer.error)}
        </span>
      )}
      <button type="button" className={form.secondary} disabled={steer.isPending} onClick={() => steer.mutate()}>
        {status === 'paused' ? words.resume : words.pause}
      </button>
      <button type="button" className={form.secondary} onClick={() => setDoing('change')}>
        {words.edit}
      </button>
      {hasSecret && (
        <button type="button" className={form.secondary} onClick={() => setDoing('rotate')}>
          {words.rotate}
        </button>
      )}
      <button type="button" className={form.secondary} onClick={() => setDoing('close')}>
        {words.close}
      </button>
      {doing === 'change' && <ChangeDialog item={item} onClose={close} />}
      {doing === 'rotate' && <RotateDialog item={item} onClose={close} />}
      {doing === 'close' && (
        <Confirm
          title={words.closeTitle(label)}
          does={words.closeDo}
          run={() => closeConnection(id)}
          onDone={async () => {
            await lookAgain()
            goTo(INTEGRATIONS)
          }}
          onClose={close}
        >
          <p>{words.closeWhy}</p>
          <p>{words.closeNever}</p>
        </Confirm>
      )}
    </>
  )
}
