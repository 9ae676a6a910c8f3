import { useEffect, useRef } from 'react'
import { GROUPS, type Page } from '../pages.ts'
import classes from './frame.module.css'
import { PageLink } from './page-link.tsx'

export type Badge = { readonly text: string; readonly critical: boolean; readonly meaning: string }
/** Figures beside the names of pages, by address. */
export type Badges = Readonly<Record<string, Badge>>

type Props = {
  readonly pages: readonly Page[]
  readonly current: string | undefined
  readonly badges: Badges
  readonly onGo?: () => void
}

/** The pages by group. */
export function Navigation({ pages, current, badges, onGo }: Props) {
  const groups = Object.entries(GROUPS)
    .map(([group, name]) => ({ group, name, own: pages.filter((page) => page.group === group && !page.hidden) }))
    .filter(({ own }) => own.length > 0)
  const list = useRef<HTMLUListElement>(null)
  // On a low screen the list scrolls: where one is stays in view.
  useEffect(() => {
    if (current !== undefined) list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <ul className={classes.groups} ref={list}>
      {groups.map(({ group, name, own }) => (
        <li key={group}>
          <p className={classes.group} id={`group-${group}`}>
            <span>{name}</span>
          </p>
          <ul aria-labelledby={`group-${group}`}>
            {own.map((page) => (
              <li key={page.name}>
                <PageLink
                  to={page.path}
                  className={classes.page}
                  title={page.name}
                  aria-current={isAt(page, current, pages) ? 'page' : undefined}
                  {...(onGo && { onClick: onGo })}
                >
                  <page.Icon size={18} />
                  <span className={classes.name}>{page.name}</span>
                  <NavigationBadge badge={badges[page.path]} />
                </PageLink>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

/** A page is open where one of its details is, which is no page of its own in the navigation. */
export function isAt({ path }: Page, current: string | undefined, pages: readonly Page[]): boolean {
  if (current === path) return true
  return path !== '/' && current?.startsWith(`${path}/`) === true && !pages.some((page) => page.path === current)
}

export function NavigationBadge({ badge }: { readonly badge: Badge | undefined }) {
  if (badge === undefined) return null
  return (
    <span className={classes.badge} data-critical={badge.critical || undefined} title={badge.meaning}>
      {badge.text}
      <span className={classes.spoken}> {badge.meaning}</span>
    </span>
  )
}
