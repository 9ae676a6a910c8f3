import { useLocation, useMatches, useNavigate } from '@tanstack/react-router'
import { createContext, useCallback, useContext, useDeferredValue, useMemo } from 'react'
import { keptSearch } from './page-search.ts'

export type OpenPage = {
  /** As '/item/$productId'; undefined: nothing is at this address. */
  readonly pattern: string | undefined
  readonly params: Readonly<Record<string, string | undefined>>
}

/**
 * What is at this address. The address is shown at once; a large page is drawn after it, in pieces that let a click or a
 * key through, and the page before stays until then.
 */
export function useOpenPage(): OpenPage {
  const matches = useMatches()
  const last = matches.length < 2 ? undefined : matches.at(-1)
  const pattern = last && normal(last.fullPath)
  const params = last?.params as OpenPage['params'] | undefined
  const open = useMemo(() => ({ pattern, params: params ?? {} }), [pattern, params])
  return useDeferredValue(open)
}

/** The page that is drawn: parts of it must not read another page's address. */
export const OpenPageContext = createContext<OpenPage>({ pattern: undefined, params: {} })

const normal = (path: string): string => (path.length > 1 ? path.replace(/\/$/, '') : path) || '/'

/** The address of the page below `/app`, without its query. */
export const useAddress = (): string => useLocation({ select: ({ pathname }) => normal(pathname) })

/** A part of the page's address, as in '/item/$productId'. */
export const usePathParam = (name: string): string => useContext(OpenPageContext).params[name] ?? ''

type How = { readonly replace?: boolean; readonly search?: Readonly<Record<string, string>> }

/** Goes to another page, and takes along what the figures are about. `search`: what its address says besides. */
export function useGoTo(): (path: string, how?: How) => void {
  const navigate = useNavigate()
  return useCallback(
    (path, { search = {}, ...how } = {}) => {
      const next = (before: Readonly<Record<string, string>>) => ({ ...keptSearch(before), ...search })
      void navigate({ to: path, search: next as never, ...how })
    },
    [navigate],
  )
}
