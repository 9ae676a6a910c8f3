import type { ConnectionState } from '../reach/connection-state.ts'

/** Older than this without a socket, figures are shown as of their time, in grey. */
const STALE_MS = 15_000

export type ConnectionWords = {
  readonly tone: 'good' | 'waiting' | 'bad' | 'paused'
  /** One or two words, in the bar. */
  readonly word: string
  /** What happened and what still works. */
  readonly explained: string
  /** The figures on the screen are not of now. */
  readonly stale: boolean
}

/** `ageMs`: how long ago the newest figures came. */
export function describeConnection({ phase }: ConnectionState, ageMs: number): ConnectionWords {
  const stale = ageMs >= STALE_MS
  switch (phase) {
    case 'live':
      return stale
        ? {
            tone: 'waiting',
            word: 'No answer',
            explained:
              'The connection is open, and the engine answers no questions. What is shown is of the time said.',
            stale,
          }
        : {
            tone: 'good',
            word: 'Live',
            explained: 'Every change is shown as it happens, at most four times a second.',
            stale,
          }
    case 'paused':
      return {
        tone: 'paused',
        word: 'Paused',
        explained: 'You held the page still. Nothing is lost: it catches up when you go on.',
        stale: true,
      }
    case 'connecting':
      return {
        tone: 'waiting',
        word: 'Connecting',
        explained: 'The page is opening its connection to the engine.',
        stale,
      }
    default:
      if (!stale) {
        return phase === 'reconnecting'
          ? {
              tone: 'waiting',
              word: 'Reconnecting',
              explained: 'The live connection broke. Figures are asked for every few seconds until it is back.',
              stale,
            }
          : {
              tone: 'waiting',
              word: 'Not live',
              explained: 'There is no live connection. Figures are asked for every few seconds instead.',
              stale,
            }
      }
      return {
        tone: 'bad',
        word: 'Offline',
        explained:
          'The engine cannot be reached. What is shown stays readable and is of the time said; tables, CSV and PNG work. Acknowledging waits for the connection.',
        stale,
      }
  }
}
