/** A stream repaints at most 4 times a second; a single change is painted at once. */
export const PAINT_MS = 250

type Clock = { readonly now: () => number; readonly after: (ms: number, run: () => void) => () => void }

/** Collects what comes and hands it on in order: at once after a pause, else together when the next paint is due. */
export function paceFrames<F>(paint: (frames: F[]) => void, clock: Clock, everyMs: number) {
  let waiting: F[] = []
  let paintedAt = Number.NEGATIVE_INFINITY
  let cancel: (() => void) | undefined

  const flush = () => {
    const frames = waiting
    waiting = []
    cancel = undefined
    paintedAt = clock.now()
    paint(frames)
  }
  return {
    take(frame: F) {
      waiting.push(frame)
      const dueIn = paintedAt + everyMs - clock.now()
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
