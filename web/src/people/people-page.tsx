import { useMediaQuery } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { PageBody } from '../frame/page-body.tsx'
import { useDialog } from '../frame/page-state.ts'
import { useShortcut } from '../frame/shortcuts.tsx'
import { AddIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { useAccount } from './account-context.ts'
import { Confirm } from './confirm.tsx'
import classes from './people.module.css'
import { ChangePerson, InvitePerson, MadeLink, NewLink } from './person-dialogs.tsx'
import { type PersonRow, peopleText, preparePeople } from './prepare-people.ts'
import { letGo, peopleQuery } from './requests.ts'
import { ROLE_WORDS } from './role-words.ts'
import { TokensCard } from './tokens-card.tsx'
import { OWN_ZONE, useStoreNames } from './use-names.ts'
import { words } from './words.ts'

const said = words.people

type Doing =
  | { readonly what: 'change' | 'link' | 'let go'; readonly row: PersonRow }
  | { readonly what: 'made'; readonly name: string; readonly path: string }

const ASK_AGAIN_MS = 5000

/** Who works here, and how they get in. */
export function PeoplePage() {
  const client = useQueryClient()
  const { id: selfId } = useAccount()
  // Those who were invited come in by themselves.
  const people = useQuery({ ...peopleQuery, refetchInterval: ASK_AGAIN_MS })
  const storeNames = useStoreNames()
  const [doing, setDoing] = useState<Doing | null>(null)
  const [isInviting, invite, closeInvitation] = useDialog('invite')
  const phone = useMediaQuery('(max-width: 720px)', false, { getInitialValueInEffect: false })
  useShortcut('i', said.inviteShortcut, invite)
  const items = people.data?.items ?? []
  const rows = preparePeople(items, selfId, storeNames, OWN_ZONE)
  const lookAgain = () => client.invalidateQueries({ queryKey: peopleQuery.queryKey })
  const close = () => setDoing(null)
  const act = (what: 'change' | 'link' | 'let go', row: PersonRow) => setDoing({ what, row })
  return (
    <PageBody
      title={said.title}
      about={people.data && peopleText(items)}
      beside={
        <button type="button" className={classes.primary} onClick={invite}>
          <AddIcon /> {said.invite}
        </button>
      }
      narrow
    >
      <Panel id="everybody" title={said.everybody} state={panelStateOf(people)} skeleton="table" flush>
        {phone ? <Cards rows={rows} act={act} /> : <Table rows={rows} act={act} />}
      </Panel>
      <TokensCard />
      <Panel id="roles" title={said.mayWhat}>
        <dl className={classes.facts}>
          {ROLE_WORDS.map(({ role, name, may }) => (
            <div key={role}>
              <dt>{name}</dt>
              <dd>{may}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      {isInviting && (
        <InvitePerson
          onClose={closeInvitation}
          onDone={({ name, path }) => {
            closeInvitation()
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
          title={said.letGoTitle(doing.row.name)}
          does={said.letGoDoes(doing.row.name)}
          run={() => letGo(doing.row.id)}
          onDone={async () => {
            await lookAgain()
            close()
          }}
          onClose={close}
        >
          <p>{said.letGoWhy(doing.row.name)}</p>
          <p>{said.letGoEnd(doing.row.person.email ?? said.they)}</p>
        </Confirm>
      )}
    </PageBody>
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
        <th scope="col">{words.name}</th>
        <th scope="col">{words.address}</th>
        <th scope="col">{words.role}</th>
        <th scope="col">{words.stores}</th>
        <th scope="col">{said.state}</th>
        <th scope="col">
          <span className={classes.spoken}>{said.whatCanBeDone}</span>
        </th>
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={row.id}>
          <th scope="row">
            {row.name}
            {row.isSelf && <span className={classes.tag}>{words.you}</span>}
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
          {row.isSelf && <span className={classes.tag}>{words.you}</span>}
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

const State = ({ row: { state, isInvited, since } }: { readonly row: PersonRow }) => (
  <span className={classes.state} data-waiting={isInvited || undefined} title={since}>
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
        aria-label={said.changeOf(name)}
        onClick={() => act('change', row)}
      >
        {said.change}
      </button>
      {person.email !== null && (
        <button
          type="button"
          className={classes.secondary}
          aria-label={said.newLinkFor(name)}
          onClick={() => act('link', row)}
        >
          {said.newLink}
        </button>
      )}
      {/* Nobody shows themselves the door by a slip: another owner can. */}
      {!isSelf && (
        <button
          type="button"
          className={classes.secondary}
          aria-label={said.letGoOf(name)}
          onClick={() => act('let go', row)}
        >
          {said.letGo}
        </button>
      )}
    </>
  )
}
