/** A token bucket: so many in the long run, and a burst of what a few seconds allow at once. */
export type Bucket = {
  /** Deliveries that may come at once. */
  readonly tokens: number
  /** Epoch ms at which that was so. */
  readonly at: number
}

/** A bucket is full with what this many seconds allow. */
export const BURST_SECONDS = 5

/** The bucket after one more delivery, and how long (ms) the sender must wait first: above 0 it was not let in. */
export function spend(
  bucket: Bucket | undefined,
  ratePerSecond: number,
  nowMs: number,
): { readonly bucket: Bucket; readonly waitMs: number } {
  const full = ratePerSecond * BURST_SECONDS
  const gained = bucket === undefined ? full : (Math.max(0, nowMs - bucket.at) / 1000) * ratePerSecond
  const tokens = Math.min(full, (bucket?.tokens ?? 0) + gained)
  if (tokens >= 1) return { bucket: { tokens: tokens - 1, at: nowMs }, waitMs: 0 }
  return { bucket: { tokens, at: nowMs }, waitMs: Math.ceil(((1 - tokens) / ratePerSecond) * 1000) }
}
