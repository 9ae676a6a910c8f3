import { useMemo } from 'react'
import { PageLink } from '../frame/page-link.tsx'
import { useGoTo } from '../frame/page-path.ts'
import { useDialog } from '../frame/page-state.ts'
import { useShortcut } from '../frame/shortcuts.tsx'
import { AddIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { connectionPath } from '../paths.ts'
import { useMay } from '../people/account-context.ts'
import form from '../people/people.module.css'
import { OWN_ZONE, useStoreNames } from '../people/use-names.ts'
import { useFresh } from '../reach/use-fresh.ts'
import { useNow } from '../reach/use-now.ts'
import { ConnectWizard } from './connect-wizard.tsx'
import classes from './integrations.module.css'
import { ModeRule } from './mode-rule.tsx'
import { type ConnectionRow, prepareConnections } from './prepare-connections.ts'
import { connectionsQuery } from './requests.ts'
import { words } from './words.ts'

/** The ways in of the merchant's providers, and a wizard that opens one. */
export function IntegrationsPage() {
  const [isConnecting, connect, close] = useDialog('connect')
  const mayChange = useMay('integrations:change')
  const query = useFresh(connectionsQuery)
  const storeNames = useStoreNames()
  const now = useNow()
  const goTo = useGoTo()
  useShortcut('c', words.connect, () => mayChange && connect())
  const rows = useMemo(
    () =>
      prepareConnections(query.data?.items ?? [], {
        ...{ origin: location.origin, nowMs: now, timeZone: OWN_ZONE, storeNames },
      }),
    [query.data, now, storeNames],
  )
  const button = mayChange && (
    <button type="button" className={form.primary} onClick={connect}>
      <AddIcon /> {words.connect}
    </button>
  )
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{words.title}</h1>
        <p>{words.about}</p>
        {!isConnecting && rows.length > 0 && button}
      </header>
      {isConnecting && mayChange && <ConnectWizard onClose={close} onOpen={(id) => goTo(connectionPath(id))} />}
      <ModeRule />
      <Panel
        id="connections"
        title={words.listTitle}
        about={rows.length > 0 ? `${words.since}: ${OWN_ZONE}` : undefined}
        state={panelStateOf(query)}
        skeleton="table"
        flush
        empty={
          rows.length === 0
            ? { title: words.none, why: words.noneWhy, action: !isConnecting ? button : undefined }
            : undefined
        }
      >
        <Connections rows={rows} />
      </Panel>
    </div>
  )
}

const Connections = ({ rows }: { readonly rows: readonly ConnectionRow[] }) => (
  <table className={classes.table}>
    <thead>
      <tr>
        <th scope="col">{words.label}</th>
        <th scope="col">{words.source}</th>
        <th scope="col">{words.store}</th>
        <th scope="col">{words.state}</th>
        <th scope="col">{words.since}</th>
      </tr>
    </thead>
    <tbody>
      {rows.map(({ id, label, source, store, state, status, first }) => (
        <tr key={id}>
          <th scope="row">
            <PageLink to={connectionPath(id)} className={classes.link}>
              {label}
            </PageLink>
          </th>
          <td>{source}</td>
          <td>{store}</td>
          <td>
            <Status status={status}>{state}</Status>
          </td>
          <td>{first}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

type StatusProps = { readonly status: ConnectionRow['status']; readonly children: string }
export const Status = ({ status, children }: StatusProps) => (
  <span className={classes.status} data-status={status}>
    {children}
  </span>
)
