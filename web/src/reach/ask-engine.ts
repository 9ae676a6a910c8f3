import createClient from 'openapi-fetch'
import type { CollectAnswer } from '#core/api/intake.ts'
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
  readonly problems: NonNullable<ProblemDocument['problems']>
  /** With 409: what is there instead. */
  readonly present: ProblemDocument['present']
  /** When the same may be asked again; null: nobody said. */
  readonly retryAfterSeconds: number | null
  constructor(
    status: number,
    message: string,
    { problems = [], present }: Partial<ProblemDocument> = {},
    retryAfterSeconds: number | null = null,
  ) {
    super(message)
    this.status = status
    this.problems = problems
    this.present = present
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/**
 * The engine's routes, at the page's own origin, with the session cookie. Their types are made from `openapi.json`, so a
 * route that has changed does not compile here. Answers have passed their schema before they left the engine, so they
 * are not parsed a second time.
 */
export const engine = clientOf((response) =>
  response.status === 401 ? new NotSignedInError('Not signed in') : refusalIn(response),
)
/** The same, for requests that prove who somebody is: 401 says that the proof was wrong, and is a refusal like any other. */
export const doorkeeper = clientOf(refusalIn)

/** `errorOf`: what an answer that is no good one becomes. */
function clientOf(errorOf: (response: Response) => Error | Promise<Error>) {
  const client = createClient<paths>({ headers: { accept: 'application/json' } })
  client.use({
    async onResponse({ response }) {
      if (!response.ok) throw await errorOf(response)
    },
    onError({ error, request }) {
      if (!request.signal.aborted) return new UnreachableError('The engine cannot be reached', { cause: error })
      return undefined
    },
  })
  return client
}

/**
 * What was answered: anything else was thrown.
 * @throws UnreachableError, NotSignedInError, RefusedError
 */
export const answerOf = async <T>(asking: Promise<{ readonly data?: T }>): Promise<T> => (await asking).data as T

async function refusalIn(response: Response): Promise<RefusedError> {
  const seconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10)
  const retryAfter = Number.isNaN(seconds) ? null : seconds
  const refused = (message: string, document?: Partial<ProblemDocument>) =>
    new RefusedError(response.status, message, document, retryAfter)
  try {
    const document = (await response.json()) as Partial<ProblemDocument> & Partial<CollectAnswer>
    const { title, detail, results } = document
    if (results !== undefined) {
      const problems = results.flatMap((result) => ('problems' in result ? result.problems : []))
      return refused('Nothing of it was taken', { problems })
    }
    if (title !== undefined) return refused(detail === undefined ? title : `${title}: ${detail}`, document)
  } catch {
    // Something between us and the engine answered in its stead.
  }
  return refused(`The answer was ${response.status} ${response.statusText}`.trim())
}
