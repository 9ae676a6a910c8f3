import { useMediaQuery } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useShortcut } from '../frame/shortcuts.tsx'
import { AddIcon } from '../icons.tsx'
import { useAccount } from './account-context.ts'
import { Confirm } from './confirm.tsx'
import { Loading, NotShown } from './loading.tsx'
import classes from './people.module.css'
import { ChangePerson, InvitePerson, MadeLink, NewLink } from './person-dialogs.tsx'
import { type PersonRow, peopleText, preparePeople } from './prepare-people.ts'
import { letGo, peopleQuery } from './requests.ts'
import { OWN_ZONE, useStoreNames } from './use-names.ts'

type Doing =
  | { readonly what: 'invite' }
  | { readonly what: 'change' | 'link' | 'let go'; readonly row: PersonRow }
  | { readonly what: 'made'; readonly name: string; readonly path: string }

const ASK_AGAIN_MS = 5000

/** Who works here, and how they get in. */
export function PeoplePage() {
  const client = useQueryClient()
  const { id: selfId } = useAccount()
  // Those who were invited come in by themselves.
  const { data, error, refetch } = useQuery({ ...peopleQuery, refetchInterval: ASK_AGAIN_MS })
  const storeNames = useStoreNames()
  const [doing, setDoing] = useState<Doing | null>(null)
  const phone = useMediaQuery('(max-width: 720px)', false, { getInitialValueInEffect: false })
  useShortcut('i', 'Invite somebody', () => setDoing({ what: 'invite' }))
  const rows = data && preparePeople(data.items, selfId, storeNames, OWN_ZONE)
  const lookAgain = () => client.invalidateQueries({ queryKey: peopleQuery.queryKey })
  const close = () => setDoing(null)
  const act = (what: 'change' | 'link' | 'let go', row: PersonRow) => setDoing({ what, row })
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>People</h1>
        <p>{data && peopleText(data.items)}</p>
        <button type="button" className={classes.primary} onClick={() => setDoing({ what: 'invite' })}>
          <AddIcon /> Invite
        </button>
      </header>
      <section className={classes.tableCard} aria-label="Everybody">
        {rows === undefined ? (
          error === null ? (
            <Loading rows={4} />
          ) : (
            <NotShown what="People" error={error} again={() => void refetch()} />
          )
        ) : phone ? (
          <Cards rows={rows} act={act} />
        ) : (
          <Table rows={rows} act={act} />
        )}
      </section>
      {doing?.what === 'invite' && (
        <InvitePerson
          onClose={close}
          onDone={({ name, path }) => {
            void lookAgain()
            setDoing({ what: 'made', name, path })
          }}
        />
      )}
      {doing?.what === 'made' && <MadeLink name={doing.name} path={doing.path} isInvitation onClose={close} />}
      {doing?.what === 'change' && (
        <ChangePerson
          person={doing.row.person}
          onClose={close}
          onDone={async () => {
            await lookAgain()
            close()
          }}
        />
      )}
      {doing?.what === 'link' && <NewLink person={doing.row.person} onClose={close} />}
      {doing?.what === 'let go' && (
        <Confirm
          title={`Let ${doing.row.name} go?`}
          does={`Let ${doing.row.name} go`}
          run={() => letGo(doing.row.id)}
          onDone={async () => {
            await lookAgain()
            close()
          }}
          onClose={close}
        >
          <p>
            {doing.row.name} is signed out everywhere at once, and tokens of theirs stop working. What they did keeps
            their name in the audit.
          </p>
          <p>This cannot be taken back; {doing.row.person.email ?? 'they'} can be invited again, as somebody new.</p>
        </Confirm>
      )}
    </div>
  )
}

type RowsProps = {
  readonly rows: readonly PersonRow[]
  readonly act: (what: 'change' | 'link' | 'let go', row: PersonRow) => void
}

const Table = ({ rows, act }: RowsProps) => (
  <table className={classes.table}>
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">Address</th>
        <th scope="col">Role</th>
        <th scope="col">Stores</th>
        <th scope="col">State</th>
        <th scope="col">
          <span className={classes.spoken}>What can be done</span>
        </th>
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={row.id}>
          <th scope="row">
            {row.name}
            {row.isSelf && <span className={classes.tag}>You</span>}
          </th>
          <td title={row.address}>{row.address}</td>
          <td>{row.role}</td>
          <td title={row.allStores}>{row.stores}</td>
          <td>
            <State row={row} />
          </td>
          <td className={classes.rowActions}>
            <Actions row={row} act={act} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

const Cards = ({ rows, act }: RowsProps) => (
  <ul>
    {rows.map((row) => (
      <li key={row.id} className={classes.personCard}>
        <p className={classes.lineName}>
          {row.name}
          {row.isSelf && <span className={classes.tag}>You</span>}
          <State row={row} />
        </p>
        <p>{row.address}</p>
        <p className={classes.light}>
          {row.role}. {row.stores}.
        </p>
        <div className={classes.actions}>
          <Actions row={row} act={act} />
        </div>
      </li>
    ))}
  </ul>
)

const State = ({ row: { state, since } }: { readonly row: PersonRow }) => (
  <span className={classes.state} data-waiting={state === 'Invited' || undefined} title={since}>
    {state}
  </span>
)

function Actions({ row, act }: { readonly row: PersonRow; readonly act: RowsProps['act'] }) {
  const { name, isSelf, person } = row
  return (
    <>
      <button
        type="button"
        className={classes.secondary}
        aria-label={`Change the role or stores of ${name}`}
        onClick={() => act('change', row)}
      >
        Change
      </button>
      {person.email !== null && (
        <button
          type="button"
          className={classes.secondary}
          aria-label={`New link for ${name}`}
          onClick={() => act('link', row)}
        >
          New link
        </button>
      )}
      {/* Nobody shows themselves the door by a slip: another owner can. */}
      {!isSelf && (
        <button
          type="button"
          className={classes.secondary}
          aria-label={`Let go: ${name}`}
          onClick={() => act('let go', row)}
        >
          Let go
        </button>
      )}
    </>
  )
}
