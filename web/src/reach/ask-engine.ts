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
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/**
 * Asks the engine, at the page's own origin, with the session cookie. Its answers have passed their schema before they
 * left it, so they are not parsed a second time here.
 * @throws UnreachableError, NotSignedInError, RefusedError
 */
export async function askEngine<T>(
  path: string,
  { method = 'GET', signal }: { method?: 'GET' | 'POST'; signal?: AbortSignal } = {},
): Promise<T> {
  const response = await reach(path, method, signal)
  if (response.status === 401) throw new NotSignedInError('Not signed in')
  if (!response.ok) throw new RefusedError(response.status, await reasonIn(response))
  return (await response.json()) as T
}

async function reach(path: string, method: string, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch(path, { method, headers: { accept: 'application/json' }, signal: signal ?? null })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new UnreachableError('The engine cannot be reached')
  }
}

async function reasonIn(response: Response): Promise<string> {
  try {
    const { title, detail } = (await response.json()) as Partial<ProblemDocument>
    if (title !== undefined) return detail === undefined ? title : `${title}: ${detail}`
  } catch {
    // Something between us and the engine answered in its stead.
  }
  return `The answer was ${response.status} ${response.statusText}`.trim()
}
