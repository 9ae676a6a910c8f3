/** Rows that the log keeps beside the stream: whose document was taken, what is on its way, how much was appended. */
import { ascendingTime, rowKey } from '#core/row-key.ts'

/** A document's identity and the ids it was answered with. Key: the claim's key. */
export type ClaimRow = {
  readonly eventIds: readonly string[]
  /** The pending row that this claim was made with. */
  readonly by: string
  /** Epoch ms. */
  readonly takenAt: number
  /** Somebody was told that the document is safe: it can no longer be given back. */
  readonly relied?: true
  /** Epoch ms; absent: it is kept for ever. */
  readonly expiresAt?: number
}
export const CLAIM_TABLE = 'claims'
/** How long a claim is kept at least, unless it is kept for ever. */
export const KEEP_CLAIMS_MS = 7 * 24 * 60 * 60_000

/** A document that may not be in the stream yet. Key: when it came, an id. */
export type PendingRow = {
  readonly id: string
  readonly claim?: { readonly key: string; readonly keepForEver: boolean }
  readonly eventIds: readonly string[]
  /** By logical shard: a frame of the records; or `object` names one that holds these frames in this order. */
  readonly lanes: readonly { readonly shard: number; readonly frame?: Uint8Array }[]
  readonly object?: string
}
export const PENDING_TABLE = 'log-pending'
export const pendingKey = (atMs: number, id: string): string => rowKey(ascendingTime(atMs), id)

/** How many records one writer has put into a shard. Key: shard, writer; the writer `past` stands for those that are gone. */
export type CounterRow = { readonly appended: number; readonly at: number }
export const COUNTER_TABLE = 'log-counters'
