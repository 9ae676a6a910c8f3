import type { ComponentType } from 'react'
import type { Right } from '#core/access/rights.ts'
import {
  AlertsIcon,
  AuditIcon,
  HomeIcon,
  type IconProps,
  OverviewIcon,
  PeopleIcon,
  PersonIcon,
  SalesIcon,
} from './icons.tsx'
import { lazyPage } from './lazy-page.tsx'
import { OverviewPage } from './overview/index.ts'
import { ACCOUNT, AUDIT, HOME, PEOPLE } from './paths.ts'

type Section = { readonly id: string; readonly name: string; readonly Icon: ComponentType<IconProps> }
export type Page = {
  readonly path: string
  readonly name: string
  readonly Icon: ComponentType<IconProps>
  readonly Page: ComponentType
  /** Two keys pressed in turn that lead here. */
  readonly keys: string
  /** The right that it needs. */
  readonly needs: Right
  /** It stands in for a page that needs this right, for those who have it not. */
  readonly without?: Right
  /** In the navigation; else somewhere else in the frame. */
  readonly listed: boolean
  /** Parts of the page that the navigation leads to. */
  readonly sections: readonly Section[]
}

const listed = { listed: true, sections: [] } as const

/** Every page there is. A page is one entry here and one folder beside this file. */
export const pages: readonly Page[] = [
  {
    path: HOME,
    name: 'Overview',
    Icon: OverviewIcon,
    Page: OverviewPage,
    keys: 'g o',
    needs: 'figures:read',
    listed: true,
    sections: [
      { id: 'alerts', name: 'Alerts', Icon: AlertsIcon },
      { id: 'sales', name: 'Sales', Icon: SalesIcon },
    ],
  },
  {
    ...listed,
    path: HOME,
    name: 'Home',
    Icon: HomeIcon,
    Page: lazyPage(async () => (await import('./people/home-page.tsx')).HomePage),
    keys: 'g o',
    needs: 'account:manage',
    without: 'figures:read',
  },
  {
    ...listed,
    path: PEOPLE,
    name: 'People',
    Icon: PeopleIcon,
    Page: lazyPage(async () => (await import('./people/people-page.tsx')).PeoplePage),
    keys: 'g p',
    needs: 'users:manage',
  },
  {
    ...listed,
    path: AUDIT,
    name: 'Audit',
    Icon: AuditIcon,
    Page: lazyPage(async () => (await import('./people/audit-page.tsx')).AuditPage),
    keys: 'g h',
    needs: 'audit:read',
  },
  {
    ...listed,
    path: ACCOUNT,
    name: 'Account',
    Icon: PersonIcon,
    Page: lazyPage(async () => (await import('./people/account-page.tsx')).AccountPage),
    keys: 'g m',
    needs: 'account:manage',
    // Whoever is signed in stands in the bar.
    listed: false,
  },
]

/** The pages that somebody with these rights may see. */
export const pagesFor = (rights: readonly Right[]): readonly Page[] =>
  pages.filter(({ needs, without }) => rights.includes(needs) && (without === undefined || !rights.includes(without)))
