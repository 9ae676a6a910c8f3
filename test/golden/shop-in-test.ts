import { Secret, TOTP } from 'otpauth'
import { OWNER_ID } from '#core/access/user.ts'
import { addDays, businessDateOf } from '#core/metrics/business-time.ts'
import type { Person } from '#core/ports.ts'
import { manifest } from '#functions/manifest.ts'
import { handler as passTime } from '#functions/pass-time/handler.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { contextWith, type Ports } from '#runtime/ports.ts'
import { retailEngine } from '#runtime/retail-engine.ts'
import type { BatchRunner } from '#runtime/run-batch.ts'
import { usersOf } from '#runtime/users.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import { MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'

/** A request as one would send it with curl, at a moment: exactly one of the methods. */
export type Request = {
  readonly at: string
  /** Path with its query. `{openAlert}` and the like stand for what only the shop knows, here and in the body. */
  readonly GET?: string
  readonly POST?: string
  readonly PATCH?: string
  readonly DELETE?: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: unknown
}

/** What was answered, and to what: names in the path are ids. */
type Sent = {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: whoever asks knows the answer's shape
  readonly body: any
  readonly type: string
  readonly route: string
  readonly path: string
  readonly params: Record<string, string>
  readonly query: Record<string, string>
  /** The body of the request. */
  readonly sent: unknown
}

const SHARDS = 2

/**
 * The demo merchant's shop, whole and in memory: every request goes through the function that the manifest names, into
 * the log, through the engine and into the rows, before the next one comes.
 */
export class ShopInTest {
  readonly clock = new FixedClock(0)
  readonly log = new MemoryEventLog(SHARDS)
  readonly state: MemoryStateStore
  readonly ports: Ports
  private readonly engine: BatchRunner
  private readonly taken = new Array<string>(SHARDS).fill('')
  private readonly defects: unknown[] = []

  constructor(state = new MemoryStateStore()) {
    this.state = state
    this.ports = portsInTest({ clock: this.clock, log: this.log, state })
    this.engine = retailEngine(this.ports.state, this.ports.objects, (error) => this.defects.push(error))
  }

  async send({ at, headers, body, ...asked }: Request): Promise<Sent> {
    this.clock.set(at)
    const [[method, url]] = Object.entries(asked) as [[string, string]]
    const named = await this.named(url)
    const [path, search] = named.split('?') as [string, string?]
    const { route, runs, params } = routeOf(method, path)
    const { handler } = await import(`#functions/${runs}/handler.ts`)
    const query = Object.fromEntries(new URLSearchParams(search))
    const sent = typeof body === 'object' ? JSON.parse(await this.named(JSON.stringify(body))) : body
    const answer = await ask(handler, this.ports, route, {
      viewer: ownerOf(DEMO_MERCHANT),
      params,
      query,
      headers,
      body: sent,
    })
    await this.apply()
    const type = String(answer.reply.headers?.['content-type'] ?? '')
    return { ...answer, type, route, path: named, params, query, sent }
  }

  /** A minute has gone by, in every shard. */
  async tick(at: string): Promise<void> {
    this.clock.set(at)
    await passTime({}, contextWith(this.ports, 'pass-time'))
    await this.apply()
  }

  /** What was appended and not applied yet, into the rows. */
  async apply(): Promise<void> {
    for (let shard = 0; shard < SHARDS; shard++) {
      const records = await this.log.read(shard, undefined, Number.POSITIVE_INFINITY)
      const fresh = records.filter(({ sequence }) => sequence > this.taken[shard]!)
      if (fresh.length === 0) continue
      await this.engine.run(shard, fresh)
      this.taken[shard] = fresh.at(-1)!.sequence
    }
    if (this.defects.length > 0) throw this.defects[0]
  }

  /** The whole log, applied once more to other rows, in batches of this many records. */
  async replayInto(state: MemoryStateStore, batch: number): Promise<void> {
    const engine = retailEngine(state, new MemoryObjectStore())
    for (let shard = 0; shard < SHARDS; shard++) {
      const records = await this.log.read(shard, undefined, Number.POSITIVE_INFINITY)
      for (let i = 0; i < records.length; i += batch) await engine.run(shard, records.slice(i, i + batch))
    }
  }

  /** Text with names of things in it that only the shop knows: `{held}` is the first document that was set aside. */
  async named(text: string): Promise<string> {
    const place = PLACE.exec(text)?.[1]
    return place === undefined ? text : this.named(text.replace(`{${place}}`, await NAMES[place]!(this)))
  }
}

/** Where ids are found that stand in paths by a name. */
export const LISTS: Readonly<Record<string, string>> = {
  openAlert: '/alerts',
  alertInShop: '/alerts?store=shop',
  reorder: '/reorders',
  acceptedReorder: '/reorders?state=accepted',
  bookedEvent: '/transactions',
  held: '/quarantine',
  connection: '/integrations',
  noticeWebhook: '/notices/webhooks',
  session: '/account/sessions',
  apiToken: '/tokens',
  run: '/runs',
}

const first = (list: string) => async (shop: ShopInTest) => {
  const { body } = await shop.send({ at: new Date(shop.clock.now()).toISOString(), GET: list })
  return body.items[0].id as string
}
const OWNER: Person = { merchantId: DEMO_MERCHANT, subject: OWNER_ID }
const invited = async ({ ports }: ShopInTest): Promise<Person> => {
  const { id } = (await usersOf(ports.state, DEMO_MERCHANT)).findLast(({ status }) => status !== 'removed')!
  return { merchantId: DEMO_MERCHANT, subject: id }
}
const NAMES: Readonly<Record<string, (shop: ShopInTest) => Promise<string>>> = {
  ...Object.fromEntries(Object.entries(LISTS).map(([name, list]) => [name, first(list)])),
  tomorrow: async ({ clock }) => addDays(businessDateOf(clock.now(), 'UTC'), 1),
  person: async (shop) => (await invited(shop)).subject,
  signInCode: ({ ports }) => ports.identity.issueCode('sign-in', OWNER),
  joinCode: async (shop) => shop.ports.identity.issueCode('invitation', await invited(shop)),
  totp: async ({ ports, clock }) => {
    const secret = Secret.fromBase32((await ports.secrets.get(`totp/${OWNER.merchantId}/${OWNER.subject}`))!)
    return new TOTP({ secret }).generate({ timestamp: clock.now() })
  },
}

const PLACE = new RegExp(`\\{(${Object.keys(NAMES).join('|')})\\}`)

function routeOf(method: string, path: string): { route: string; runs: string; params: Record<string, string> } {
  for (const route of manifest.routes) {
    const pattern = new RegExp(`^${route.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)
    const found = pattern.exec(path)
    if (route.method === method && found !== null) {
      const params = Object.fromEntries(
        Object.entries(found.groups ?? {}).map(([name, it]) => [name, decodeURIComponent(it)]),
      )
      return { route: `${method} ${route.path}`, runs: route.runs, params }
    }
  }
  throw new Error(`the manifest has no route ${method} ${path}`)
}
