import { manifest } from '#functions/manifest.ts'
import { handler as passTime } from '#functions/pass-time/handler.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { contextWith, type Ports } from '#runtime/ports.ts'
import { retailEngine } from '#runtime/retail-engine.ts'
import type { BatchRunner } from '#runtime/run-batch.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import { MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'

/** A request as one would send it with curl, at a moment: exactly one of GET and POST. */
export type Request = {
  readonly at: string
  /** Path with its query. `{openAlert}`, `{held}` and `{connection}` stand for the id of the first that there is, `{code}` for a new one. */
  readonly GET?: string
  readonly POST?: string
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
}

const SHARDS = 2
/** Where ids are found that stand in paths by a name. */
export const LISTS = { openAlert: '/alerts', held: '/quarantine', connection: '/connections' } as const

/**
 * The demo merchant's shop, whole and in memory: every request goes through the function that the manifest names, into
 * the log, through the engine and into the rows, before the next one comes.
 */
export class ShopInTest {
  readonly clock = new FixedClock(0)
  readonly log = new MemoryEventLog(SHARDS)
  readonly state = new MemoryStateStore()
  readonly ports: Ports = portsInTest({
    clock: this.clock,
    log: this.log,
    state: this.state,
    identity: { ...portsInTest().identity, redeemSignInCode: async () => ownerOf(DEMO_MERCHANT) },
  })
  private readonly engine: BatchRunner
  private readonly taken = new Array<string>(SHARDS).fill('')
  private readonly defects: unknown[] = []

  constructor() {
    this.engine = retailEngine(this.ports.state, this.ports.objects, (error) => this.defects.push(error))
  }

  async send({ at, GET, POST, headers, body }: Request): Promise<Sent> {
    this.clock.set(at)
    const named = await this.named(GET ?? POST ?? '')
    const [path, search] = named.split('?') as [string, string?]
    const { route, runs, params } = routeOf(GET === undefined ? 'POST' : 'GET', path)
    const { handler } = await import(`#functions/${runs}/handler.ts`)
    const query = Object.fromEntries(new URLSearchParams(search))
    const answer = await ask(handler, this.ports, route, {
      viewer: ownerOf(DEMO_MERCHANT),
      params,
      query,
      headers,
      body,
    })
    await this.apply()
    const type = String(answer.reply.headers?.['content-type'] ?? '')
    return { ...answer, type, route, path: named, params, query }
  }

  /** A minute has gone by, in every shard. */
  async tick(at: string): Promise<void> {
    this.clock.set(at)
    await passTime({}, contextWith(this.ports, 'pass-time'))
    await this.apply()
  }

  private async apply(): Promise<void> {
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

  private async named(path: string): Promise<string> {
    const place = /\{(\w+)\}/.exec(path)?.[1]
    if (place === undefined) return path
    const at = new Date(this.clock.now()).toISOString()
    if (place === 'code') return path.replace('{code}', (await this.send({ at, POST: '/sign-in/codes' })).body.code)
    const { body } = await this.send({ at, GET: LISTS[place as keyof typeof LISTS] })
    return path.replace(`{${place}}`, body.items[0].id)
  }
}

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
