import type { ProblemDocument } from '#core/api/problem.ts'

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

type Ask = {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Sent as JSON. */
  readonly body?: object
  readonly signal?: AbortSignal
  /** The request proves who somebody is: 401 says that the proof was wrong, and is a refusal like any other. */
  readonly proves?: boolean
}

/**
 * Asks the engine, at the page's own origin, with the session cookie. Its answers have passed their schema before they
 * left it, so they are not parsed a second time here.
 * @throws UnreachableError, NotSignedInError, RefusedError
 */
export async function askEngine<T>(path: string, ask: Ask = {}): Promise<T> {
  const response = await reach(path, ask)
  if (response.status === 401 && ask.proves !== true) throw new NotSignedInError('Not signed in')
  if (!response.ok) throw await refusalIn(response)
  return (response.status === 204 ? undefined : await response.json()) as T
}

async function reach(path: string, { method = 'GET', body, signal }: Ask): Promise<Response> {
  const headers = { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) }
  try {
    return await fetch(path, {
      method,
      headers,
      signal: signal ?? null,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new UnreachableError('The engine cannot be reached')
  }
}

async function refusalIn(response: Response): Promise<RefusedError> {
  const seconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10)
  const retryAfter = Number.isNaN(seconds) ? null : seconds
  const refused = (message: string, document?: Partial<ProblemDocument>) =>
    new RefusedError(response.status, message, document, retryAfter)
  try {
    const document = (await response.json()) as Partial<ProblemDocument>
    const { title, detail } = document
    if (title !== undefined) return refused(detail === undefined ? title : `${title}: ${detail}`, document)
  } catch {
    // Something between us and the engine answered in its stead.
  }
  return refused(`The answer was ${response.status} ${response.statusText}`.trim())
}
