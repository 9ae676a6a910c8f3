/**
 * Keeps the dashboard's own files, so that it opens without a network and says what still works. Nothing of the engine's
 * answers is kept. Built by itself, as `/app/sw.js`.
 */
import { assetsIn, isSameBuild, whatToDo } from './what-to-do.ts'

type Life = Event & { waitUntil(work: Promise<unknown>): void }
type Fetching = Life & { readonly request: Request; respondWith(answer: Promise<Response>): void }
type Worker = {
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(name: 'install' | 'activate', listener: (event: Life) => void): void
  addEventListener(name: 'fetch', listener: (event: Fetching) => void): void
}
const worker = self as unknown as Worker

/** Every page of the dashboard is this one: which it is, its code finds out from the address. */
const PAGE = '/app/'
const KEPT = 'counterflow-1'
const BARE = '/app/offline.html'

/** A newer build takes the place of the one before, whose files nobody asks for any more. */
async function keep(page: Response): Promise<void> {
  const html = await page.clone().text()
  const known = await caches.match(PAGE, { cacheName: KEPT })
  if (known !== undefined && isSameBuild(html, await known.text())) return
  if (known !== undefined) await caches.delete(KEPT)
  const cache = await caches.open(KEPT)
  await cache.addAll([BARE, ...assetsIn(html)])
  await cache.put(PAGE, page)
}

const isPage = ({ ok, headers }: Response): boolean => ok && (headers.get('content-type') ?? '').startsWith('text/html')

async function answerPage(event: Fetching): Promise<Response> {
  try {
    const page = await fetch(event.request)
    if (isPage(page)) event.waitUntil(keep(page.clone()).catch(() => undefined))
    return page
  } catch (error) {
    const known = (await caches.match(PAGE)) ?? (await caches.match(BARE))
    if (known === undefined) throw error
    return known
  }
}

async function answerAsset({ request }: Fetching): Promise<Response> {
  const known = await caches.match(request)
  if (known !== undefined) return known
  const asset = await fetch(request)
  if (asset.ok) await (await caches.open(KEPT)).put(request, asset.clone())
  return asset
}

worker.addEventListener('install', (event) => {
  const first = fetch(PAGE, { cache: 'no-cache' }).then((page) => (isPage(page) ? keep(page) : undefined))
  event.waitUntil(first.then(() => worker.skipWaiting()))
})
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
worker.addEventListener('fetch', (event) => {
  const deed = whatToDo(event.request, location.origin)
  if (deed === 'page') event.respondWith(answerPage(event))
  if (deed === 'asset') event.respondWith(answerAsset(event))
})
