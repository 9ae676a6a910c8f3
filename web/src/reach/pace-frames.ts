/** A stream repaints at most 4 times a second; a single change is painted at once. */
export const PAINT_MS = 250

/** Where a paint takes long, the next one waits so many times as long: the rest is for whoever uses the page. */
const REST = 3

type Clock = {
  readonly now: () => number
  readonly after: (ms: number, run: () => void) => () => void
  /** Runs when what was changed just now stands on the screen. */
  readonly painted: (run: () => void) => void
}

/** Collects what comes and hands it on in order: at once after a pause, else together when the next paint is due. */
export function paceFrames<F>(paint: (frames: F[]) => void, clock: Clock, everyMs: number) {
  let waiting: F[] = []
  let paintedAt = Number.NEGATIVE_INFINITY
  let tookMs = 0
  let cancel: (() => void) | undefined

  const flush = () => {
    const frames = waiting
    waiting = []
    cancel = undefined
    paintedAt = clock.now()
    paint(frames)
    const beganAt = paintedAt
    clock.painted(() => {
      tookMs = clock.now() - beganAt
    })
  }
  return {
    /** How long the last paint took, from the frame to the screen. */
    tookMs: () => tookMs,
    take(frame: F) {
      waiting.push(frame)
      const dueIn = paintedAt + Math.max(everyMs, REST * tookMs) - clock.now()
      if (dueIn <= 0 && cancel === undefined) flush()
      else cancel ??= clock.after(dueIn, flush)
    },
    /** Forgets what waits. */
    drop() {
      cancel?.()
      cancel = undefined
      waiting = []
    },
  }
}
