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
}

export type ConnectionChange = 'accept' | 'pause' | 'resume' | 'remove'

/** The connection after the change; undefined where it cannot be. The very same one where nothing changes. */
export function changed(
  connection: ProviderConnection,
  change: ConnectionChange,
  nowMs: number,
): ProviderConnection | undefined {
  const { status } = connection
  switch (change) {
    case 'accept':
      if (status === 'active') return connection
      return status === 'waiting' ? { ...connection, status: 'active', acceptedAt: nowMs } : undefined
    case 'pause':
      return status === 'removed' ? undefined : { ...connection, status: 'paused' }
    case 'resume':
      if (status === 'removed') return undefined
      return { ...connection, status: connection.acceptedAt === undefined ? 'waiting' : 'active' }
    case 'remove':
      return { ...connection, status: 'removed' }
  }
}
