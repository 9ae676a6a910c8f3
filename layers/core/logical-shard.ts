/**
 * Shards of the log are logical: their number is chosen once, and they lie evenly on however many shards the stream has.
 * All of one logical shard has one hash key, so that a split or merge of the stream's shards moves it whole.
 */

/** Kinesis spreads records over 2^128 hash keys. */
const HASH_KEYS = 1n << 128n

/** The hash key of a logical shard of so many: the middle of its part. */
export const hashKeyOf = (shard: number, shards: number): bigint =>
  (HASH_KEYS * BigInt(2 * shard + 1)) / BigInt(2 * shards)

export const partitionKeyOf = (shard: number): string => String(shard)

/** undefined: we did not write it. */
export function logicalShardOf(partitionKey: string, shards: number): number | undefined {
  const shard = /^(0|[1-9]\d{0,5})$/.test(partitionKey) ? Number(partitionKey) : Number.NaN
  return shard < shards ? shard : undefined
}
