import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { JoinAnswer } from '#core/api/people.ts'
import { PageLink } from '../frame/page-link.tsx'
import { useGoTo } from '../frame/page-path.ts'
import { TryAgain, WholePage } from '../frame/whole-page.tsx'
import { HOME, JOIN } from '../paths.ts'
import { RefusedError } from '../reach/ask-engine.ts'
import { FormEnd, PasswordField, TextField, WhosePassword } from './fields.tsx'
import classes from './people.module.css'
import { accountQuery, join, readJoinLink, startAnew } from './requests.ts'
import { wordsOfRole } from './role-words.ts'
import { useForm } from './use-form.ts'

/** What a link of an invitation, or of a lost password, leads to. */
export function JoinPage() {
  const [code] = useState(() => new URLSearchParams(location.search).get('code') ?? '')
  useEffect(() => {
    // Whoever has the code gets in: it stays neither in the address bar nor in the history.
    if (code !== '') history.replaceState(null, '', `/app${JOIN}`)
  }, [code])
  const link = useQuery({
    queryKey: ['join-link', code],
    queryFn: ({ signal }) => readJoinLink(code, signal),
    enabled: code !== '',
    gcTime: 0,
  })
  const { data, error, refetch, isFetching } = link
  if (code === '' || (error instanceof RefusedError && error.status === 401)) return <Spent />
  if (error !== null) {
    return (
      <WholePage title="The link could not be read">
        <p>{error.message}. The link was not used: try again in a moment.</p>
        <TryAgain again={() => void refetch()} busy={isFetching} />
      </WholePage>
    )
  }
  return data === undefined ? null : <Join code={code} joining={data} />
}

function Spent() {
  return (
    <WholePage title="This link does not let anybody in">
      <p>A link works once, and an invitation for seven days. This one was used, is too old, or is not whole.</p>
      <ul className={classes.ways}>
        <li>
          You chose a password with it already? <PageLink to={HOME}>Sign in.</PageLink>
        </li>
        <li>You did not? Ask whoever sent it for a new one: an owner makes it under People.</li>
      </ul>
    </WholePage>
  )
}

const LABELS = { name: 'The name', password: 'The password' }

function Join({ code, joining }: { readonly code: string; readonly joining: JoinAnswer }) {
  const { email, name, merchant, role, for: use } = joining
  const isInvited = use === 'invitation'
  const client = useQueryClient()
  const goTo = useGoTo()
  const { data: present } = useQuery(accountQuery)
  const form = useForm({
    labels: LABELS,
    required: isInvited ? ['name', 'password'] : ['password'],
    send: (field) => join({ code, password: field('password'), ...(isInvited && { name: field('name') }) }),
    onDone: async () => {
      await startAnew(client)
      goTo(HOME, { replace: true })
    },
    focusIfRefused: 'password',
  })
  // Somebody else, or this tab before, was faster.
  if (form.error instanceof RefusedError && form.error.status === 401) return <Spent />
  const { name: roleName, may } = wordsOfRole(role)
  return (
    <WholePage title={isInvited ? `Join ${merchant}` : 'Choose a new password'}>
      <dl className={classes.facts}>
        <div>
          <dt>Merchant</dt>
          <dd>{merchant}</dd>
        </div>
        <div>
          <dt>You are</dt>
          <dd>
            {roleName}
            <span className={classes.light}>{may}</span>
          </dd>
        </div>
        <div>
          <dt>You sign in as</dt>
          <dd>{email}</dd>
        </div>
      </dl>
      {!isInvited && (
        <p>
          With the new password you are signed out everywhere else, and an authenticator app is taken off: set it up
          again under Account.
        </p>
      )}
      {present && <p>This browser is signed in as {present.name}: that ends when you go on.</p>}
      <form className={classes.form} method="post" noValidate ref={form.ref} onSubmit={form.onSubmit}>
        <WhosePassword email={email} />
        {isInvited && (
          <TextField
            form={form}
            name="name"
            label="Your name"
            hint="As the others shall see it."
            autoComplete="name"
            autoCapitalize="words"
            defaultValue={name}
            autoFocus
          />
        )}
        <PasswordField
          form={form}
          name="password"
          label="Password"
          hint="Ten characters or more: several words that do not belong together are good."
          autoComplete="new-password"
          autoFocus={!isInvited}
        />
        <FormEnd form={form} does={isInvited ? `Join ${merchant}` : 'Keep this password'} />
      </form>
    </WholePage>
  )
}
