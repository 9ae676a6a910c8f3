/** The ways in that merchants opened for their providers. Their secrets are in `connection-secrets.ts`. */
import type { By } from '#core/access/by.ts'
import { type ConnectionChange, changed, type ProviderConnection, versionOf } from '#core/access/provider-connection.ts'
import { connectionItemOf } from '#core/api/connections.ts'
import { conditionsHold, type StateStore, type Write } from '#core/ports.ts'
import { partsOf, rowKey, under } from '#core/row-key.ts'
import { type Proof, providerOf } from '#core/sources/registry.ts'
import { auditRow, type Change } from './audit.ts'
import { forgetSecrets, keepSecret, replaceSecret, secretFor } from './connection-secrets.ts'
import { conflict, HttpError } from './http-handler.ts'
import { isUnmoved } from './is-unmoved.ts'
import { NO_TURN, nextTurn, type Turn } from './list-turns.ts'
import { findMerchant } from './merchants.ts'
import type { Ports } from './ports.ts'

/** Key: the connection's id. */
export const PROVIDER_CONNECTIONS = 'provider-connections'
/** Which are a merchant's. Key: merchant, connection's id. */
export const CONNECTIONS_OF_MERCHANT = 'provider-connections-of-merchant'

const DEFAULT_RATE = 200
/** After a rotation the old secret is accepted for this long, if nothing else is said. */
const OVERLAP_HOURS = 24

type ConnectionPorts = Pick<Ports, 'state' | 'secrets' | 'clock' | 'ids'>

export async function findConnection(state: StateStore, id: string): Promise<ProviderConnection | undefined> {
  return (await state.get(PROVIDER_CONNECTIONS, id)) as ProviderConnection | undefined
}

/** Ids of all the connections that a merchant has had. */
export async function everyConnectionOf(state: StateStore, merchantId: string): Promise<readonly string[]> {
  const names = await state.query({ table: CONNECTIONS_OF_MERCHANT, range: under(merchantId) })
  return names.map(({ key }) => partsOf(key)[1]!)
}

/** A merchant's connections, oldest first, without those that were removed. */
export async function connectionsOf(state: StateStore, merchantId: string): Promise<readonly ProviderConnection[]> {
  const ids = await everyConnectionOf(state, merchantId)
  const rows = await state.getMany(ids.map((key) => ({ table: PROVIDER_CONNECTIONS, key })))
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
 * @throws HttpError 409 where another one's orders would be taken for its own, or the merchant has as many as they may, 422 where
 * the secret proves nothing.
 */
export async function addConnection(
  { state, secrets, clock, ids }: ConnectionPorts,
  by: By,
  { source, proof: asked, storeId, label = source, ratePerSecond = DEFAULT_RATE, secret: given }: NewConnection,
): Promise<{ readonly connection: ProviderConnection; readonly secret: string }> {
  const { merchantId } = by
  const proof = asked ?? providerOf(source)!.proofs[0]
  for (;;) {
    const turn = await nextTurn(state, merchantId, PROVIDER_CONNECTIONS)
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
      version: 0,
    }
    await checkQuota(state, merchantId)
    await checkStore(state, connection)
    const secret = await keepSecret(secrets, connection, given)
    const opened: Change = { what: 'integration.opened', subject: connection.id, after: connectionItemOf(connection) }
    const audit = auditRow({ clock, ids }, by, opened)
    const writes = [rowOf(connection), inListOf(connection), audit, ...turn.writes]
    if (await conditionsHold(() => state.commitDurable(writes, turn.conditions))) return { connection, secret }
    await forgetSecrets(secrets, connection.id)
  }
}

const CHANGES = {
  rotate: 'integration.rotated',
  remove: 'integration.removed',
} as const

async function checkQuota(state: StateStore, merchantId: string): Promise<void> {
  const most = (await findMerchant(state, merchantId))?.connections
  if (most === undefined) return
  const present = (await connectionsOf(state, merchantId)).filter(({ proof }) => proof !== 'none')
  if (present.length >= most) throw new HttpError(409, `This merchant may have ${most} connections: remove one first`)
}

