import { useLocalStorage } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import { CollapseIcon, ExpandIcon, HelpIcon, Mark } from '../icons.tsx'
import { pages } from '../pages.ts'
import classes from './frame.module.css'
import { ShortcutList, useShortcut, useShortcutKeys } from './shortcuts.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import { usePageTitle } from './use-page-title.ts'

type Props = {
  /** What the figures are about, in words. */
  readonly scope?: string | undefined
  /** Whose they are, or that they are made up. */
  readonly merchant?: string | undefined
  readonly status?: ReactNode
  /** Figures beside the names of sections, by id. */
  readonly badges?: Readonly<Record<string, Badge>>
  /** The page has no sections yet to lead to. */
  readonly bare?: boolean
  readonly children: ReactNode
}
export type Badge = { readonly text: string; readonly critical: boolean; readonly meaning: string }

/** What stands around every page: bar, navigation, shortcuts. */
export function Frame({ scope, merchant, status, badges = {}, bare = false, children }: Props) {
  const [shortcutsOpen, setShortcutsOpen] = useState(false)
  const [collapsed, setCollapsed] = useLocalStorage({
    key: 'counterflow-navigation',
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  useShortcutKeys()
  useShortcut('?', 'List the shortcuts', () => setShortcutsOpen(true))
  const current = pages.find(({ path }) => path === location.pathname)
  usePageTitle(current?.name ?? 'No such page')
  return (
    <div className={classes.frame} data-collapsed={collapsed || undefined}>
      <a className={classes.skip} href="#page">
        Skip to the page
      </a>
      <header className={classes.bar}>
        <a className={classes.product} href={pages[0]!.path} aria-label="Counterflow">
          <Mark />
          <span>Counterflow</span>
        </a>
        {merchant !== undefined && <span className={classes.merchant}>{merchant}</span>}
        {scope !== undefined && (
          <span className={classes.scope} title="What the figures are about">
            {scope}
          </span>
        )}
        <span className={classes.barSpace} />
        {status}
        <ThemeSwitch />
      </header>
      <nav className={classes.navigation} aria-label="Pages">
        <ul className={classes.pages}>
          {pages.map(({ path, name, Icon, sections }) => (
            <li key={path}>
              <a href={path} className={classes.page} aria-current={path === current?.path ? 'page' : undefined}>
                <Icon size={18} />
                <span className={classes.name}>{name}</span>
              </a>
              {path === current?.path && !bare && (
                <ul className={classes.sections}>
                  {sections.map(({ id, name: section, Icon: SectionIcon }) => (
                    <li key={id}>
                      <a href={`#${id}`} className={classes.section}>
                        <SectionIcon size={18} />
                        <span className={classes.name}>{section}</span>
                        <SectionBadge badge={badges[id]} />
                      </a>
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
        <div className={classes.foot}>
          <button type="button" className={classes.section} onClick={() => setShortcutsOpen(true)}>
            <HelpIcon size={18} />
            <span className={classes.name}>Keyboard shortcuts</span>
          </button>
          <button
            type="button"
            className={classes.section}
            aria-expanded={!collapsed}
            aria-label={collapsed ? 'Widen the navigation' : 'Narrow the navigation'}
            onClick={() => setCollapsed(!collapsed)}
          >
            {collapsed ? <ExpandIcon size={18} /> : <CollapseIcon size={18} />}
            <span className={classes.name}>Narrow</span>
          </button>
        </div>
      </nav>
      <main id="page" className={classes.main} tabIndex={-1}>
        {children}
      </main>
      <ShortcutList opened={shortcutsOpen} onClose={() => setShortcutsOpen(false)} />
    </div>
  )
}

function SectionBadge({ badge }: { readonly badge: Badge | undefined }) {
  if (badge === undefined) return null
  return (
    <span className={classes.badge} data-critical={badge.critical || undefined} title={badge.meaning}>
      {badge.text}
      <span className={classes.spoken}> {badge.meaning}</span>
    </span>
  )
}
