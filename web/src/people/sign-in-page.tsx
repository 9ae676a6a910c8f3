import { useQueryClient } from '@tanstack/react-query'
import { CopyLine } from '../frame/copy-line.tsx'
import { WholePage } from '../frame/whole-page.tsx'
import classes from './people.module.css'
import { startAnew } from './requests.ts'
import { SignInForm } from './sign-in-form.tsx'
import { useLookAgain } from './use-look-again.ts'
import { words } from './words.ts'

const said = words.signIn

/** For whoever is not signed in here: by address and password, or by the terminal's link. */
export function SignInPage() {
  const client = useQueryClient()
  useLookAgain()
  return (
    <WholePage title={said.title}>
      <SignInForm email="" onIn={() => startAnew(client)} />
      <section className={classes.more} aria-labelledby="first-start">
        <h2 id="first-start">{said.firstTitle}</h2>
        <p>{said.firstWhy}</p>
        <CopyLine lines={['npx counterflow link']} />
        <p>{said.others}</p>
      </section>
    </WholePage>
  )
}
