/** How the page stands to the engine. Decided here; `live-socket.ts` does it. */
export type ConnectionState = {
  readonly phase: 'connecting' | 'live' | 'reconnecting' | 'offline' | 'paused'
  /** Epoch ms at which the page stopped being live, by its own clock; null while it is. */
  readonly lostAt: number | null
  /** Attempts that failed since then. */
  readonly failed: number
  /** Epoch ms of the next attempt; null: one is under way, or none is needed. */
  readonly nextTryAt: number | null
}

export type Happening =
  | { readonly what: 'trying' }
  | { readonly what: 'opened' }
  /** `tryInMs`: how long the next attempt waits. */
  | { readonly what: 'closed'; readonly tryInMs: number }
  | { readonly what: 'paused' }

export const NOT_CONNECTED: ConnectionState = { phase: 'connecting', lostAt: null, failed: 0, nextTryAt: null }

/** After so many attempts in vain the page no longer says that it will be a moment. */
const OFFLINE_AFTER = 3

/** `nowMs`: epoch ms of the page's clock. */
export function connectionAfter(state: ConnectionState, happening: Happening, nowMs: number): ConnectionState {
  const lostAt = state.lostAt ?? nowMs
  switch (happening.what) {
    case 'trying':
      return { ...state, phase: state.phase === 'paused' ? 'reconnecting' : state.phase, nextTryAt: null }
    case 'opened':
      return { phase: 'live', lostAt: null, failed: 0, nextTryAt: null }
    case 'closed': {
      const failed = state.failed + 1
      const phase = failed >= OFFLINE_AFTER ? 'offline' : 'reconnecting'
      return { phase, lostAt, failed, nextTryAt: nowMs + happening.tryInMs }
    }
    case 'paused':
      return { phase: 'paused', lostAt, failed: 0, nextTryAt: null }
  }
}

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 15_000

/**
 * How long the attempt after `failed` failures waits: doubling from half a second to 15 s, of which a random half to
 * whole is taken, so that the pages of a restarted engine do not come back in one moment. `chance`: 0 to 1.
 */
export function retryDelayMs(failed: number, chance: number): number {
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failed)
  return Math.round(full * (0.5 + chance / 2))
}
