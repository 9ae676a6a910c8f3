import type { ComponentType } from 'react'
import type { Right } from '#core/access/rights.ts'
import {
  AuditIcon,
  HomeIcon,
  type IconProps,
  OverviewIcon,
  PeopleIcon,
  PersonIcon,
  QualityIcon,
  TransactionsIcon,
} from './icons.tsx'
import { lazyPage } from './lazy-page.tsx'
import { OverviewPage } from './overview/index.ts'
import { ACCOUNT, AUDIT, HOME, PEOPLE, QUALITY, TRANSACTION, TRANSACTIONS } from './paths.ts'

/** The navigation's groups, in its order. One without a page is not shown. */
export const GROUPS = {
  today: 'Today',
  stock: 'Stock',
  sales: 'Sales',
  customers: 'Customers',
  growth: 'Growth',
  models: 'Models',
  data: 'Data',
  settings: 'Settings',
} as const

export type Page = {
  /** Below `/app`; `$id` is one segment. */
  readonly path: string
  readonly name: string
  readonly group: keyof typeof GROUPS
  readonly Icon: ComponentType<IconProps>
  readonly Page: ComponentType
  /** Two keys pressed in turn that lead here. */
  readonly keys?: string
  /** The right that it needs. */
  readonly needs: Right
  /** It stands in for a page that needs this right, for those who have it not. */
  readonly without?: Right
  /** No line in the navigation: other pages lead here. */
  readonly hidden?: true
  /** Its figures are of the period and part of the trade that the bar above it says. */
  readonly scoped?: true
}

/** Every page there is. A page is one entry here and one folder beside this file. */
export const pages: readonly Page[] = [
  {
    path: HOME,
    name: 'Overview',
    group: 'today',
    Icon: OverviewIcon,
    Page: OverviewPage,
    keys: 'g o',
    needs: 'figures:read',
  },
  {
    path: HOME,
    name: 'Home',
    group: 'today',
    Icon: HomeIcon,
    Page: lazyPage(async () => (await import('./people/home-page.tsx')).HomePage),
    keys: 'g o',
    needs: 'account:manage',
    without: 'figures:read',
  },
  {
    path: TRANSACTIONS,
    name: 'Transactions',
    group: 'sales',
    Icon: TransactionsIcon,
    Page: lazyPage(async () => (await import('./transactions/transactions-page.tsx')).TransactionsPage),
    keys: 'g t',
    needs: 'figures:read',
    scoped: true,
  },
  {
    path: TRANSACTION,
    name: 'Event',
    group: 'sales',
    Icon: TransactionsIcon,
    Page: lazyPage(async () => (await import('./transactions/event-page.tsx')).EventPage),
    needs: 'figures:read',
    hidden: true,
  },
  {
    path: QUALITY,
    name: 'Data quality',
    group: 'data',
    Icon: QualityIcon,
    Page: lazyPage(async () => (await import('./quality/quality-page.tsx')).QualityPage),
    keys: 'g q',
    needs: 'quality:read',
  },
  {
    path: AUDIT,
    name: 'Audit',
    group: 'data',
    Icon: AuditIcon,
    Page: lazyPage(async () => (await import('./people/audit-page.tsx')).AuditPage),
    keys: 'g h',
    needs: 'audit:read',
  },
  {
    path: PEOPLE,
    name: 'People',
    group: 'settings',
    Icon: PeopleIcon,
    Page: lazyPage(async () => (await import('./people/people-page.tsx')).PeoplePage),
    keys: 'g p',
    needs: 'users:manage',
  },
  {
    path: ACCOUNT,
    name: 'Account',
    group: 'settings',
    Icon: PersonIcon,
    Page: lazyPage(async () => (await import('./people/account-page.tsx')).AccountPage),
    keys: 'g m',
    needs: 'account:manage',
    // Whoever is signed in stands in the bar.
    hidden: true,
  },
]

/** The pages that somebody with these rights may see. */
export const pagesFor = (rights: readonly Right[]): readonly Page[] =>
  pages.filter(({ needs, without }) => rights.includes(needs) && (without === undefined || !rights.includes(without)))
