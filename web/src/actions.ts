import type { ComponentType } from 'react'
import type { Right } from '#core/access/rights.ts'
import {
  AddIcon,
  AlertsIcon,
  EditIcon,
  type IconProps,
  ImportsIcon,
  IntegrationsIcon,
  PersonIcon,
  PlayIcon,
  QualityIcon,
  ReordersIcon,
  SettingsIcon,
  SignOutIcon,
  SoldOutIcon,
} from './icons.tsx'
import {
  ACCOUNT,
  ALERTS,
  IMPORTS,
  INTEGRATIONS,
  INVENTORY,
  PEOPLE,
  QUALITY,
  REORDERS,
  RUNS,
  SETTINGS,
} from './paths.ts'

export type Action = {
  readonly name: string
  readonly Icon: ComponentType<IconProps>
  /** Of the page that does it. */
  readonly path: string
  /** What the page opens at once, as its address says it. */
  readonly search?: Readonly<Record<string, string>>
  /** The right that it needs, besides that of the page. */
  readonly needs: Right
}

/** What people do often, for the palette. */
export const actions: readonly Action[] = [
  {
    name: 'Receive, count or adjust stock',
    Icon: EditIcon,
    path: INVENTORY,
    search: { do: 'change' },
    needs: 'stock:change',
  },
  {
    name: 'Show stock at risk',
    Icon: SoldOutIcon,
    path: INVENTORY,
    search: { risk: 'any' },
    needs: 'figures:read',
  },
  { name: 'Acknowledge alerts', Icon: AlertsIcon, path: ALERTS, needs: 'alerts:handle' },
  { name: 'Decide what to order', Icon: ReordersIcon, path: REORDERS, needs: 'reorders:decide' },
  { name: 'Import a file', Icon: ImportsIcon, path: IMPORTS, needs: 'events:send' },
  {
    name: 'Connect a marketplace or shop',
    Icon: IntegrationsIcon,
    path: INTEGRATIONS,
    search: { do: 'connect' },
    needs: 'integrations:change',
  },
  { name: 'Replay or discard what was set aside', Icon: QualityIcon, path: QUALITY, needs: 'quarantine:decide' },
  { name: 'Have a chain run', Icon: PlayIcon, path: RUNS, needs: 'runs:start' },
  { name: 'Change thresholds and currency', Icon: SettingsIcon, path: SETTINGS, needs: 'settings:change' },
  { name: 'Invite somebody', Icon: AddIcon, path: PEOPLE, search: { do: 'invite' }, needs: 'users:manage' },
  { name: 'New token', Icon: AddIcon, path: ACCOUNT, search: { do: 'token' }, needs: 'account:manage' },
  { name: 'Change your password', Icon: PersonIcon, path: ACCOUNT, needs: 'account:manage' },
  {
    name: 'Sign out everywhere',
    Icon: SignOutIcon,
    path: ACCOUNT,
    search: { do: 'sign-out' },
    needs: 'account:manage',
  },
]

/** Those of somebody with these rights, who sees these pages. */
export const actionsFor = (rights: readonly Right[], pages: readonly { readonly path: string }[]): readonly Action[] =>
  actions.filter(({ path, needs }) => rights.includes(needs) && pages.some((page) => page.path === path))
