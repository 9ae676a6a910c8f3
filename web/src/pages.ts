import type { ComponentType } from 'react'
import { AlertsIcon, type IconProps, OverviewIcon, SalesIcon } from './icons.tsx'
import { OverviewPage } from './overview/index.ts'

type Section = { readonly id: string; readonly name: string; readonly Icon: ComponentType<IconProps> }
type Page = {
  readonly path: string
  readonly name: string
  readonly Icon: ComponentType<IconProps>
  readonly Page: ComponentType
  /** Parts of the page that the navigation leads to. */
  readonly sections: readonly Section[]
}

/** Every page there is. A page is one line here and one folder beside this file. */
export const pages: readonly Page[] = [
  {
    path: '/app/',
    name: 'Overview',
    Icon: OverviewIcon,
    Page: OverviewPage,
    sections: [
      { id: 'alerts', name: 'Alerts', Icon: AlertsIcon },
      { id: 'sales', name: 'Sales', Icon: SalesIcon },
    ],
  },
]
