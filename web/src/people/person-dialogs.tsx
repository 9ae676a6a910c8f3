import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Role } from '#core/access/rights.ts'
import type { PersonItem } from '#core/api/people.ts'
import { CopyLine } from '../frame/copy-line.tsx'
import { Dialog } from './dialog.tsx'
import { ChoiceLine, Choices, FormEnd, TextField } from './fields.tsx'
import classes from './people.module.css'
import { storesText } from './prepare-people.ts'
import { messageOf } from './prepare-refusal.ts'
import { presentIn } from './present-in.ts'
import { changePerson, invite, type Linked, makeLink } from './requests.ts'
import { ROLE_WORDS, storeRuleOf, wordsOfRole } from './role-words.ts'
import { StoreChoice } from './store-choice.tsx'
import { useStoreNames } from './use-names.ts'
import { type SentForm, useSentForm } from './use-sent-form.ts'
import { words } from './words.ts'

const said = words.people
const LABELS = { email: words.theAddress, name: words.theName, role: words.theRole, stores: words.theStores }

type Given = { readonly role: Role /** null: all. */; readonly stores: readonly string[] | null }

/** The stores that go with a role, whatever was chosen for another one before. */
function storesOf({ role, stores }: Given): readonly string[] | null {
  const rule = storeRuleOf(role)
  return rule === 'all' ? null : rule === 'some' ? (stores ?? []) : stores
}
const checkStores = (given: Given): Readonly<Record<string, string>> =>
  storesOf(given)?.length === 0 ? { stores: said.chooseStores } : {}

type RoleChoiceProps = {
  readonly form: SentForm
  readonly given: Given
  readonly setRole: (role: Role) => void
  readonly setStores: (stores: readonly string[] | null) => void
}

const RoleChoice = ({ form, given, setRole, setStores }: RoleChoiceProps) => (
  <>
    <Choices legend={words.role} error={form.errorOf('role')}>
      {ROLE_WORDS.map(({ role, name, may }) => (
        <ChoiceLine
          key={role}
          type="radio"
          name="role"
          value={role}
          checked={role === given.role}
          onChange={() => setRole(role)}
        >
          {name} <span className={classes.light}>{may}</span>
        </ChoiceLine>
      ))}
    </Choices>
    <StoreChoice
      legend={words.stores}
      rule={storeRuleOf(given.role)}
      among={null}
      chosen={storesOf(given)}
      onChange={setStores}
      error={form.errorOf('stores')}
    />
  </>
)

type InviteProps = {
  readonly onDone: (invited: PersonItem & Linked) => void
  readonly onClose: () => void
}

type Invited = Given & { readonly email: string; readonly name: string }
const NOBODY: Invited = { email: '', name: '', role: 'analyst', stores: null }

export function InvitePerson({ onDone, onClose }: InviteProps) {
  const form = useSentForm({
    from: NOBODY,
    labels: LABELS,
    required: ['email'],
    check: checkStores,
    send: ({ email, name, ...given }) => {
      const stores = storesOf(given)
      return invite({
        email,
        role: given.role,
        ...(name !== '' && { name }),
        ...(stores !== null && { stores: [...stores] }),
      })
    },
    onDone,
    focusIfRefused: 'email',
  })
  return (
    <Dialog title={said.inviteTitle} onClose={onClose}>
      <form className={classes.form} noValidate ref={form.ref} onSubmit={form.onSubmit}>
        <TextField
          form={form}
          name="email"
          label={words.address}
          hint={said.inviteHint}
          type="email"
          autoComplete="off"
          data-autofocus
        />
        <TextField
          form={form}
          name="name"
          label={said.nameIfYouLike}
          hint={said.nameHint}
          autoComplete="off"
          autoCapitalize="words"
        />
        <RoleChoice
          form={form}
          given={form.values}
          setRole={(role) => form.set('role', role)}
          setStores={(stores) => form.set('stores', stores)}
        />
        <FormEnd form={form} does={said.makeInvitation}>
          <button type="button" className={classes.quiet} onClick={onClose}>
            {words.cancel}
          </button>
        </FormEnd>
      </form>
    </Dialog>
  )
}