/** Two shops that number their orders alike need a store each, or one's order would be a version of the other's. */
async function checkStore(state: StateStore, { id, merchantId, source, storeId }: ProviderConnection): Promise<void> {
  if (!providerOf(source)?.numbersItsOwn) return
  const other = (await connectionsOf(state, merchantId)).find(
    (each) => each.id !== id && each.source === source && each.storeId === storeId,
  )
  if (other === undefined) return
  const store = storeId === undefined ? 'without a store of its own' : `of store ${storeId}`
  throw new HttpError(
    409,
    `There is a connection to ${source} ${store} already (${other.id}): give this one another store`,
  )
}

/**
 * `expected`: the version that the change rests on; undefined: whichever is there.
 * @throws HttpError 404; 409 where it is at another version by now (with the present one), or cannot be changed so.
 */
export async function changeConnection(
  ports: Pick<Ports, 'state' | 'secrets' | 'clock' | 'ids'>,
  by: By,
  id: string,
  change: Exclude<ConnectionChange, 'accept'>,
  expected?: number,
): Promise<ProviderConnection> {
  const { state, secrets, clock } = ports
  for (;;) {
    const before = await ownConnection(state, by.merchantId, id)
    if (expected !== undefined && expected !== versionOf(before))
      throw conflict(`Connection ${id} was changed meanwhile`, connectionItemOf(before))
    const after = changed(before, change, clock.now())
    if (after === undefined) throw new HttpError(409, `Connection ${id} is ${before.status}: it cannot be changed so`)
    const turn = after.storeId === before.storeId ? NO_TURN : await nextTurn(state, by.merchantId, PROVIDER_CONNECTIONS)
    if (turn !== NO_TURN) await checkStore(state, after)
    const seen = { before: connectionItemOf(before), after: connectionItemOf(after) }
    const about: Change = {
      what: typeof change === 'string' ? CHANGES[change] : 'integration.changed',
      subject: id,
      ...seen,
    }
    if (after === before || (await replaced(state, before, after, turn, auditRow(ports, by, about)))) {
      if (change === 'remove') await forgetSecrets(secrets, id)
      return after
    }
  }
}

/**
 * A new secret, the provider's own or one that is made; the one before counts for a while. The row changes before the
 * secret does: nobody has a new one of which the row knows nothing.
 * @throws HttpError 404; 409 as `changeConnection`, or where it has no secret; 422 where the secret proves nothing.
 */
export async function rotateSecret(
  ports: Pick<Ports, 'state' | 'secrets' | 'clock' | 'ids'>,
  by: By,
  id: string,
  asked: { readonly overlapHours?: number | undefined; readonly secret?: string | undefined },
  expected?: number,
): Promise<{ readonly connection: ProviderConnection; readonly secret: string }> {
  const { proof } = await ownConnection(ports.state, by.merchantId, id)
  if (proof === 'none') throw new HttpError(409, `Connection ${id} is a door of this machine and has no secret`)
  const secret = secretFor(proof, asked.secret)
  const connection = await changeConnection(ports, by, id, 'rotate', expected)
  await replaceSecret(ports, id, secret, asked.overlapHours ?? OVERLAP_HOURS)
  return { connection, secret }
}

/** Whether the row was still as it was `before`, and is now as `after` says. */
async function replaced(
  state: StateStore,
  before: ProviderConnection,
  after: ProviderConnection,
  turn: Turn = NO_TURN,
  ...more: readonly Write[]
): Promise<boolean> {
  const row = rowOf(after)
  return conditionsHold(() =>
    state.commitDurable([row, ...more, ...turn.writes], [isUnmoved(row, before), ...turn.conditions]),
  )
}

/** The connection has taken something: it is active, durably, from its first delivery on. */
export async function markAccepted(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  connection: ProviderConnection,
): Promise<void> {
  for (let before: ProviderConnection | undefined = connection; before !== undefined; ) {
    const after = changed(before, 'accept', clock.now())
    // Where it was paused or removed meanwhile, that stands.
    if (after === undefined || after === before || (await replaced(state, before, after))) return
    before = await findConnection(state, connection.id)
  }
}

export const rowOf = (connection: ProviderConnection): Write => ({
  table: PROVIDER_CONNECTIONS,
  key: connection.id,
  row: connection,
})
export const inListOf = ({ merchantId, id }: ProviderConnection): Write => ({
  table: CONNECTIONS_OF_MERCHANT,
  key: rowKey(merchantId, id),
  row: {},
})
