import { useQuery } from '@tanstack/react-query'
import { assetsIn, isSameBuild } from './what-to-do.ts'

/** The files that this page began with: what its code loads later is not in it yet. */
const BEGUN_WITH = document.head.innerHTML
/** How often an open page looks whether the engine serves another build by now. */
const LOOK_MS = 10 * 60_000

/** Whether this page is older than the one that the engine serves. */
export function useNewVersion(): boolean {
  const { data } = useQuery({
    queryKey: ['build'],
    queryFn: async ({ signal }) => {
      const answer = await fetch('/app/', { signal, cache: 'no-cache', headers: { accept: 'text/html' } })
      return answer.ok ? isOther(await answer.text()) : false
    },
    refetchInterval: LOOK_MS,
    // Whoever comes back to a page after a night sees it at once.
    refetchOnWindowFocus: true,
    staleTime: LOOK_MS / 2,
    enabled: import.meta.env.PROD,
  })
  return data ?? false
}

const isOther = (html: string): boolean => assetsIn(html).length > 0 && !isSameBuild(html, BEGUN_WITH)
