import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { CopyLine } from '../frame/copy-line.tsx'
import { WholePage } from '../frame/whole-page.tsx'
import { RefusedError } from '../reach/ask-engine.ts'
import { CodeField, digitsOf, FormEnd, PasswordField, TextField } from './fields.tsx'
import classes from './people.module.css'
import { accountQuery, signIn, startAnew } from './requests.ts'
import { useForm } from './use-form.ts'

const LABELS = { email: 'The address', password: 'The password', code: 'The code' }

/** The proof was right so far, and a code of the authenticator app is asked for too. */
const asksForCode = (error: unknown): boolean =>
  error instanceof RefusedError && error.status === 401 && error.problems.some(({ field }) => field === 'code')

/** For whoever is not signed in here: by address and password, or by the terminal's link. */
export function SignInPage() {
  const client = useQueryClient()
  const [withCode, setWithCode] = useState(false)
  useEffect(() => {
    // The terminal's link is opened in another tab: back here, the cookie is there.
    const lookAgain = () => void client.refetchQueries({ queryKey: accountQuery.queryKey })
    window.addEventListener('focus', lookAgain)
    return () => window.removeEventListener('focus', lookAgain)
  }, [client])
  const form = useForm({
    labels: LABELS,
    required: withCode ? ['email', 'password', 'code'] : ['email', 'password'],
    send: async (field) => {
      const proofs = { email: field('email'), password: field('password') }
      try {
        await signIn(withCode ? { ...proofs, code: digitsOf(field('code')) } : proofs)
      } catch (error) {
        // Asking for the code is no refusal of what was sent.
        if (withCode || !asksForCode(error)) throw error
        setWithCode(true)
        return false
      }
      return true
    },
    onDone: (isIn) => isIn && startAnew(client),
    focusIfRefused: 'password',
  })
  return (
    <WholePage title="Sign in">
      <form className={classes.form} method="post" noValidate ref={form.ref} onSubmit={form.onSubmit}>
        <TextField form={form} name="email" label="Address" type="email" autoComplete="username" autoFocus />
        <PasswordField form={form} name="password" label="Password" autoComplete="current-password" />
        {withCode && (
          <CodeField
            form={form}
            name="code"
            label="Code"
            hint="The six digits that your authenticator app shows for Counterflow now."
            autoFocus
          />
        )}
        <FormEnd form={form} does={form.busy ? 'Signing in…' : 'Sign in'} />
      </form>
      <section className={classes.more} aria-labelledby="first-start">
        <h2 id="first-start">First start, or no password yet?</h2>
        <p>
          The terminal printed a link when the engine started. It signs one browser in as the owner, once. If it is
          gone, this prints a new one:
        </p>
        <CopyLine lines={['npx counterflow link']} />
        <p>Whoever was invited opens the link of the invitation. A lost password: ask an owner for a new link.</p>
      </section>
    </WholePage>
  )
}
