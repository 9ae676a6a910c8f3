import { RIGHTS } from '#core/access/rights.ts'
import { PageBody } from '../frame/page-body.tsx'
import { PageLink } from '../frame/page-link.tsx'
import { Panel } from '../panel/panel.tsx'
import { ACCOUNT } from '../paths.ts'
import { useAccount } from './account-context.ts'
import classes from './people.module.css'
import { wordsOfRight } from './prepare-tokens.ts'
import { wordsOfRole } from './role-words.ts'
import { words } from './words.ts'

const said = words.home

/** The first page of those whose work is not figures: what they are here for, and how it is done. */
export function HomePage() {
  const { name, role, merchant, rights } = useAccount()
  const { name: roleName, may } = wordsOfRole(role)
  return (
    <PageBody title={said.welcome(name)} about={said.at(roleName, merchant)} narrow>
      <Panel id="may" title={said.may}>
        <ul className={classes.rights}>
          <li>{may}</li>
          {rights
            .filter((right) => right in RIGHTS && right !== 'account:manage')
            .map((right) => (
              <li key={right}>
                {wordsOfRight(right)} <code>{right}</code>
              </li>
            ))}
        </ul>
      </Panel>
      <Panel id="how" title={said.how}>
        <div className={classes.parts}>
          <p>
            {said.work}{' '}
            <PageLink to={ACCOUNT} hash="tokens">
              {said.makeToken}
            </PageLink>{' '}
            {said.forProgram} <a href="/docs">{said.docs}</a>.
          </p>
          <p className={classes.light}>{said.notYours}</p>
        </div>
      </Panel>
    </PageBody>
  )
}
