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
import { useSentForm } from './use-sent-form.ts'
import { words } from './words.ts'

const said = words.join

/** What a link of an invitation, or of a lost password, leads to. */
export function JoinPage() {
  const [code] = useState(() => new URLSearchParams(location.search).get('code') ?? '')
  useEffect(() => {
    // Whoever has the code gets in: it stays neither in the address bar nor in the history.
    if (code !== '') history.replaceState(history.state, '', `/app${JOIN}`)
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
      <WholePage title={said.notRead}>
        <p>{said.notReadWhy(error.message)}</p>
        <TryAgain again={() => void refetch()} busy={isFetching} />
      </WholePage>
    )
  }
  return data === undefined ? null : <Join code={code} joining={data} />
}

function Spent() {
  return (
    <WholePage title={said.spent}>
      <p>{said.spentWhy}</p>
      <ul className={classes.ways}>
        <li>
          {said.spentKnown} <PageLink to={HOME}>{said.spentSignIn}</PageLink>
        </li>
        <li>{said.spentUnknown}</li>
      </ul>
    </WholePage>
  )
}

const LABELS = { name: words.theName, password: words.thePassword }

function Join({ code, joining }: { readonly code: string; readonly joining: JoinAnswer }) {
  const { email, name, merchant, role, for: use } = joining
  const isInvited = use === 'invitation'
  const client = useQueryClient()
  const goTo = useGoTo()
  const { data: present } = useQuery(accountQuery)
  const form = useSentForm({
    from: { name, password: '' },
    labels: LABELS,
    required: isInvited ? ['name', 'password'] : ['password'],
    send: (values) => join({ code, password: values.password, ...(isInvited && { name: values.name }) }),
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
    <WholePage title={isInvited ? said.joinTitle(merchant) : said.resetTitle}>
      <dl className={classes.facts}>
        <div>
          <dt>{said.merchant}</dt>
          <dd>{merchant}</dd>
        </div>
        <div>
          <dt>{said.youAre}</dt>
          <dd>
            {roleName}
            <span className={classes.light}>{may}</span>
          </dd>
        </div>
        <div>
          <dt>{said.youSignInAs}</dt>
          <dd>{email}</dd>
        </div>
      </dl>
      {!isInvited && <p>{said.resetWhy}</p>}
      {present && <p>{said.otherHere(present.name)}</p>}
      <form className={classes.form} method="post" noValidate ref={form.ref} onSubmit={form.onSubmit}>
        <WhosePassword email={email} />
        {isInvited && (
          <TextField
            form={form}
            name="name"
            label={said.yourName}
            hint={said.yourNameHint}
            autoComplete="name"
            autoCapitalize="words"
            autoFocus
          />
        )}
        <PasswordField
          form={form}
          name="password"
          label={words.password}
          hint={said.passwordHint}
          autoComplete="new-password"
          autoFocus={!isInvited}
        />
        <FormEnd form={form} does={isInvited ? said.joinTitle(merchant) : said.keep} />
      </form>
    </WholePage>
  )
}
