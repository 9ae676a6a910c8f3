import type { Subscription } from '#core/api/live.ts'
import type { Viewer } from '#core/ports.ts'
import { rowKey } from '#core/row-key.ts'

/** An open socket. Key: merchant, connection. */
export type LiveConnection = {
  readonly viewer: Viewer
  readonly connectedAt: number
  /** What it last asked to hear, under an id of its own; absent: it said nothing, and hears everything it may. */
  readonly asked?: Subscription & { readonly id: string }
  /** Id of what it asked last where it was answered at once, beside the feeds; those need not do it again. */
  readonly answered?: string
}
export const CONNECTION_TABLE = 'connections'
export const connectionKey = (merchantId: string, connectionId: string): string => rowKey(merchantId, connectionId)
