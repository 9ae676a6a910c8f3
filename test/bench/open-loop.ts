/**
 * Requests at a fixed rate, whatever the answers do: an arrival that could not be sent in time keeps the time at which it
 * was due, and whoever measures from that time leaves no waiting out (no coordinated omission; G. Tene, "How NOT to
 * Measure Latency", 2015).
 */

export type OpenLoop = {
  readonly ratePerSecond: number
  readonly seconds: number
  /** Sends the n-th request and returns at once. `dueMs` is on the clock's scale. */
  readonly send: (n: number, dueMs: number) => void
  readonly clock?: LoopClock
}
export type LoopClock = { now(): number; wait(): Promise<void> }

/** Wakes about each millisecond and then sends all that is due: spinning would take the core that the engine needs. */
const MONOTONIC: LoopClock = {
  now: () => performance.now(),
  wait: () => new Promise((done) => setTimeout(done, 1)),
}

/** Resolves when the last request has been sent. Answers how many, and by how much the latest of them was late, in ms. */
export async function runOpenLoop({ ratePerSecond, seconds, send, clock = MONOTONIC }: OpenLoop) {
  const count = Math.round(ratePerSecond * seconds)
  const startedAt = clock.now()
  const dueMs = (n: number) => startedAt + (n * 1000) / ratePerSecond
  let worstLagMs = 0
  for (let n = 0; n < count; ) {
    const now = clock.now()
    if (dueMs(n) <= now) worstLagMs = Math.max(worstLagMs, now - dueMs(n))
    while (n < count && dueMs(n) <= now) {
      send(n, dueMs(n))
      n++
    }
    if (n < count) await clock.wait()
  }
  return { sent: count, worstLagMs }
}
