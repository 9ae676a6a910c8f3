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
import { type Form, useForm } from './use-form.ts'
import { useStoreNames } from './use-names.ts'

const LABELS = { email: 'The address', name: 'The name', role: 'The role', stores: 'The stores' }
const CHOOSE_STORES = { stores: 'Choose the stores: one at least' }

/** A role and the stores that go with it. */
function useRole(role: Role, stores: readonly string[] | null) {
  const [chosen, setChosen] = useState({ role, stores })
  const rule = storeRuleOf(chosen.role)
  const given = rule === 'all' ? null : rule === 'some' ? (chosen.stores ?? []) : chosen.stores
  const check = () => (given !== null && given.length === 0 ? CHOOSE_STORES : ({} as Record<string, string>))
  return { role: chosen.role, stores: given, setChosen, check }
}

type RoleChoiceProps = { readonly form: Form; readonly choice: ReturnType<typeof useRole> }

const RoleChoice = ({ form, choice: { role, stores, setChosen } }: RoleChoiceProps) => (
  <>
    <Choices legend="Role" error={form.refusal.fields.role}>
      {ROLE_WORDS.map((words) => (
        <ChoiceLine
          key={words.role}
          type="radio"
          name="role"
          value={words.role}
          checked={words.role === role}
          onChange={() => setChosen({ role: words.role, stores })}
        >
          {words.name} <span className={classes.light}>{words.may}</span>
        </ChoiceLine>
      ))}
    </Choices>
    <StoreChoice
      legend="Stores"
      rule={storeRuleOf(role)}
      among={null}
      chosen={stores}
      onChange={(chosen) => setChosen({ role, stores: chosen })}
      error={form.refusal.fields.stores}
    />
  </>
)

type InviteProps = {
  readonly onDone: (invited: PersonItem & Linked) => void
  readonly onClose: () => void
}

export function InvitePerson({ onDone, onClose }: InviteProps) {
  const choice = useRole('analyst', null)
  const { role, stores, check } = choice
  const form = useForm({
    labels: LABELS,
    required: ['email'],
    check,
    send: (field) => {
      const name = field('name')
      return invite({
        email: field('email'),
        role,
        ...(name !== '' && { name }),
        ...(stores !== null && { stores: [...stores] }),
      })
    },
    onDone,
    focusIfRefused: 'email',
  })
  return (
    <Dialog title="Invite somebody" onClose={onClose}>
      <form className={classes.form} noValidate ref={form.ref} onSubmit={form.onSubmit}>
        <TextField
          form={form}
          name="email"
          label="Address"
          hint="They sign in with it. Nothing is sent: you get a link to pass on."
          type="email"
          autoComplete="off"
          data-autofocus
        />
        <TextField
          form={form}
          name="name"
          label="Name, if you like"
          hint="They can change it."
          autoComplete="off"
          autoCapitalize="words"
        />
        <RoleChoice form={form} choice={choice} />
        <FormEnd form={form} does="Make the invitation">
          <button type="button" className={classes.quiet} onClick={onClose}>
            Cancel
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
  const choice = useRole(person.role, person.stores)
  const [version, setVersion] = useState(person.version)
  const { role, stores, check } = choice
  const form = useForm({
    labels: LABELS,
    check,
    send: () => changePerson(person.id, { role, stores: stores && [...stores], version }),
    onDone,
  })
  const present = presentIn(form.error)
  return (
    <Dialog title={`Change ${person.name}`} onClose={onClose}>
      <form className={classes.form} noValidate ref={form.ref} onSubmit={form.onSubmit}>
        <RoleChoice form={form} choice={choice} />
        {present === undefined ? (
          <FormEnd form={form} does="Save">
            <button type="button" className={classes.quiet} onClick={onClose}>
              Cancel
            </button>
          </FormEnd>
        ) : (
          <div className={classes.conflict} role="alert">
            <p>
              Somebody else was faster: {present.name} is now {wordsOfRole(present.role).name} ·{' '}
              {storesText(present.stores, storeNames)}.
            </p>
            <div className={classes.actions}>
              <button
                type="button"
                className={classes.secondary}
                onClick={() => {
                  choice.setChosen({ role: present.role, stores: present.stores })
                  setVersion(present.version)
                  form.reset()
                }}
              >
                Go on from there
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
    <Dialog title={`A new link for ${person.name}`} onClose={onClose}>
      <p>
        {isInvitation
          ? 'For whoever lost the invitation: with the link they choose a password, and are in.'
          : 'For a lost password or phone: with the link they choose a new password, and are signed out everywhere else. Until they use it, nothing changes.'}
      </p>
      {error !== null && (
        <p className={classes.refusal} role="alert">
          No link was made: {messageOf(error)}
        </p>
      )}
      <div className={classes.actions}>
        <button type="button" className={classes.primary} disabled={isPending} onClick={() => mutate()} data-autofocus>
          Make the link
        </button>
        <button type="button" className={classes.quiet} onClick={onClose}>
          Cancel
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
  <Dialog title={isInvitation ? `The invitation for ${name}` : `The link for ${name}`} onClose={onClose}>
    <p>Pass this link on, to {name} alone: whoever opens it chooses the password. It is shown this once.</p>
    <CopyLine lines={[location.origin + path]} />
    <p className={classes.light}>
      It works once, for {isInvitation ? 'seven days' : 'a day'}
      {IS_LOOPBACK.test(location.hostname) && ', and in browsers of this machine alone: the engine answers to no other'}
      .
    </p>
    <div className={classes.actions}>
      <button type="button" className={classes.secondary} onClick={onClose}>
        I have it
      </button>
    </div>
  </Dialog>
)
