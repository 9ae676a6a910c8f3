/**
 * A provider's delivery on its way in: who sent it, whether it may come in now, what it says, and its events in the log.
 * Each one that a connection of ours was meant by is written into that connection's delivery log.
 */
import type { ProviderConnection } from '#core/access/provider-connection.ts'
import { type Bucket, spend } from '#core/access/rate-limit.ts'
import type { SourceDocument } from '#core/events/envelope.ts'
import type { StateStore } from '#core/ports.ts'
import { rowKey } from '#core/row-key.ts'
import type { Provider } from '#core/sources/registry.ts'
import type { Headers } from '#core/sources/source.ts'
import { secretsOf } from './connection-secrets.ts'
import { type Delivery, logDelivery } from './delivery-log.ts'
import { markDemoAccepted } from './demo-doors.ts'
import { HttpError, type HttpReply, json, parseJson, replyToError, unprocessable } from './http-handler.ts'
import type { Ports } from './ports.ts'
import { checkProof, proofFor, type Sent } from './proofs.ts'
import { findConnection, markAccepted } from './provider-connections.ts'
import { sendingMerchant, withinQuota } from './quota.ts'
import { defaultCurrency, takeIn } from './take-in.ts'

/** What a wrong proof is answered, and an address that nobody has: they look the same. */
const notKnown = () => new HttpError(401, 'This delivery is not known here: check the address and the secret')
/** A sender without a connection is checked like any other: the proof takes as long. */
const NOBODYS_SECRET = 'bm9ib2R5cyBzZWNyZXQ='

/** To a connection's own address. Proved before anything of it is parsed. */
export async function takeProved(
  ports: Ports,
  provider: Provider,
  id: string,
  sent: Sent,
  way: Delivery['way'] = 'delivery',
): Promise<HttpReply> {
  if (provider.isPing?.(sent.body, sent.headers['content-type'])) return json(200, NOTHING)
  const at = ports.clock.now()
  const found = await findConnection(ports.state, id)
  const connection = found?.source === provider.name && isOpen(found) ? found : undefined
  const secrets = connection === undefined ? [NOBODYS_SECRET] : await secretsOf(ports, id)
  const used = connection?.proof ?? provider.proofs[0]
  const proof = used === 'none' ? 'wrong' : checkProof(used, sent, secrets, at)
  if (connection === undefined) throw notKnown()
  return logged(ports, connection, { at, proof, way, headers: sent.headers }, async (said) => {
    if (proof !== 'proved') throw notKnown()
    return take(ports, provider, connection, sent, said)
  })
}

const isOpen = ({ status, proof }: ProviderConnection): boolean => status !== 'removed' && proof !== 'none'

/**
 * What somebody who has the connection's secret sends as a test; a door of this machine has none.
 * @throws HttpError 409 where the connection has lost its secret.
 */
export async function testMessage(ports: Ports, { id, proof }: ProviderConnection): Promise<Sent> {
  const body = Buffer.from(JSON.stringify(TEST_DOCUMENT))
  const type = { 'content-type': 'application/json' }
  if (proof === 'none') return { headers: type, body }
  const [secret] = await secretsOf(ports, id)
  if (secret === undefined)
    throw new HttpError(
      409,
      `Connection ${id} has lost its secret: \`counterflow connection rotate ${id}\` makes another`,
    )
  return { headers: { ...type, ...proofFor(proof, secret, ports.ids.next(), ports.clock.now(), body) }, body }
}

/** Through a door of this machine, which knows its senders by other means; or again by hand. */
export function takeTrusted(
  ports: Ports,
  provider: Provider,
  connection: ProviderConnection,
  sent: Sent,
  way: Delivery['way'] = 'delivery',
): Promise<HttpReply> {
  const proof = connection.proof === 'none' ? ('none' as const) : ('proved' as const)
  const about = { at: ports.clock.now(), proof, way, headers: sent.headers }
  return logged(ports, connection, about, (said) => take(ports, provider, connection, sent, said))
}

