import { useLocalStorage } from '@mantine/hooks'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { CollapseIcon, ExpandIcon, HelpIcon, Mark } from '../icons.tsx'
import type { Page } from '../pages.ts'
import { HOME } from '../paths.ts'
import classes from './frame.module.css'
import { ShortcutList, useShortcut, useShortcutKeys } from './shortcuts.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

type Props = {
  /** Those that may be seen. */
  readonly pages: readonly Page[]
  /** What the figures are about, in words. */
  readonly scope?: string | undefined
  /** Whose they are, or that they are made up. */
  readonly merchant?: string | undefined
  readonly status?: ReactNode
  /** Whoever is signed in, and what is theirs. */
  readonly account?: ReactNode
  /** Figures beside the names of sections, by id. */
  readonly badges?: Readonly<Record<string, Badge>>
  /** The page has no sections yet to lead to. */
  readonly bare?: boolean
  readonly children: ReactNode
}
export type Badge = { readonly text: string; readonly critical: boolean; readonly meaning: string }

/** What stands around every page: bar, navigation, shortcuts. */
export function Frame({ pages, scope, merchant, status, account, badges = {}, bare = false, children }: Props) {
  const [shortcutsOpen, setShortcutsOpen] = useState(false)
  const [collapsed, setCollapsed] = useLocalStorage({
    key: 'counterflow-navigation',
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  useShortcutKeys()
  useShortcut('?', 'List the shortcuts', () => setShortcutsOpen(true))
  const [at, navigate] = useLocation()
  const current = pages.find(({ path }) => path === at)
  const main = useRef<HTMLElement>(null)
  useFocusOnArrival(main, at)
  const goTo = (path: string) => {
    if (path !== at) navigate(path)
    window.scrollTo(0, 0)
    main.current?.focus({ preventScroll: true })
  }
  const listed = pages.filter((page) => page.listed)
  return (
    <div className={classes.frame} data-collapsed={collapsed || undefined}>
      <a className={classes.skip} href="#page">
        Skip to the page
      </a>
      <header className={classes.bar}>
        <Link className={classes.product} href={HOME} aria-label="Counterflow">
          <Mark />
          <span>Counterflow</span>
        </Link>
        {merchant !== undefined && <span className={classes.merchant}>{merchant}</span>}
        {scope !== undefined && (
          <span className={classes.scope} title="What the figures are about">
            {scope}
          </span>
        )}
        <span className={classes.barSpace} />
        {status}
        <ThemeSwitch />
        {account}
      </header>
      <nav className={classes.navigation} aria-label="Pages">
        <ul className={classes.pages}>
          {listed.map(({ path, name, Icon, sections }) => (
            <li key={path}>
              <Link
                href={path}
                className={classes.page}
                title={name}
                aria-current={path === current?.path ? 'page' : undefined}
                onClick={() => window.scrollTo(0, 0)}
              >
                <Icon size={18} />
                <span className={classes.name}>{name}</span>
              </Link>
              {path === current?.path && sections.length > 0 && !bare && (
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
      {pages.map((page) => (
        <PageShortcut key={page.path} page={page} goTo={goTo} />
      ))}
      <main id="page" className={classes.main} tabIndex={-1} ref={main}>
        {children}
      </main>
      <ShortcutList opened={shortcutsOpen} onClose={() => setShortcutsOpen(false)} />
    </div>
  )
}

/** Where a link led is where reading goes on. The page that the browser opened keeps the browser's own focus. */
function useFocusOnArrival(main: { readonly current: HTMLElement | null }, at: string): void {
  const before = useRef(at)
  useEffect(() => {
    if (before.current === at) return
    before.current = at
    main.current?.focus({ preventScroll: true })
  }, [main, at])
}

type PageShortcutProps = { readonly page: Page; readonly goTo: (path: string) => void }

function PageShortcut({ page: { path, name, keys }, goTo }: PageShortcutProps) {
  useShortcut(keys, name, () => goTo(path))
  return null
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
