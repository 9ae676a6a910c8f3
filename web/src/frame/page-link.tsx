import { Link } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'
import { keptSearch } from './page-search.ts'

type Props = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & {
  /** Below `/app`, as in `paths.ts`. */
  readonly to: string
  /** The other page's own part of the query. */
  readonly search?: Readonly<Record<string, string>>
  readonly hash?: string
  readonly ref?: Ref<HTMLAnchorElement>
}

/** A link to a page, which takes along what the figures are about. */
export function PageLink({ to, search = {}, hash, ...rest }: Props) {
  const next = (before: Readonly<Record<string, string>>) => ({ ...keptSearch(before), ...search })
  // Pages are data: which addresses there are is known when it runs.
  const all = {
    ...rest,
    to,
    search: next,
    activeProps: NOTHING,
    activeOptions: EXACT,
    ...(hash !== undefined && { hash }),
  }
  return <Link {...(all as { to: string })} />
}

/** The frame says itself which page is open. */
const NOTHING = {}
// A page below another's address is no part of it.
const EXACT = { exact: true, includeSearch: false } as const
