import { Drawer } from '@mantine/core'
import { useState } from 'react'
import { MoreIcon } from '../icons.tsx'
import type { Page } from '../pages.ts'
import { ALERTS, HOME, INVENTORY, SALES } from '../paths.ts'
import classes from './frame.module.css'
import { type Badges, isAt, Navigation, NavigationBadge } from './navigation.tsx'
import { PageLink } from './page-link.tsx'
import { words } from './words.ts'

type Props = { readonly pages: readonly Page[]; readonly current: string | undefined; readonly badges: Badges }

/** At the thumb: what is looked at most, and the way to the rest. */
const AT_THE_THUMB = [HOME, INVENTORY, SALES, ALERTS]

/** The navigation of a phone. */
export function PhoneBar({ pages, current, badges }: Props) {
  const [opened, setOpened] = useState(false)
  const near = AT_THE_THUMB.flatMap((path) => pages.filter((page) => page.path === path))
  return (
    <nav className={classes.phoneBar} aria-label={words.phoneNavigation}>
      {near.map((page) => (
        <PageLink
          key={page.path}
          to={page.path}
          className={classes.thumb}
          aria-current={isAt(page, current, pages) ? 'page' : undefined}
        >
          <page.Icon size={20} />
          <span>{page.path === HOME ? words.today : page.name}</span>
          <NavigationBadge badge={badges[page.path]} />
        </PageLink>
      ))}
      <button type="button" className={classes.thumb} onClick={() => setOpened(true)} aria-haspopup="dialog">
        <MoreIcon size={20} />
        <span>{words.more}</span>
      </button>
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        position="bottom"
        size="80%"
        title={words.allPages}
        transitionProps={{ duration: 120 }}
        classNames={{ content: classes.sheet!, header: classes.sheet! }}
        closeButtonProps={{ 'aria-label': words.close }}
      >
        <Navigation pages={pages} current={current} badges={badges} onGo={() => setOpened(false)} />
      </Drawer>
    </nav>
  )
}
