/** The ways in that merchants opened for their providers: rows, and their secrets in `Secrets`. */
import { randomBytes } from 'node:crypto'
import { type ConnectionChange, changed, type ProviderConnection } from '#core/access/provider-connection.ts'
import type { Mode } from '#core/api/freshness.ts'
import { ConditionFailedError, type StateStore, type Write } from '#core/ports.ts'
import { partsOf, rowKey, under } from '#core/row-key.ts'
import { type Proof, providerOf } from '#core/sources/registry.ts'
import { DEMO_MERCHANT } from './demo-merchant.ts'
import { HttpError } from './http-handler.ts'
import type { Ports } from './ports.ts'

/** Key: the connection's id. */
export const PROVIDER_CONNECTIONS = 'provider-connections'
/** Which are a merchant's. Key: merchant, connection's id. */
export const CONNECTIONS_OF_MERCHANT = 'provider-connections-of-merchant'

/** The secret that counts, and those before it until each is out, epoch ms. */
type ConnectionSecrets = {
  readonly current: string
  readonly earlier: readonly { readonly secret: string; readonly until: number }[]
}

/** After a rotation the old secret is accepted for this long, if nothing else is said. */
export const OVERLAP_HOURS = 24
const DEFAULT_RATE = 200

type ConnectionPorts = Pick<Ports, 'state' | 'secrets' | 'clock' | 'ids'>

export async function findConnection(state: StateStore, id: string): Promise<ProviderConnection | undefined> {
  return (await state.get(PROVIDER_CONNECTIONS, id)) as ProviderConnection | undefined
}

/** A merchant's connections, oldest first, without those that were removed. */
export async function connectionsOf(state: StateStore, merchantId: string): Promise<readonly ProviderConnection[]> {
  const names = await state.query({ table: CONNECTIONS_OF_MERCHANT, range: under(merchantId) })
  const rows = await state.getMany(names.map(({ key }) => ({ table: PROVIDER_CONNECTIONS, key: partsOf(key)[1]! })))
  return (rows as ProviderConnection[])
    .filter(({ status }) => status !== 'removed')
    .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
}

/** @throws HttpError 404 where the merchant has no such connection. */
export async function ownConnection(state: StateStore, merchantId: string, id: string): Promise<ProviderConnection> {
  const found = await findConnection(state, id)
  if (found?.merchantId !== merchantId || found.status === 'removed')
    throw new HttpError(404, `There is no connection ${id}: \`counterflow connection list\` names them`)
  return found
}

export type NewConnection = {
  readonly source: string
  readonly proof?: Proof | undefined
  readonly storeId?: string | undefined
  readonly label?: string | undefined
  readonly ratePerSecond?: number | undefined
  /** Where the provider made the secret; else one is made. */
  readonly secret?: string | undefined
}

/**
 * A new connection that waits for its first delivery, and its secret, which nobody can ask for again.
 * @throws HttpError 409 where another one's orders would be taken for its own, 422 where the secret proves nothing.
 */
export async function addConnection(
  { state, secrets, clock, ids }: ConnectionPorts,
  merchantId: string,
  { source, proof: asked, storeId, label = source, ratePerSecond = DEFAULT_RATE, secret: given }: NewConnection,
): Promise<{ readonly connection: ProviderConnection; readonly secret: string }> {
  const provider = providerOf(source)!
  const proof = asked ?? provider.proofs[0]
  if (given !== undefined) checkSecret(proof, given)
  if (provider.numbersItsOwn) await checkStore(state, merchantId, source, storeId)
  const connection: ProviderConnection = {
    id: ids.next(),
    merchantId,
    source,
    proof,
    ...(storeId !== undefined && { storeId }),
    label,
    status: 'waiting',
    createdAt: clock.now(),
    ratePerSecond,
  }
  const secret = given ?? newSecret(proof)
  await secrets.set(
    secretsName(connection.id),
    JSON.stringify({ current: secret, earlier: [] } satisfies ConnectionSecrets),
  )
  await state.commitDurable([rowOf(connection), inListOf(connection)])
  return { connection, secret }
}

/** Two shops that number their orders alike need a store each, or one's order would be a version of the other's. */
async function checkStore(
  state: StateStore,
  merchantId: string,
  source: string,
  storeId: string | undefined,
): Promise<void> {
  const other = (await connectionsOf(state, merchantId)).find(
    (each) => each.source === source && each.storeId === storeId,
  )
  if (other === undefined) return
  const store = storeId === undefined ? 'without a store of its own' : `of store ${storeId}`
  throw new HttpError(
    409,
    `There is a connection to ${source} ${store} already (${other.id}): give this one another store`,
  )
}

const MIN_KEY_BYTES = 24
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

/** @throws HttpError 422 where the secret is no key, or one that no sender can send. */
function checkSecret(proof: ProviderConnection['proof'], secret: string): void {
  const refuse = (message: string): never => {
    throw new HttpError(422, 'The secret cannot be used: see its problems', [{ field: 'secret', message }])
  }
  if (/\s/.test(secret)) refuse('must not hold spaces or line breaks')
  if (proof !== 'standard-webhooks') return
  const key = secret.replace(/^whsec_/, '')
  if (!BASE64.test(key) || Buffer.from(key, 'base64').length < MIN_KEY_BYTES)
    refuse(`must be base64 of ${MIN_KEY_BYTES} bytes or more, with or without whsec_ before it`)
}

