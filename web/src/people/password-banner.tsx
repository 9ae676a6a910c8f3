import { useLocalStorage } from '@mantine/hooks'
import { PageLink } from '../frame/page-link.tsx'
import { PersonIcon } from '../icons.tsx'
import { ACCOUNT } from '../paths.ts'
import { useNow } from '../reach/use-now.ts'
import { useAccount } from './account-context.ts'
import classes from './people.module.css'
import { isAskedForPassword } from './prepare-password-banner.ts'
import { words } from './words.ts'

const said = words.banner

/** For an owner who came by the terminal's link and has no password yet. It can be put off. */
export function PasswordBanner() {
  const account = useAccount()
  const nowMs = useNow()
  const [askAgainAt, setAskAgainAt] = useLocalStorage({
    key: `counterflow-password-later-${account.id}`,
    defaultValue: 0,
    getInitialValueInEffect: false,
  })
  if (!isAskedForPassword(account, askAgainAt, nowMs)) return null
  return (
    <section className={classes.banner} aria-label={said.region}>
      <PersonIcon size={18} />
      <p>
        <strong>{said.title}</strong> {said.why}
      </p>
      <PageLink to={ACCOUNT} hash={account.email === null ? 'who' : 'password'} className={classes.secondary}>
        {said.does}
      </PageLink>
      <button type="button" className={classes.quiet} onClick={() => setAskAgainAt(nowMs + LATER_MS)}>
        {said.later}
      </button>
    </section>
  )
}

const LATER_MS = 7 * 24 * 3_600_000
