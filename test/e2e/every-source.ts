/**
 * Deliveries of every source that there is, signed as each signs, to connections of their own: the golden documents
 * (`test/golden/deliveries`), byte for byte.
 */
import { createHmac } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { PROVIDERS, type Proof } from '#core/sources/registry.ts'
import { caseNames, readJson, readText } from '../golden/golden-cases.ts'
import type { EngineApi } from './engine-api.ts'

/** What became of one of them. `events`: how many the answer names. */
export type Delivered = {
  readonly source: string
  readonly proof: Proof
  readonly name: string
  readonly status: number
  readonly events: number
  readonly repeat: boolean
}
type Way = { readonly path: string; readonly secret: string }
/** Shopify makes it, and its owner hands it over. */
const SHOPIFY_SECRET = 'shpss_the-secret-of-a-shop-in-a-test'
type Case = { readonly headers: Readonly<Record<string, string>>; readonly defaults?: { readonly storeId?: string } }

/** Headers that a sender of this proof adds, by other code than the engine's. `id`: the message's. */
function signed(proof: Proof, secret: string, id: string, body: string): Record<string, string> {
  const hmac = () => createHmac('sha256', secret).update(body).digest('base64')
  const now = new Date()
  switch (proof) {
    case 'shopify':
      return { 'x-shopify-hmac-sha256': hmac() }
    case 'woocommerce':
      return { 'x-wc-webhook-signature': hmac() }
    case 'token':
      return { 'x-webhook-token': secret }
    case 'standard-webhooks':
      return {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(id, now, body),
      }
  }
}

/** Through each source's first proof all of its documents, through each other proof the first of them; one after the other. */
export async function sendEverySource(
  engine: EngineApi,
): Promise<{ readonly delivered: Delivered[] /** Of their connections. */; readonly secrets: readonly string[] }> {
  const delivered: Delivered[] = []
  const secrets = new Set<string>()
  for (const { name: source, proofs } of PROVIDERS) {
    for (const proof of proofs) {
      const names = caseNames(`deliveries/${source}`)
      const ways = new Map<string | undefined, Way>()
      for (const name of proof === proofs[0] ? names : names.slice(0, 1)) {
        const { headers, defaults } = readJson(`deliveries/${source}`, name, 'request.json') as Case
        const storeId = defaults?.storeId
        const way = ways.get(storeId) ?? (await openWay(engine, source, proof, storeId))
        ways.set(storeId, way)
        secrets.add(way.secret)
        const body = readText(`deliveries/${source}`, name, 'body.json')
        const answer = await engine.post(way.path, undefined, {
          bytes: Buffer.from(body),
          headers: { ...headers, ...signed(proof, way.secret, `${source}-${name}`, body) },
          asStranger: true,
        })
        const { eventIds = [], repeat = false } = answer.body ?? {}
        delivered.push({ source, proof, name, status: answer.status, events: eventIds.length, repeat })
      }
    }
  }
  return { delivered, secrets: [...secrets] }
}

async function openWay(engine: EngineApi, source: string, proof: Proof, storeId: string | undefined): Promise<Way> {
  const given = proof === 'shopify' ? SHOPIFY_SECRET : undefined
  const wanted = { source, proof, ...(storeId && { storeId }), ...(given && { secret: given }) }
  const { status, body } = await engine.post('/integrations', wanted)
  if (status !== 201) throw new Error(`a connection to ${source} was answered ${status}: ${JSON.stringify(body)}`)
  return { path: body.path, secret: given ?? body.secret }
}

// biome-ignore lint/suspicious/noExplicitAny: it reads answers of many shapes
type Json = any

/** The days that the documents are of; one that tells no time of its own is of today. */
const DAYS = 'from=2026-02-20T00:00:00Z&to=2026-03-20T00:00:00Z'

/** What all of it came to: money and counts, revenue by store, stock by place, held documents. */
export async function figuresOfSources(engine: EngineApi, now: number): Promise<Record<string, Json>> {
  const asked = async (path: string): Promise<Json> => {
    const { status, body, text } = await engine.get(path)
    if (status !== 200) throw new Error(`${path} was answered ${status}: ${text.slice(0, 500)}`)
    return body
  }
  const valuesOf = (measures: Json) =>
    Object.fromEntries(Object.entries<Json>(measures).map(([name, { value }]) => [name, value]))
  const figuresOf = async (span: string) => {
    const { money, counts } = await asked(`/metrics?${span}`)
    const inMoney = Object.entries(money).map(([currency, measures]) => [currency, valuesOf(measures)])
    return { money: Object.fromEntries(inMoney), counts: valuesOf(counts) }
  }
  const dayOf = (ms: number) => `${new Date(ms).toISOString().slice(0, 10)}T00:00:00Z`
  const ofDays = await figuresOf(DAYS)
  const byStore: Record<string, Json> = {}
  for (const currency of Object.keys(ofDays.money)) {
    const { series } = await asked(
      `/metrics/series?measure=netRevenue&by=store&window=span&limit=100&currency=${currency}&${DAYS}`,
    )
    byStore[currency] = series.map(({ key, values }: Json) => [key, values]).sort()
  }
  return {
    ...ofDays,
    today: await figuresOf(`from=${dayOf(now)}&to=${dayOf(now + 24 * 60 * 60_000)}`),
    byStore,
    stock: (await engine.all('/stock?limit=500'))
      .map(({ storeId, productId, onHand }: Json) => [storeId, productId, onHand])
      .sort(),
    held: (await engine.all('/quarantine?status=held')).length,
  }
}