/** Once more what was taken before: the answer is the same, nothing is booked, and the log says that somebody asked. */
export function takeAgain(ports: Ports, connection: ProviderConnection, delivery: Delivery): Promise<HttpReply> {
  const about = { at: ports.clock.now(), proof: delivery.proof, way: 'redelivery', headers: delivery.headers } as const
  // An answer of thousands of events is not kept whole.
  const read = parseJson(Buffer.from(delivery.answer))
  const { eventIds } = read.ok ? (read.value as { eventIds: readonly string[] }) : NOTHING
  return logged(ports, connection, about, async () => json(200, { eventIds, repeat: true }))
}

/** What the delivery says, as soon as that is known. */
type Said = { document?: unknown }

async function logged(
  ports: Ports,
  { id }: ProviderConnection,
  about: Pick<Delivery, 'at' | 'proof' | 'way' | 'headers'>,
  work: (said: Said) => Promise<HttpReply>,
): Promise<HttpReply> {
  const said: Said = {}
  const log = ({ statusCode = 200, body = '' }: HttpReply) =>
    logDelivery(ports, id, {
      ...about,
      status: statusCode,
      durationMs: ports.clock.now() - about.at,
      answer: body.slice(0, MAX_ANSWER),
      document: said.document,
    })
  try {
    const reply = await work(said)
    await log(reply)
    return reply
  } catch (error) {
    await log(replyToError(error) ?? { statusCode: 500, body: '' })
    throw error
  }
}
const MAX_ANSWER = 64_000

async function take(
  ports: Ports,
  provider: Provider,
  connection: ProviderConnection,
  { headers, body }: Sent,
  said: Said,
): Promise<HttpReply> {
  const { merchantId, id, storeId, proof } = connection
  const merchant = await sendingMerchant(ports.state, merchantId)
  if (connection.status === 'paused') throw new HttpError(403, 'This connection is paused')
  const waitMs = waitFor(ports.state, connection, ports.clock.now())
  if (waitMs > 0) throw new HttpError(429, 'This connection sends too fast', [], Math.ceil(waitMs / 1000))
  const read = parseJson(body)
  if (!read.ok) return unprocessable(read.problems)
  said.document = read.value
  if (isTest(read.value)) return json(200, NOTHING)
  const defaults = { currency: await defaultCurrency(ports, merchantId), storeId }
  const translated = provider.source.translate(read.value, defaults, headers)
  if (!translated.ok) return unprocessable(translated.problems)
  const document = proof === 'standard-webhooks' ? withIdentity(translated.value, headers) : translated.value
  const door = { merchantId, connectionId: id, source: provider.name }
  const events = document.drafts.length
  const [taken] = await withinQuota(ports, merchant, [events], () =>
    events === 0 ? Promise.resolve([NOTHING]) : takeIn(ports, door, [document]),
  )
  await (proof === 'none' ? markDemoAccepted(ports, connection) : markAccepted(ports, connection))
  return json(taken!.repeat || events === 0 ? 200 : 202, { eventIds: taken!.eventIds, repeat: taken!.repeat })
}

/** A document without an identity of its own has its message's, which is the same in every retry. */
function withIdentity(document: SourceDocument, headers: Headers): SourceDocument {
  const id = headers['webhook-id']
  return document.providerId !== undefined || id === undefined
    ? document
    : { ...document, providerId: rowKey('message', id) }
}

/** Of a document of which nothing is booked. */
const NOTHING = { eventIds: [], repeat: false }

const TEST_DOCUMENT = { counterflow: 'test' }
const isTest = (document: unknown): boolean =>
  typeof document === 'object' && document !== null && (document as { counterflow?: unknown }).counterflow === 'test'

/** How fast each connection has sent to this process. */
const buckets = new WeakMap<StateStore, Map<string, Bucket>>()

function waitFor(state: StateStore, { id, ratePerSecond }: ProviderConnection, nowMs: number): number {
  let known = buckets.get(state)
  if (known === undefined) buckets.set(state, (known = new Map()))
  const { bucket, waitMs } = spend(known.get(id), ratePerSecond, nowMs)
  known.set(id, bucket)
  return waitMs
}
