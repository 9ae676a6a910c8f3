import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { PageBody } from '../frame/page-body.tsx'
import { useGoTo } from '../frame/page-path.ts'
import { DoneIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { HOME } from '../paths.ts'
import { useAccount } from './account-context.ts'
import { FormEnd, PasswordField, TextField, WhosePassword } from './fields.tsx'
import classes from './people.module.css'
import { storesText } from './prepare-people.ts'
import { presentIn } from './present-in.ts'
import { accountQuery, changeAccount, changePassword, endHere, sessionsQuery, signOut } from './requests.ts'
import { wordsOfRole } from './role-words.ts'
import { SessionsCard } from './sessions-card.tsx'
import { TokensCard } from './tokens-card.tsx'
import { TotpCard } from './totp-card.tsx'
import { useStoreNames } from './use-names.ts'
import { useSentForm } from './use-sent-form.ts'
import { words } from './words.ts'

const said = words.account

/** What is one's own: name, proofs, sessions, tokens. */
export function AccountPage() {
  const { name, role, merchant, stores } = useAccount()
  const storeNames = useStoreNames()
  useEffect(() => {
    // Links lead to parts of this page, which was not there when the browser looked for them.
    if (location.hash !== '') document.getElementById(location.hash.slice(1))?.scrollIntoView()
  }, [])
  return (
    <PageBody title={name} about={said.at(wordsOfRole(role).name, merchant, storesText(stores, storeNames))} narrow>
      <div className={classes.columns}>
        <WhoCard />
        <PasswordCard />
        <TotpCard />
        <SignOutCard />
      </div>
      <SessionsCard />
      <TokensCard />
    </PageBody>
  )
}

const WHO_LABELS = { name: words.theName, email: words.theAddress }

function WhoCard() {
  const client = useQueryClient()
  const { name, email, version } = useAccount()
  const [saved, setSaved] = useState(false)
  // What the form began with: it is not changed under the fingers of whoever writes.
  const [from, setFrom] = useState({ name, email, version })
  const valuesOf = (person: typeof from) => ({ name: person.name, email: person.email ?? '' })
  const beginWith = (person: typeof from) => {
    setFrom(person)
    form.begin(valuesOf(person))
  }
  const form = useSentForm({
    from: valuesOf(from),
    labels: WHO_LABELS,
    required: email === null ? ['name'] : ['name', 'email'],
    send: (values) => {
      setSaved(false)
      return changeAccount({
        name: values.name,
        version: from.version,
        ...(values.email !== '' && { email: values.email }),
      })
    },
    onDone: (account) => {
      client.setQueryData(accountQuery.queryKey, account)
      beginWith(account)
      setSaved(true)
    },
  })
  const present = presentIn(form.error)
  return (
    <Panel id="who" title={said.who}>
      <div className={classes.parts}>
        {email === null && <p>{said.setAddress}</p>}
        <form className={classes.form} noValidate ref={form.ref} onSubmit={form.onSubmit}>
          <TextField form={form} name="name" label={words.name} autoComplete="name" autoCapitalize="words" />
          <TextField
            form={form}
            name="email"
            label={words.address}
            hint={said.addressHint}
            type="email"
            autoComplete="email"
          />
          {present !== undefined && (
            <div className={classes.conflict}>
              <p>{said.isNow(present.name, present.email)}</p>
              <button type="button" className={classes.secondary} onClick={() => beginWith(present)}>
                {said.showNow}
              </button>
            </div>
          )}
          <FormEnd form={form} among does={words.save}>
            <Said text={saved && !form.isDirty ? words.saved : ''} />
          </FormEnd>
        </form>
      </div>
    </Panel>
  )
}

/** Said beside a button once it was done. */
function Said({ text }: { readonly text: string }) {
  return (
    <span role="status" className={classes.said}>
      {text !== '' && <DoneIcon />}
      {text}
    </span>
  )
}

const PASSWORD_LABELS = { currentPassword: words.thePresentPassword, newPassword: words.theNewPassword }
const PASSWORD_ALIASES = { current: 'currentPassword', next: 'newPassword', password: 'newPassword' }
const NO_PASSWORDS = { currentPassword: '', newPassword: '' }

function PasswordCard() {
  const client = useQueryClient()
  const { hasPassword, email } = useAccount()
  const [saved, setSaved] = useState(false)
  const form = useSentForm({
    from: NO_PASSWORDS,
    labels: PASSWORD_LABELS,
    aliases: PASSWORD_ALIASES,
    required: hasPassword ? ['currentPassword', 'newPassword'] : ['newPassword'],
    send: ({ currentPassword, newPassword }) =>
      changePassword({ next: newPassword, ...(hasPassword && { current: currentPassword }) }),
    onDone: () => {
      setSaved(true)
      form.begin(NO_PASSWORDS)
      for (const { queryKey } of [accountQuery, sessionsQuery]) void client.invalidateQueries({ queryKey })
    },
    focusIfRefused: 'currentPassword',
  })
  return (
    <Panel id="password" title={hasPassword ? said.changePassword : said.setPassword}>
      {email === null ? (
        <p>{said.needsAddress}</p>
      ) : (
        <form className={classes.form} method="post" noValidate ref={form.ref} onSubmit={form.onSubmit}>
          <WhosePassword email={email} />
          {hasPassword && (
            <PasswordField
              form={form}
              name="currentPassword"
              label={words.presentPassword}
              autoComplete="current-password"
            />
          )}
          <PasswordField
            form={form}
            name="newPassword"
            label={words.newPassword}
            hint={said.passwordHint}
            autoComplete="new-password"
          />
          <FormEnd form={form} among does={hasPassword ? said.change : said.set}>
            <Said text={saved && !form.isDirty ? said.passwordDone : ''} />
          </FormEnd>
        </form>
      )}
    </Panel>
  )
}

function SignOutCard() {
  const client = useQueryClient()
  const goTo = useGoTo()
  const form = useSentForm({
    from: {},
    labels: {},
    send: signOut,
    onDone: () => {
      endHere(client)
      goTo(HOME)
    },
  })
  return (
    <Panel id="sign-out" title={said.out}>
      <form className={classes.form} ref={form.ref} onSubmit={form.onSubmit}>
        <p>{said.outWhy}</p>
        <FormEnd form={form} among does={said.outHere} />
      </form>
    </Panel>
  )
}
