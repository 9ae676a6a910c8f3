import type { ComponentType } from 'react'
import type { Right } from '#core/access/rights.ts'
import {
  AlertsIcon,
  AuditIcon,
  ForecastIcon,
  HomeIcon,
  type IconProps,
  ImportsIcon,
  IntegrationsIcon,
  ItemIcon,
  ModelsIcon,
  NoticesIcon,
  OverviewIcon,
  PeopleIcon,
  PersonIcon,
  QualityIcon,
  RefundsIcon,
  SalesIcon,
  SettingsIcon,
  StockIcon,
  StoreIcon,
  TransactionsIcon,
} from './icons.tsx'
import { type LazyPart, lazyPage } from './lazy-part.tsx'
import { OverviewPage } from './overview/index.ts'
import {
  ACCOUNT,
  ALERTS,
  AUDIT,
  FORECAST,
  HOME,
  IMPORTS,
  INTEGRATIONS,
  INVENTORY,
  ITEM,
  MANAGER,
  MODELS,
  NOTICES,
  PEOPLE,
  QUALITY,
  REFUNDS,
  SALES,
  SETTINGS,
  STORES,
  TRANSACTION,
  TRANSACTIONS,
} from './paths.ts'

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
  readonly Page: ComponentType | LazyPart<object>
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
    scoped: true,
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
    path: ALERTS,
    name: 'Alerts',
    group: 'today',
    Icon: AlertsIcon,
    Page: lazyPage(async () => (await import('./alerts/alerts-page.tsx')).AlertsPage),
    keys: 'g a',
    needs: 'figures:read',
  },
  {
    path: MANAGER,
    name: 'Store manager',
    group: 'stock',
    Icon: StoreIcon,
    Page: lazyPage(async () => (await import('./manager/manager-page.tsx')).ManagerPage),
    keys: 'g v',
    needs: 'figures:read',
  },
  {
    path: INVENTORY,
    name: 'Inventory',
    group: 'stock',
    Icon: StockIcon,
    Page: lazyPage(async () => (await import('./inventory/inventory-page.tsx')).InventoryPage),
    keys: 'g i',
    needs: 'figures:read',
  },
  {
    path: FORECAST,
    name: 'Forecast',
    group: 'stock',
    Icon: ForecastIcon,
    Page: lazyPage(async () => (await import('./forecast/forecast-page.tsx')).ForecastPage),
    keys: 'g d',
    needs: 'figures:read',
  },
  {
    path: ITEM,
    name: 'Products',
    group: 'stock',
    Icon: ItemIcon,
    Page: lazyPage(async () => (await import('./item/look-up-page.tsx')).LookUpPage),
    keys: 'g l',
    needs: 'figures:read',
  },
  {
    path: `${ITEM}/$productId`,
    name: 'Product',
    group: 'stock',
    Icon: ItemIcon,
    Page: lazyPage(async () => (await import('./item/item-page.tsx')).ItemPage),
    needs: 'figures:read',
    hidden: true,
  },
  {
    path: SALES,
    name: 'Sales',
    group: 'sales',
    Icon: SalesIcon,
    Page: lazyPage(async () => (await import('./sales/sales-page.tsx')).SalesPage),
    keys: 'g s',
    needs: 'figures:read',
    scoped: true,
  },
  {
    path: STORES,
    name: 'Stores',
    group: 'sales',
    Icon: StoreIcon,
    Page: lazyPage(async () => (await import('./stores/stores-page.tsx')).StoresPage),
    keys: 'g e',
    needs: 'figures:read',
    scoped: true,
  },
  {
    path: `${STORES}/$storeId`,
    name: 'Store',
    group: 'sales',
    Icon: StoreIcon,
    Page: lazyPage(async () => (await import('./stores/store-page.tsx')).StorePage),
    needs: 'figures:read',
    hidden: true,
    scoped: true,
  },
  {
    path: REFUNDS,
    name: 'Refunds',
    group: 'sales',
    Icon: RefundsIcon,
    Page: lazyPage(async () => (await import('./refunds/refunds-page.tsx')).RefundsPage),
    keys: 'g r',
    needs: 'figures:read',
    scoped: true,
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
    path: MODELS,
    name: 'ML performance',
    group: 'models',
    Icon: ModelsIcon,
    Page: lazyPage(async () => (await import('./models/models-page.tsx')).ModelsPage),
    keys: 'g b',
    needs: 'models:read',
  },
  {
    path: INTEGRATIONS,
    name: 'Integrations',
    group: 'data',
    Icon: IntegrationsIcon,
    Page: lazyPage(async () => (await import('./integrations/integrations-page.tsx')).IntegrationsPage),
    keys: 'g c',
    needs: 'integrations:read',
  },
  {
    path: `${INTEGRATIONS}/$connectionId`,
    name: 'Connection',
    group: 'data',
    Icon: IntegrationsIcon,
    Page: lazyPage(async () => (await import('./integrations/connection-page.tsx')).ConnectionPage),
    needs: 'integrations:read',
    hidden: true,
  },
  {
    path: IMPORTS,
    name: 'Imports',
    group: 'data',
    Icon: ImportsIcon,
    Page: lazyPage(async () => (await import('./imports/imports-page.tsx')).ImportsPage),
    keys: 'g f',
    needs: 'events:send',
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
    Page: lazyPage(async () => (await import('./audit/audit-page.tsx')).AuditPage),
    keys: 'g h',
    needs: 'audit:read',
  },
  {
    path: SETTINGS,
    name: 'Settings',
    group: 'settings',
    Icon: SettingsIcon,
    Page: lazyPage(async () => (await import('./settings/settings-page.tsx')).SettingsPage),
    keys: 'g ,',
    needs: 'settings:read',
  },
  {
    path: NOTICES,
    name: 'Notices',
    group: 'settings',
    Icon: NoticesIcon,
    Page: lazyPage(async () => (await import('./notices/notices-page.tsx')).NoticesPage),
    keys: 'g n',
    needs: 'account:manage',
  },
  {
    path: PEOPLE,
    name: 'Users and access',
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
