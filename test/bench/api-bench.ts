/**
 * How long each GET takes with much to ask about: 1,000 stores, 50,000 products. The rows are folded by the product's own
 * engine from events of `retail-traffic.ts` (`fed-engine.ts`), whose times are the last three days; then the product runs
 * on that folder, at rest, and is asked over HTTP, one question after the other, each time of another store or product.
 * Not every store has every product: as many pairs have stock as events met (`stockRows`).
 *
 * `owner` sees everything; `manager` has three of the stores, the busiest one among them. The first few answers of each
 * question are not counted.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Viewer } from '#core/ports.ts'
import { manifest } from '#functions/manifest.ts'
import { ownerToken } from '#local/client.ts'
import { OWNER } from '#local/owner.ts'
import { randomFrom } from '#test/chaos/traffic.ts'
import type { Bench, BenchOptions } from './bench-options.ts'
import { EngineUnderLoad } from './engine-under-load.ts'
import { EngineFeeder } from './feed-engine.ts'
import { cpuSeconds, temporaryFolder } from './own-process.ts'
import { percentilesMs, rounded } from './percentiles.ts'
import { type ChainSize, RetailTraffic } from './retail-traffic.ts'

const EVENTS = 1_000_000
const ROUNDS = 60
const WARM_UP = 5
const SPAN_SECONDS = 3 * 86_400
const CHAIN: ChainSize = { stores: 1_000, products: 50_000, opening: 2 }
const LISTINGS = CHAIN.stores + CHAIN.products
const MANAGED = ['shop-0', 'shop-7', 'shop-400']
const MANAGER: Viewer = { ...OWNER, subject: 'manager', role: 'store-manager', stores: MANAGED }

/** They change a code for a session. */
const BY_CODE = ['/sign-in', '/join']
/** Each question of the manifest: a new one is asked, too. Where nothing of the name is there, how long it takes to say so. */
const ROUTES = manifest.routes.flatMap(({ method, path }) =>
  method === 'GET' && !BY_CODE.includes(path) ? [path] : [],
)
const NO_NAME = 'none'

/** What there is of which few are, or none where nothing was brought in. */
type Named = {
  readonly connection: string
  readonly events: readonly { readonly id: string; readonly storeId: string; readonly occurredAt: string }[]
}

/** Opens a connection, has it tested, and looks up the newest events. */
async function namedOf({ address, token }: EngineUnderLoad): Promise<Named> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const ask = async (method: string, path: string, body?: object) => {
    const response = await fetch(address + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as never
  }
  const { id: connection }: { id: string } = await ask('POST', '/integrations', { source: 'generic', proof: 'token' })
  await ask('POST', `/integrations/${connection}/test`)
  const { items }: { items: Named['events'] } = await ask('GET', '/transactions')
  return { connection, events: items }
}

/** Questions by name; each may be another one each time. */
function questions(random: () => number, { connection, events }: Named): Record<string, () => string> {
  const upTo = (count: number) => Math.floor(random() * count)
  const product = () => `P${Math.floor(CHAIN.products ** random()) - 1}`
  const category = () => `category-${upTo(40)}`
  const event = () => events[upTo(events.length)]!
  const ofConnection = (path: string) => path.replace('{id}', connection).replace('{number}', '1')
  const weekAgo = () => new Date(Date.now() - 6 * 86_400_000).toISOString()
  return {
    ...Object.fromEntries(
      ROUTES.map((path) => {
        const named = path.startsWith('/integrations/') ? ofConnection(path) : path
        return [path, () => named.replaceAll(/\{\w+\}/g, NO_NAME)]
      }),
    ),
    '/events/{id}': () => `/events/${event().id}`,
    '/events/{id}?store&at': () => {
      const { id, storeId, occurredAt } = event()
      return `/events/${id}?store=${storeId}&at=${occurredAt}`
    },
    '/metrics?store': () => `/metrics?store=${MANAGED[upTo(MANAGED.length)]}`,
    '/metrics?region': () => `/metrics?region=region-${upTo(4)}`,
    '/metrics?category': () => `/metrics?category=${category()}`,
    '/metrics?brand': () => `/metrics?brand=brand-${upTo(200)}`,
    '/metrics?product': () => `/metrics?product=${product()}`,
    '/metrics/series?window=day': () => '/metrics/series?window=day',
    '/metrics/series?by=store': () => '/metrics/series?by=store&window=day',
    '/metrics/series?by=region': () => '/metrics/series?by=region&window=day',
    '/metrics/series?by=category': () => '/metrics/series?by=category&window=day',
    '/metrics/series?by=product': () => '/metrics/series?by=product&window=day',
    '/stock?store': () => `/stock?store=${MANAGED[upTo(MANAGED.length)]}`,
    '/stock?product': () => `/stock?product=${product()}`,
    '/alerts?store': () => `/alerts?store=${MANAGED[upTo(MANAGED.length)]}`,
    '/alerts?state=resolved': () => '/alerts?state=resolved',
    '/transactions?store': () => `/transactions?store=${MANAGED[upTo(MANAGED.length)]}`,
    '/refunds?from': () => `/refunds?from=${weekAgo()}`,
    '/item/{id}': () => `/item/${product()}`,
    '/products?limit=500': () => '/products?limit=500',
    '/products?query': () => `/products?query=${product()}`,
    '/stores?limit=500': () => '/stores?limit=500',
    '/stock?category': () => `/stock?category=${category()}`,
    '/stock?risk': () => '/stock?risk=any',
    '/metrics/products?category': () => `/metrics/products?category=${category()}`,
    '/forecasts/why': () => `/forecasts/why?product=${product()}&store=${MANAGED[0]}`,
  }
}

