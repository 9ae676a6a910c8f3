import { hash53 } from '#core/metrics/distinct-sketch.ts'

/**
 * The shard of a store's events. An order's lines, a store's stock and a session stay in order because they share it.
 * It must never change: a store's rows are where its events were folded.
 */
export const shardOf = (merchantId: string, storeId: string, shards: number): number =>
  hash53(`${merchantId}\u0001${storeId}`) % shards
