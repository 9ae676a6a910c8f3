/** The demo merchant's doors for programs on this machine: they need no secret, and are there when they were first used. */
import { changed, type ProviderConnection, versionOf } from '#core/access/provider-connection.ts'
import type { Mode } from '#core/api/freshness.ts'
import { SIMULATOR } from '#core/events/simulator-source.ts'
import { conditionsHold, type StateStore } from '#core/ports.ts'
import { keepSecret, secretsOf } from './connection-secrets.ts'
import { DEMO_MERCHANT } from './demo-merchant.ts'
import { isUnmoved } from './is-unmoved.ts'
import type { Ports } from './ports.ts'
import { connectionsOf, findConnection, inListOf, rowOf } from './provider-connections.ts'

const demoId = (source: string): string => `demo-${source.replace(':', '-')}`

/** The door for documents of this source; it is kept by its first delivery that is taken. */
export async function demoConnection(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  source: string,
): Promise<ProviderConnection> {
  const id = demoId(source)
  const known = await findConnection(state, id)
  if (known !== undefined && known.status !== 'removed') return known
  const label = `${source}, from this machine`
  const [status, createdAt] = ['waiting', clock.now()] as const
  const door = { id, merchantId: DEMO_MERCHANT, source, proof: 'none', label, status, createdAt } as const
  // One that was removed and opens again goes on from there: no version comes twice.
  return { ...door, ratePerSecond: 1e9, version: known === undefined ? 0 : versionOf(known) }
}

export async function markDemoAccepted(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  connection: ProviderConnection,
): Promise<void> {
  if (connection.status !== 'waiting') return
  const known = await findConnection(state, connection.id)
  if (known !== undefined && known.status !== 'removed') return
  const after = changed(connection, 'accept', clock.now())!
  const row = rowOf(after)
  // If not, another delivery was the first.
  await conditionsHold(() => state.commitDurable([row, inListOf(after)], [isUnmoved(row, known)]))
}

/** The simulated online shop's connection, and the secret that it signs with now: made where they are not there. */
export async function simulatorConnection(
  ports: Pick<Ports, 'state' | 'clock' | 'secrets'>,
): Promise<{ readonly connection: ProviderConnection; readonly secret: string }> {
  const connection = await demoConnection(ports, SIMULATOR)
  const [known] = connection.proof === 'none' ? [] : await secretsOf(ports, connection.id)
  if (known !== undefined) return { connection, secret: known }
  const named = { ...connection, proof: 'standard-webhooks', label: 'The simulated online shop' } as const
  const made = { ...named, version: versionOf(connection) + 1 }
  const secret = await keepSecret(ports.secrets, made, undefined)
  await ports.state.commitDurable([rowOf(made), inListOf(made)])
  return { connection: made, secret }
}

/** mock: the merchant is the demo and nothing real is connected to it; then the simulator sells. */
export async function modeOf(state: StateStore, merchantId: string): Promise<Mode> {
  if (merchantId !== DEMO_MERCHANT) return 'live'
  const isConnected = (await connectionsOf(state, merchantId)).some(
    ({ status, source }) => status === 'active' && source !== SIMULATOR,
  )
  return isConnected ? 'live' : 'mock'
}
