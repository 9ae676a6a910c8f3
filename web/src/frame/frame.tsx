import { useHotkeys, useLocalStorage } from '@mantine/hooks'
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { CollapseIcon, ExpandIcon, HelpIcon, Mark, SearchIcon } from '../icons.tsx'
import { lazyPart } from '../lazy-part.tsx'
import type { Page } from '../pages.ts'
import { HOME } from '../paths.ts'
import classes from './frame.module.css'
import { type Badges, Navigation } from './navigation.tsx'
import { PageLink } from './page-link.tsx'
import { useAddress, useGoTo } from './page-path.ts'
import { PhoneBar } from './phone-bar.tsx'
import { useShortcut, useShortcutKeys } from './shortcuts.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import { words } from './words.ts'

// Dialogs come when they are first asked for.
const Palette = lazyPart(async () => (await import('./palette.tsx')).Palette)
const ShortcutList = lazyPart(async () => (await import('./shortcut-list.tsx')).ShortcutList)

type Props = {
  /** Those that may be seen. */
  readonly pages: readonly Page[]
  /** Whose figures they are. */
  readonly merchant?: string | undefined
  readonly status?: ReactNode
  /** What has happened, and whoever is signed in. */
  readonly account?: ReactNode
  readonly badges?: Badges
  /** Whether stores may be looked up by name. */
  readonly findsStores?: boolean
  /** Above the page: what its figures are about. */
  readonly scope?: ReactNode
  readonly children: ReactNode
}

/** What stands around every page: bar, navigation, palette, shortcuts. */
export function Frame({ pages, merchant, status, account, badges = {}, findsStores = false, scope, children }: Props) {
  const [shortcutsOpen, setShortcutsOpen] = useState(false)
  const [collapsed, setCollapsed] = useLocalStorage({
    key: 'counterflow-navigation',
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  // Its code comes with the first wish for it.
  const [openings, setOpenings] = useState(0)
  const openPalette = () => setOpenings((times) => times + 1)
  useHotkeys([['mod+K', openPalette]], [])
  useShortcutKeys()
  useShortcut('?', words.listShortcuts, () => setShortcutsOpen(true))
  const at = useAddress()
  const goTo = useGoTo()
  const main = useRef<HTMLElement>(null)
  useFocusOnArrival(main, at)
  return (
    <div className={classes.frame} data-collapsed={collapsed || undefined}>
      <a className={classes.skip} href="#page">
        {words.skip}
      </a>
      <header className={classes.bar}>
        <PageLink className={classes.product} to={HOME} aria-label={words.product}>
          <Mark />
          <span>{words.product}</span>
        </PageLink>
        {merchant !== undefined && <span className={classes.merchant}>{merchant}</span>}
        <span className={classes.barSpace} />
        <button
          type="button"
          className={classes.find}
          onClick={openPalette}
          title={words.findHint}
          aria-haspopup="dialog"
        >
          <SearchIcon />
          <span>{words.find}</span>
          <kbd className={classes.key}>{isMac ? words.commandKey : words.controlKey}</kbd>
        </button>
        {status}
        <ThemeSwitch />
        {account}
      </header>
      <nav className={classes.navigation} aria-label={words.navigation}>
        <Navigation pages={pages} current={at} badges={badges} />
        <div className={classes.foot}>
          <button type="button" className={classes.page} onClick={() => setShortcutsOpen(true)}>
            <HelpIcon size={18} />
            <span className={classes.name}>{words.shortcuts}</span>
          </button>
          <button
            type="button"
            className={classes.page}
            aria-expanded={!collapsed}
            aria-label={collapsed ? words.widenIt : words.narrowIt}
            onClick={() => setCollapsed(!collapsed)}
          >
            {collapsed ? <ExpandIcon size={18} /> : <CollapseIcon size={18} />}
            <span className={classes.name}>{words.narrow}</span>
          </button>
        </div>
      </nav>
      {pages.map(
        ({ path, name, keys }) =>
          keys !== undefined && <PageShortcut key={name} keys={keys} name={name} go={() => goTo(path)} />,
      )}
      <main id="page" className={classes.main} tabIndex={-1} ref={main}>
        {scope}
        {children}
      </main>
      <PhoneBar pages={pages} current={at} badges={badges} />
      {shortcutsOpen && (
        <Suspense>
          <ShortcutList opened onClose={() => setShortcutsOpen(false)} />
        </Suspense>
      )}
      {openings > 0 && (
        <Suspense>
          <Palette openings={openings} pages={pages} stores={findsStores} onShortcuts={() => setShortcutsOpen(true)} />
        </Suspense>
      )}
    </div>
  )
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** Where a link led is where reading goes on. The page that the browser opened keeps the browser's own focus. */
function useFocusOnArrival(main: { readonly current: HTMLElement | null }, at: string): void {
  const before = useRef(at)
  useEffect(() => {
    if (before.current === at) return
    before.current = at
    main.current?.focus({ preventScroll: true })
  }, [main, at])
}

type PageShortcutProps = { readonly keys: string; readonly name: string; readonly go: () => void }

function PageShortcut({ keys, name, go }: PageShortcutProps) {
  useShortcut(keys, name, go)
  return null
}
