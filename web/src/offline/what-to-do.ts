/** What the service worker does with a request of the page's. */
export type Deed =
  /** Not ours: the browser asks the engine as if nobody were between. Answers of the API are never kept. */
  | 'leave'
  /** A page: the newest one that can be had, so that a new build is taken at the next load. */
  | 'page'
  /** Its name holds a hash of its content: what is kept never changes. */
  | 'asset'

type Asked = { readonly method: string; readonly mode: string; readonly url: string }

export function whatToDo({ method, mode, url }: Asked, origin: string): Deed {
  const { origin: of, pathname } = new URL(url)
  if (method !== 'GET' || of !== origin || !pathname.startsWith('/app/')) return 'leave'
  if (mode === 'navigate') return 'page'
  return pathname.startsWith('/app/assets/') ? 'asset' : 'leave'
}

/** The files that a page of the dashboard begins with, by their paths. */
export const assetsIn = (html: string): readonly string[] => [
  ...new Set([...html.matchAll(/(?:src|href)="(\/app\/assets\/[^"]+)"/g)].map(([, path]) => path!)),
]

/** Two pages of one build begin with the same files. */
export const isSameBuild = (one: string, other: string): boolean =>
  assetsIn(one).toSorted().join() === assetsIn(other).toSorted().join()
