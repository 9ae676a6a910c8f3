import type { Proof } from '#core/sources/registry.ts'

/** waiting: nothing came yet. paused: nothing is let in until it is resumed. removed: for good; its id is not used again. */
export const CONNECTION_STATUSES = ['waiting', 'active', 'paused', 'removed'] as const
export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number]

/** A way in for one provider of one merchant. */
export type ProviderConnection = {
  readonly id: string
  readonly merchantId: string
  /** A name of `core/sources/registry.ts`, or of a door of our own. */
  readonly source: string
  /** none: a door of our own, which knows who sends by other means. */
  readonly proof: Proof | 'none'
  /** Where its documents name no store. */
  readonly storeId?: string
  readonly label: string
  readonly status: ConnectionStatus
  /** Epoch ms. */
  readonly createdAt: number
  /** When its first delivery was accepted, epoch ms. */
  readonly acceptedAt?: number
  /** Deliveries a second, in the long run. */
  readonly ratePerSecond: number
  /** How often it was changed; absent in rows from before it was counted: 0. */
  readonly version?: number
}

/** What a merchant may change of one; what is absent stays. */
export type ConnectionPatch = {
  readonly status?: 'active' | 'paused' | undefined
  readonly label?: string | undefined
  readonly ratePerSecond?: number | undefined
  /** null: none any more. */
  readonly storeId?: string | null | undefined
}
/** accept: its first delivery was taken. rotate: it gets a new secret. */
export type ConnectionChange = 'accept' | 'rotate' | 'remove' | ConnectionPatch

export const versionOf = ({ version = 0 }: ProviderConnection): number => version

/** The connection after the change, a version on; undefined where it cannot be. The very same one where nothing changes. */
export function changed(
  connection: ProviderConnection,
  change: ConnectionChange,
  nowMs: number,
): ProviderConnection | undefined {
  const after = connection.status === 'removed' ? undefined : whenOpen(connection, change, nowMs)
  return after === undefined || after === connection ? after : { ...after, version: versionOf(connection) + 1 }
}

function whenOpen(
  connection: ProviderConnection,
  change: ConnectionChange,
  nowMs: number,
): ProviderConnection | undefined {
  const { status } = connection
  switch (change) {
    case 'accept':
      if (status === 'active') return connection
      return status === 'waiting' ? { ...connection, status: 'active', acceptedAt: nowMs } : undefined
    case 'rotate':
      return { ...connection }
    case 'remove':
      return { ...connection, status: 'removed' }
    default:
      return patched(connection, change)
  }
}

function patched(connection: ProviderConnection, patch: ConnectionPatch): ProviderConnection {
  const { storeId: store, ...rest } = connection
  const { label = rest.label, ratePerSecond = rest.ratePerSecond } = patch
  const status = statusAfter(connection, patch.status)
  const storeId = patch.storeId === undefined ? store : (patch.storeId ?? undefined)
  const isSame =
    label === rest.label && ratePerSecond === rest.ratePerSecond && status === rest.status && storeId === store
  return isSame ? connection : { ...rest, ...(storeId !== undefined && { storeId }), label, ratePerSecond, status }
}

/** One that is to be active and has taken nothing yet waits. */
function statusAfter({ status, acceptedAt }: ProviderConnection, asked: ConnectionPatch['status']): ConnectionStatus {
  if (asked === undefined) return status
  return asked === 'active' && acceptedAt === undefined ? 'waiting' : asked
}
