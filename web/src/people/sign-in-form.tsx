import { useState } from 'react'
import { RefusedError } from '../reach/ask-engine.ts'
import { CodeField, digitsOf, FormEnd, PasswordField, TextField } from './fields.tsx'
import classes from './people.module.css'
import { signIn } from './requests.ts'
import { useSentForm } from './use-sent-form.ts'
import { words } from './words.ts'

const said = words.signIn
const LABELS = { email: words.theAddress, password: words.thePassword, code: words.theCode }

/** The proof was right so far, and a code of the authenticator app is asked for too. */
const asksForCode = (error: unknown): boolean =>
  error instanceof RefusedError && error.status === 401 && error.problems.some(({ field }) => field === 'code')

type Props = {
  /** The address that is known already; '': none. */
  readonly email: string
  readonly onIn: () => unknown
}

/** An address, a password, and the code of an authenticator app where one is asked for. */
export function SignInForm({ email, onIn }: Props) {
  const [withCode, setWithCode] = useState(false)
  const form = useSentForm({
    from: { email, password: '', code: '' },
    labels: LABELS,
    required: withCode ? ['email', 'password', 'code'] : ['email', 'password'],
    send: async ({ code, ...proofs }) => {
      try {
        await signIn(withCode ? { ...proofs, code: digitsOf(code) } : proofs)
      } catch (error) {
        // Asking for the code is no refusal of what was sent.
        if (withCode || !asksForCode(error)) throw error
        setWithCode(true)
        return false
      }
      return true
    },
    onDone: (isIn) => isIn && onIn(),
    focusIfRefused: 'password',
  })
  return (
    <form className={classes.form} method="post" noValidate ref={form.ref} onSubmit={form.onSubmit}>
      <TextField
        form={form}
        name="email"
        label={words.address}
        type="email"
        autoComplete="username"
        autoFocus={email === ''}
        data-autofocus={email === '' || undefined}
      />
      <PasswordField
        form={form}
        name="password"
        label={words.password}
        autoComplete="current-password"
        autoFocus={email !== ''}
        data-autofocus={email !== '' || undefined}
      />
      {withCode && <CodeField form={form} name="code" label={words.code} hint={said.codeHint} autoFocus />}
      <FormEnd form={form} does={form.busy ? said.doing : said.does} />
    </form>
  )
}