/** @throws HttpError 404; 409 where the connection is not in a state that can be changed so. */
export async function changeConnection(
  { state, secrets, clock }: Pick<Ports, 'state' | 'secrets' | 'clock'>,
  merchantId: string,
  id: string,
  change: ConnectionChange,
): Promise<ProviderConnection> {
  for (;;) {
    const before = await ownConnection(state, merchantId, id)
    const after = changed(before, change, clock.now())
    if (after === undefined) throw new HttpError(409, `Connection ${id} is ${before.status}: it cannot be changed so`)
    if (after === before || (await replaced(state, before, after))) {
      if (change === 'remove') await secrets.delete(secretsName(id))
      return after
    }
  }
}

/** Whether the row was still as it was `before`, and is now as `after` says. */
async function replaced(state: StateStore, before: ProviderConnection, after: ProviderConnection): Promise<boolean> {
  const unmoved = { table: PROVIDER_CONNECTIONS, key: before.id, field: 'status', equals: before.status }
  try {
    await state.commitDurable([rowOf(after)], [unmoved])
    return true
  } catch (error) {
    if (error instanceof ConditionFailedError) return false
    throw error
  }
}

/** Changes of one connection's secrets, one after the other. */
const rotating = new Map<string, Promise<unknown>>()

/** A new secret from now on; the old one counts for `overlapHours` more, and those before it as long as they were given. */
export async function rotateSecret(
  { state, secrets, clock }: Pick<Ports, 'state' | 'secrets' | 'clock'>,
  merchantId: string,
  id: string,
  overlapHours: number,
  given?: string,
): Promise<string> {
  const { proof } = await ownConnection(state, merchantId, id)
  if (proof === 'none') throw new HttpError(409, `Connection ${id} is a door of this machine and has no secret`)
  if (given !== undefined) checkSecret(proof, given)
  const rotate = async (): Promise<string> => {
    const known = await readSecrets(secrets, id)
    const nowMs = clock.now()
    const before = known === undefined ? [] : [{ secret: known.current, until: nowMs + overlapHours * 3_600_000 }]
    const earlier = [...before, ...(known?.earlier ?? [])].filter(({ until }) => until > nowMs)
    const current = given ?? newSecret(proof)
    await secrets.set(secretsName(id), JSON.stringify({ current, earlier } satisfies ConnectionSecrets))
    return current
  }
  const turn = (rotating.get(id) ?? Promise.resolve()).then(rotate, rotate)
  rotating.set(id, turn)
  try {
    return await turn
  } finally {
    if (rotating.get(id) === turn) rotating.delete(id)
  }
}

/** Those that count now: the newest first; none where the connection has lost its secret. */
export async function secretsOf(
  { secrets, clock }: Pick<Ports, 'secrets' | 'clock'>,
  id: string,
): Promise<readonly string[]> {
  const known = await readSecrets(secrets, id)
  if (known === undefined) return []
  const nowMs = clock.now()
  return [known.current, ...known.earlier.flatMap(({ secret, until }) => (nowMs < until ? [secret] : []))]
}

async function readSecrets(secrets: Ports['secrets'], id: string): Promise<ConnectionSecrets | undefined> {
  const text = await secrets.get(secretsName(id))
  return text === undefined ? undefined : (JSON.parse(text) as ConnectionSecrets)
}

/** The connection has taken something: it is active, durably, from its first delivery on. */
export async function markAccepted(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  connection: ProviderConnection,
): Promise<void> {
  const after = changed(connection, 'accept', clock.now())
  // Where it was paused or removed meanwhile, that stands.
  if (after !== undefined && after !== connection) await replaced(state, connection, after)
}

// --- The demo's own doors ------------------------------------------------------------------------------------------

const demoId = (source: string): string => `demo-${source.replace(':', '-')}`

/** The demo merchant's door for programs on this machine: it needs no secret, and is there when it was first used. */
export async function demoConnection(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  source: string,
): Promise<ProviderConnection> {
  const id = demoId(source)
  const known = await findConnection(state, id)
  if (known !== undefined && known.status !== 'removed') return known
  const label = `${source}, from this machine`
  const [status, createdAt] = ['waiting', clock.now()] as const
  return { id, merchantId: DEMO_MERCHANT, source, proof: 'none', label, status, createdAt, ratePerSecond: 1e9 }
}

export async function markDemoAccepted(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  connection: ProviderConnection,
): Promise<void> {
  if (connection.status !== 'waiting') return
  const known = await findConnection(state, connection.id)
  if (known !== undefined && known.status !== 'removed') return
  const place = { table: PROVIDER_CONNECTIONS, key: connection.id }
  const unmoved =
    known === undefined ? { ...place, field: undefined } : { ...place, field: 'status', equals: known.status }
  const after = changed(connection, 'accept', clock.now())!
  try {
    await state.commitDurable([rowOf(after), inListOf(after)], [unmoved])
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error // another delivery was the first
  }
}

/** mock: the merchant is the demo and nothing is connected to it; then the simulator sells. */
export async function modeOf(state: StateStore, merchantId: string): Promise<Mode> {
  if (merchantId !== DEMO_MERCHANT) return 'live'
  const isConnected = (await connectionsOf(state, merchantId)).some(({ status }) => status === 'active')
  return isConnected ? 'live' : 'mock'
}

const rowOf = (connection: ProviderConnection): Write => ({
  table: PROVIDER_CONNECTIONS,
  key: connection.id,
  row: connection,
})
const inListOf = ({ merchantId, id }: ProviderConnection): Write => ({
  table: CONNECTIONS_OF_MERCHANT,
  key: rowKey(merchantId, id),
  row: {},
})
export const secretsName = (id: string): string => `connection/${id}`

/** 256 bits, in the form that the proof's senders take. */
function newSecret(proof: ProviderConnection['proof']): string {
  const bytes = randomBytes(32)
  return proof === 'standard-webhooks' ? `whsec_${bytes.toString('base64')}` : bytes.toString('base64url')
}