async function runApi({ events = EVENTS, rounds = ROUNDS, data, say }: BenchOptions): Promise<object> {
  const folder = data ?? join(temporaryFolder(), 'data')
  if (!existsSync(join(folder, 'format.json'))) await fillLarge(folder, events, say)
  const engine = await EngineUnderLoad.start(folder)
  await engine.settled()
  await atRest(engine)
  const asked = questions(randomFrom(3), await namedOf(engine))
  const owner = await timesOf(engine, await ownerToken(folder), asked, rounds, say)
  const manager = await timesOf(engine, await ownerToken(folder, MANAGER), asked, rounds, say)
  const stockRows = await countStock(engine)
  await engine.stop()
  return { ...CHAIN, events, stockRows, rounds, owner, manager }
}

/** Makes a data folder of 1,000 stores and 50,000 products in which so many events have happened in the last three days. */
export async function fillLarge(folder: string, events: number, say: BenchOptions['say']): Promise<void> {
  const traffic = new RetailTraffic('fed', 1, CHAIN)
  const all = events + LISTINGS
  const feeder = new EngineFeeder(folder, all, all / SPAN_SECONDS, [], traffic)
  say(`listing ${LISTINGS.toLocaleString('en')} products and stores`)
  await feeder.list()
  say(`folding ${events.toLocaleString('en')} events`)
  await feeder.feed(events)
  await feeder.drained()
  const { seconds } = await feeder.end()
  say(`folded in ${Math.round(seconds)} s`)
}

/** A new process has its jobs at first: what they take is not in the figures. */
async function atRest({ pid }: EngineUnderLoad): Promise<void> {
  for (let quiet = 0, before = 1000 * cpuSeconds(pid); quiet < QUIET_SECONDS; ) {
    await wait(1_000)
    const now = 1000 * cpuSeconds(pid)
    quiet = now - before < BUSY_MS ? quiet + 1 : 0
    before = now
  }
}
const QUIET_SECONDS = 3
/** Of a second: an engine at rest takes less. */
const BUSY_MS = 150

/** `cpuMs`: of the engine's process, for one answer: what it takes where the machine has nothing else to do. */
type Times = { readonly status: number; readonly bytes: number; readonly cpuMs: number } & ReturnType<
  typeof percentilesMs
>

async function timesOf(
  engine: EngineUnderLoad,
  token: string,
  asked: Readonly<Record<string, () => string>>,
  rounds: number,
  say: BenchOptions['say'],
): Promise<Record<string, Times>> {
  const times: Record<string, Times> = {}
  for (const [name, pathOf] of Object.entries(asked)) {
    const samples: number[] = []
    let cpuBeforeMs = 0
    let last = { status: 0, bytes: 0 }
    for (let n = -WARM_UP; n < rounds; n++) {
      if (n === 0) cpuBeforeMs = 1000 * cpuSeconds(engine.pid)
      const startedAt = performance.now()
      const response = await fetch(engine.address + pathOf(), { headers: { authorization: `Bearer ${token}` } })
      const body = await response.text()
      if (n >= 0) samples.push(performance.now() - startedAt)
      if (response.status >= 500) throw new Error(`${name} answered ${response.status}`)
      last = { status: response.status, bytes: body.length }
    }
    const cpu = (1000 * cpuSeconds(engine.pid) - cpuBeforeMs) / rounds
    times[name] = { ...last, cpuMs: rounded(cpu, 1), ...percentilesMs(samples, [50, 95, 99]) }
    say(`${name}: ${JSON.stringify(times[name])}`)
  }
  return times
}

/** Rows of stock that there are, by reading them page by page. */
async function countStock({ address, token }: EngineUnderLoad): Promise<number> {
  let count = 0
  for (let next: string | null = ''; next !== null; ) {
    const query: string = next === '' ? '' : `&next=${next}`
    const response = await fetch(`${address}/stock?limit=500${query}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const page = (await response.json()) as { items: object[]; next: string | null }
    count += page.items.length
    next = page.next
  }
  return count
}

export const apiBench: Bench = {
  about:
    'each GET over 1,000 stores and 50,000 products, for an owner and for a manager of three stores (about 5 minutes)',
  options: [
    '--events N   to fold first (1,000,000)',
    '--rounds N (60)',
    '--data DIR   keeps the folder, or uses one that was kept',
  ],
  atMostSeconds: 3_600,
  run: runApi,
}
