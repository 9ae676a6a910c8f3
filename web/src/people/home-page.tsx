import { RIGHTS } from '#core/access/rights.ts'
import { PageLink } from '../frame/page-link.tsx'
import { ACCOUNT } from '../paths.ts'
import { useAccount } from './account-context.ts'
import classes from './people.module.css'
import { wordsOfRight } from './prepare-tokens.ts'
import { wordsOfRole } from './role-words.ts'

/** The first page of those whose work is not figures: what they are here for, and how it is done. */
export function HomePage() {
  const { name, role, merchant, rights } = useAccount()
  const { name: roleName, may } = wordsOfRole(role)
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>Welcome, {name}</h1>
        <p>
          {roleName} at {merchant}
        </p>
      </header>
      <section className={classes.card} aria-labelledby="may-title">
        <h2 id="may-title">What you may do here</h2>
        <p>{may}</p>
        <ul className={classes.rights}>
          {rights
            .filter((right) => right in RIGHTS && right !== 'account:manage')
            .map((right) => (
              <li key={right}>
                {wordsOfRight(right)} <code>{right}</code>
              </li>
            ))}
        </ul>
      </section>
      <section className={classes.card} aria-labelledby="how-title">
        <h2 id="how-title">How it is done</h2>
        <p>
          Your work goes through the engine’s API:{' '}
          <PageLink to={ACCOUNT} hash="tokens">
            make a token
          </PageLink>{' '}
          for the program that does it, with no more rights than it needs. The API’s own description is at{' '}
          <a href="/openapi.json">/openapi.json</a>.
        </p>
        <p className={classes.light}>
          Figures, stock and alerts are not part of your role. If you need them, an owner can change it under People.
        </p>
      </section>
    </div>
  )
}
