import type { Viewer } from '#core/ports.ts'
import { rowKey } from '#core/row-key.ts'

/** An open socket. Key: merchant, connection. */
export type LiveConnection = { readonly viewer: Viewer; readonly connectedAt: number }
export const CONNECTION_TABLE = 'connections'
export const connectionKey = (merchantId: string, connectionId: string): string => rowKey(merchantId, connectionId)
