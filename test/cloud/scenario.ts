/** What an engine lives through, wherever it runs: the same requests, one after the other. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shardOf } from '#core/events/shard-of.ts'
import type { Door } from '#local/import/collect-door.ts'
import { importOnlineRetail, type OnlineRetailSummary, openOnlineRetail } from '#local/import/import-online-retail.ts'
import type { EngineApi } from '../e2e/engine-api.ts'
import { type Delivered, sendEverySource } from '../e2e/every-source.ts'
import { openSmallShop } from '../e2e/small-shop.ts'
import { readRaw } from '../real-data/online-retail-oracle.ts'
import { retailFile } from '../real-data/retail-data.ts'

/** As `logicalShards` of `cdk/config.ts`: rows of a shard are compared with those of the same shard. */
export const SHARDS = 8
const MERCHANT = 'demo'
/** Lines of the real shop that are brought in: the first morning of December 2010. */
const REAL_LINES = 1_000
const SETTLE_MS = 60_000

export type Lived = {
  readonly delivered: readonly Delivered[]
  /** Of the connections that they came by. */
  readonly secrets: readonly string[]
  /** undefined: the real data is not on this machine. */
  readonly imported: OnlineRetailSummary | undefined
}

/** `now`: the moment that the small shop's trade is made up around. */
export async function live(engine: EngineApi, now: number): Promise<Lived> {
  await beginDay(engine)
  await openSmallShop(engine, now)
  const { delivered, secrets } = await sendEverySource(engine)
  await engine.settled(SETTLE_MS)
  const imported = await importSlice(engine)
  await engine.settled(SETTLE_MS)
  return { delivered, secrets, imported }
}

/**
 * A page is looked at in each shard, so that all that follows is late, whether a tick of the minute came before it or not:
 * both engines get their ticks when their own minutes are over.
 */
async function beginDay(engine: EngineApi): Promise<void> {
  const stores = new Map<number, string>()
  for (let n = 0; stores.size < SHARDS; n++) {
    const shard = shardOf(MERCHANT, `window-${n}`, SHARDS)
    if (!stores.has(shard)) stores.set(shard, `window-${n}`)
  }
  const events = [...stores.values()].map((storeId) => ({
    type: 'product.viewed',
    id: `begin-${storeId}`,
    storeId,
    data: { productId: 'LAMP', session: `session-${storeId}` },
  }))
  const { status, text } = await engine.post('/collect', { events })
  if (status !== 202) throw new Error(`the day did not begin: ${status} ${text.slice(0, 500)}`)
}

/** The first lines of the real data, or undefined where it is not on this machine. */
export function realSlice(): ReturnType<typeof readRaw> | undefined {
  const path = retailFile('online_retail.csv.gz')
  if (path === undefined) return undefined
  const { header, lines } = readRaw(path)
  return { header, lines: lines.slice(0, REAL_LINES) }
}

/** As `counterflow import online-retail` does it, through the engine's API. */
async function importSlice(engine: EngineApi): Promise<OnlineRetailSummary | undefined> {
  const slice = realSlice()
  if (slice === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'counterflow-slice-'))
  try {
    const path = join(folder, 'slice.csv')
    writeFileSync(path, `${[slice.header, ...slice.lines.map(({ text }) => text)].join('\n')}\n`)
    return await importOnlineRetail(await openOnlineRetail(path), doorTo(engine), { scratchFolder: folder })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Events of one request: an emulator on a busy machine does not write down the claims of 500 within a function's time. */
const SENT_AT_ONCE = 50
const TRIES = 4

/** The way in of an import, to whichever engine. */
function doorTo(engine: EngineApi): Door {
  const ask: Door['ask'] = async (method, path, body) => {
    const answer = await engine.ask(method, path, body === undefined ? {} : { body })
    const retryAfter = answer.headers.get('retry-after')
    const retryAfterMs = retryAfter === null ? undefined : Number(retryAfter) * 1000
    return { status: answer.status, retryAfterMs, body: answer.body }
  }
  return {
    address: engine.address,
    awayMs: 0,
    ask: async (method, path, body) => {
      const { events } = (body ?? {}) as { events?: readonly object[] }
      if (events === undefined) return ask(method, path, body)
      const results: object[] = []
      for (let i = 0; i < events.length; i += SENT_AT_ONCE) {
        const some = { events: events.slice(i, i + SENT_AT_ONCE) }
        let answer = await ask(method, path, some)
        for (let tried = 1; answer.status >= 500 && tried < TRIES; tried++) answer = await ask(method, path, some)
        const part = answer.body as { results?: readonly object[] } | undefined
        if (part?.results === undefined) return answer
        results.push(...part.results)
      }
      return { status: 202, retryAfterMs: undefined, body: { results } }
    },
    close: async () => {},
  }
}