type ChangeProps = {
  readonly person: PersonItem
  readonly onDone: () => unknown
  readonly onClose: () => void
}

export function ChangePerson({ person, onDone, onClose }: ChangeProps) {
  const storeNames = useStoreNames()
  const [version, setVersion] = useState(person.version)
  const givenTo = ({ role, stores }: PersonItem): Given => ({ role, stores })
  const form = useSentForm({
    from: givenTo(person),
    labels: LABELS,
    check: checkStores,
    send: (given) => {
      const stores = storesOf(given)
      return changePerson(person.id, { role: given.role, stores: stores && [...stores], version })
    },
    onDone,
  })
  const present = presentIn(form.error)
  return (
    <Dialog title={said.changeTitle(person.name)} onClose={onClose}>
      <form className={classes.form} noValidate ref={form.ref} onSubmit={form.onSubmit}>
        <RoleChoice
          form={form}
          given={form.values}
          setRole={(role) => form.set('role', role)}
          setStores={(stores) => form.set('stores', stores)}
        />
        {present === undefined ? (
          <FormEnd form={form} does={words.save}>
            <button type="button" className={classes.quiet} onClick={onClose}>
              {words.cancel}
            </button>
          </FormEnd>
        ) : (
          <div className={classes.conflict} role="alert">
            <p>{said.faster(present.name, wordsOfRole(present.role).name, storesText(present.stores, storeNames))}</p>
            <div className={classes.actions}>
              <button
                type="button"
                className={classes.secondary}
                onClick={() => {
                  setVersion(present.version)
                  form.begin(givenTo(present))
                }}
              >
                {said.goOn}
              </button>
            </div>
          </div>
        )}
      </form>
    </Dialog>
  )
}

type NewLinkProps = { readonly person: PersonItem; readonly onClose: () => void }

/** A new way in for somebody who lost theirs. */
export function NewLink({ person, onClose }: NewLinkProps) {
  const isInvitation = person.status === 'invited'
  const { mutate, data, error, isPending } = useMutation({ mutationFn: () => makeLink(person.id) })
  if (data !== undefined)
    return <MadeLink name={person.name} path={data.path} isInvitation={isInvitation} onClose={onClose} />
  return (
    <Dialog title={said.linkTitle(person.name)} onClose={onClose}>
      <p>{isInvitation ? said.linkWhyInvited : said.linkWhy}</p>
      {error !== null && (
        <p className={classes.refusal} role="alert">
          {said.noLink(messageOf(error))}
        </p>
      )}
      <div className={classes.actions}>
        <button type="button" className={classes.primary} disabled={isPending} onClick={() => mutate()} data-autofocus>
          {said.makeLink}
        </button>
        <button type="button" className={classes.quiet} onClick={onClose}>
          {words.cancel}
        </button>
      </div>
    </Dialog>
  )
}

const IS_LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

type MadeLinkProps = {
  readonly name: string
  readonly path: string
  readonly isInvitation: boolean
  readonly onClose: () => void
}

export const MadeLink = ({ name, path, isInvitation, onClose }: MadeLinkProps) => (
  <Dialog title={isInvitation ? said.invitationFor(name) : said.linkFor(name)} onClose={onClose}>
    <p>{said.passOn(name)}</p>
    <CopyLine lines={[location.origin + path]} />
    <p className={classes.light}>{said.worksOnce(isInvitation, IS_LOOPBACK.test(location.hostname))}</p>
    <div className={classes.actions}>
      <button type="button" className={classes.secondary} onClick={onClose}>
        {words.iHaveIt}
      </button>
    </div>
  </Dialog>
)
