import { useLocation, useMatches, useNavigate, useParams } from '@tanstack/react-router'
import { useCallback } from 'react'
import { keptSearch } from './page-search.ts'

/** The pattern of the page that is open ('/item/$productId'); undefined: nothing is at this address. */
export function usePagePattern(): string | undefined {
  const matches = useMatches()
  const last = matches.at(-1)
  return last === undefined || matches.length < 2 ? undefined : normal(last.fullPath)
}

const normal = (path: string): string => (path.length > 1 ? path.replace(/\/$/, '') : path) || '/'

/** The address of the page below `/app`, without its query. */
export const useAddress = (): string => useLocation({ select: ({ pathname }) => normal(pathname) })

/** A part of the page's address, as in '/item/$productId'. */
export const usePathParam = (name: string): string => {
  const params = useParams({ strict: false }) as Readonly<Record<string, string | undefined>>
  return params[name] ?? ''
}

/** Goes to another page, and takes along what the figures are about. */
export function useGoTo(): (path: string, how?: { readonly replace?: boolean }) => void {
  const navigate = useNavigate()
  return useCallback((path, how) => void navigate({ to: path, search: keptSearch as never, ...how }), [navigate])
}
