import createClient from 'openapi-fetch'
import type { ProblemDocument } from '#core/api/problem.ts'
import type { paths } from './api.gen.d.ts'

/** No answer came: no network, or the engine does not run. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
}
/** The session cookie is missing or over. */
export class NotSignedInError extends Error {
  override readonly name = 'NotSignedInError'
}
/** The engine answered with a problem document; the message is its title, and its detail if it has one. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/**
 * The engine's routes, at the page's own origin, with the session cookie. Their types are made from `openapi.json`, so a
 * route that has changed does not compile here. Answers have passed their schema before they left the engine, so they
 * are not parsed a second time.
 */
export const engine = createClient<paths>({ headers: { accept: 'application/json' } })
engine.use({
  async onResponse({ response }) {
    if (response.status === 401) throw new NotSignedInError('Not signed in')
    if (!response.ok) throw new RefusedError(response.status, await reasonIn(response))
  },
  onError({ error, request }) {
    if (!request.signal.aborted) return new UnreachableError('The engine cannot be reached', { cause: error })
    return undefined
  },
})

/**
 * What was answered: anything else was thrown.
 * @throws UnreachableError, NotSignedInError, RefusedError
 */
export const answerOf = async <T>(asking: Promise<{ readonly data?: T }>): Promise<T> => (await asking).data as T

async function reasonIn(response: Response): Promise<string> {
  try {
    const { title, detail } = (await response.json()) as Partial<ProblemDocument>
    if (title !== undefined) return detail === undefined ? title : `${title}: ${detail}`
  } catch {
    // Something between us and the engine answered in its stead.
  }
  return `The answer was ${response.status} ${response.statusText}`.trim()
}
