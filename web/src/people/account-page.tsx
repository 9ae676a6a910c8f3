import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useGoTo } from '../frame/page-path.ts'
import { DoneIcon } from '../icons.tsx'
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
import { useForm } from './use-form.ts'
import { useStoreNames } from './use-names.ts'

/** What is one's own: name, proofs, sessions, tokens. */
export function AccountPage() {
  const { name, role, merchant, stores } = useAccount()
  const storeNames = useStoreNames()
  useEffect(() => {
    // Links lead to parts of this page, which was not there when the browser looked for them.
    if (location.hash !== '') document.getElementById(location.hash.slice(1))?.scrollIntoView()
  }, [])
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{name}</h1>
        <p>
          {wordsOfRole(role).name} at {merchant} · {storesText(stores, storeNames)}
        </p>
      </header>
      <div className={classes.columns}>
        <WhoCard />
        <PasswordCard />
        <TotpCard />
        <SignOutCard />
      </div>
      <SessionsCard />
      <TokensCard />
    </div>
  )
}

const WHO_LABELS = { name: 'The name', email: 'The address' }

function WhoCard() {
  const client = useQueryClient()
  const { name, email, version } = useAccount()
  const [saved, setSaved] = useState(false)
  // What the form began with: it is not changed under the fingers of whoever writes.
  const [from, setFrom] = useState({ name, email, version })
  const form = useForm({
    labels: WHO_LABELS,
    required: email === null ? ['name'] : ['name', 'email'],
    send: (field) => {
      setSaved(false)
      const address = field('email')
      return changeAccount({ name: field('name'), version: from.version, ...(address !== '' && { email: address }) })
    },
    onDone: (account) => {
      client.setQueryData(accountQuery.queryKey, account)
      setFrom(account)
      setSaved(true)
    },
  })
  const present = presentIn(form.error)
  return (
    <section className={classes.card} aria-labelledby="who-title">
      <h2 id="who-title">Name and address</h2>
      {email === null && (
        <p>Set an address, then a password beside it: with both you sign in without the terminal’s link.</p>
      )}
      <form key={from.version} className={classes.form} noValidate ref={form.ref} onSubmit={form.onSubmit}>
        <TextField
          form={form}
          name="name"
          label="Name"
          autoComplete="name"
          autoCapitalize="words"
          defaultValue={from.name}
        />
        <TextField
          form={form}
          name="email"
          label="Address"
          hint="You sign in with it."
          type="email"
          autoComplete="email"
          defaultValue={from.email ?? ''}
        />
        {present !== undefined && (
          <div className={classes.conflict}>
            <p>
              It is now “{present.name}”, {present.email ?? 'without an address'}.
            </p>
            <button
              type="button"
              className={classes.secondary}
              onClick={() => {
                form.reset()
                setFrom(present)
              }}
            >
              Show what is there now
            </button>
          </div>
        )}
        <FormEnd form={form} among does="Save">
          <Said text={saved ? 'Saved' : ''} />
        </FormEnd>
      </form>
    </section>
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

const PASSWORD_LABELS = { currentPassword: 'The present password', newPassword: 'The new password' }
const PASSWORD_ALIASES = { current: 'currentPassword', next: 'newPassword', password: 'newPassword' }

function PasswordCard() {
  const client = useQueryClient()
  const { hasPassword, email } = useAccount()
  const [saved, setSaved] = useState(0)
  const form = useForm({
    labels: PASSWORD_LABELS,
    aliases: PASSWORD_ALIASES,
    required: hasPassword ? ['currentPassword', 'newPassword'] : ['newPassword'],
    send: (field) =>
      changePassword({ next: field('newPassword'), ...(hasPassword && { current: field('currentPassword') }) }),
    onDone: () => {
      setSaved(saved + 1)
      for (const { queryKey } of [accountQuery, sessionsQuery]) void client.invalidateQueries({ queryKey })
    },
    focusIfRefused: 'currentPassword',
  })
  return (
    <section className={classes.card} aria-labelledby="password-title">
      <h2 id="password-title">{hasPassword ? 'Change the password' : 'Set a password'}</h2>
      {email === null ? (
        <p>It needs an address to go with it: set that first.</p>
      ) : (
        <form key={saved} className={classes.form} method="post" noValidate ref={form.ref} onSubmit={form.onSubmit}>
          <WhosePassword email={email} />
          {hasPassword && (
            <PasswordField
              form={form}
              name="currentPassword"
              label="Present password"
              autoComplete="current-password"
            />
          )}
          <PasswordField
            form={form}
            name="newPassword"
            label="New password"
            hint="Ten characters or more. Every other session ends."
            autoComplete="new-password"
          />
          <FormEnd form={form} among does={hasPassword ? 'Change' : 'Set'}>
            <Said text={saved > 0 ? 'Done: every other session has ended' : ''} />
          </FormEnd>
        </form>
      )}
    </section>
  )
}

function SignOutCard() {
  const client = useQueryClient()
  const goTo = useGoTo()
  const form = useForm({
    labels: {},
    send: signOut,
    onDone: () => {
      endHere(client)
      goTo(HOME)
    },
  })
  return (
    <section className={classes.card} aria-labelledby="out-title">
      <h2 id="out-title">Sign out</h2>
      <p>Ends the session of this browser, and no other.</p>
      <form className={classes.form} ref={form.ref} onSubmit={form.onSubmit}>
        <FormEnd form={form} among does="Sign out here" />
      </form>
    </section>
  )
}
