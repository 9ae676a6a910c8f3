import { afterEach, expect, test, vi } from 'vitest'
import { askEngine, NotSignedInError, RefusedError, UnreachableError } from './ask-engine.ts'

afterEach(() => vi.unstubAllGlobals())

/** An engine that answers this, and what it was asked. */
function engineThatAnswers(answer: Response | Error) {
  const asked: [string, RequestInit][] = []
  vi.stubGlobal('fetch', async (path: string, request: RequestInit) => {
    asked.push([path, request])
    if (answer instanceof Error) throw answer
    return answer
  })
  return asked
}
const problem = (status: number, body: object, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers })
const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    (error: unknown) => error as RefusedError,
  )

test('sends a body as JSON, and takes an answer without one', async () => {
  const asked = engineThatAnswers(new Response(null, { status: 204 }))
  expect(await askEngine('/account', { method: 'PATCH', body: { name: 'Asha' } })).toBeUndefined()
  expect(asked).toMatchObject([
    [
      '/account',
      {
        method: 'PATCH',
        body: '{"name":"Asha"}',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
      },
    ],
  ])
})

test('a question without a body names no type for it', async () => {
  const asked = engineThatAnswers(Response.json({ items: [] }))
  expect(await askEngine('/users')).toEqual({ items: [] })
  expect(asked[0]![1].headers).toEqual({ accept: 'application/json' })
})

test('401 ends the session, but is a refusal where somebody proves who they are', async () => {
  const body = { title: 'A code is needed too', problems: [{ field: 'code', message: 'is missing' }] }
  engineThatAnswers(problem(401, body))
  expect(await refusal(askEngine('/users'))).toBeInstanceOf(NotSignedInError)
  engineThatAnswers(problem(401, body))
  const error = await refusal(askEngine('/sign-in', { method: 'POST', proves: true }))
  expect(error).toBeInstanceOf(RefusedError)
  expect(error).toMatchObject({ status: 401, message: body.title, problems: body.problems, retryAfterSeconds: null })
})

test('a refusal says what is there instead, and when to come again', async () => {
  const present = { name: 'Ravi', version: 3 }
  engineThatAnswers(problem(409, { title: 'Changed', detail: 'by another', present }))
  expect(await refusal(askEngine('/account'))).toMatchObject({ message: 'Changed: by another', present })
  engineThatAnswers(problem(429, { title: 'Too many tries' }, { 'retry-after': '32' }))
  expect(await refusal(askEngine('/sign-in'))).toMatchObject({ status: 429, retryAfterSeconds: 32 })
})

test('what is no problem document is told by its status', async () => {
  engineThatAnswers(new Response('<h1>Bad Gateway</h1>', { status: 502, statusText: 'Bad Gateway' }))
  expect(await refusal(askEngine('/users'))).toMatchObject({ message: 'The answer was 502 Bad Gateway', problems: [] })
})

test('no answer is told apart from a question that was taken back', async () => {
  engineThatAnswers(new TypeError('Failed to fetch'))
  expect(await refusal(askEngine('/users'))).toBeInstanceOf(UnreachableError)
  const aborted = new DOMException('Aborted', 'AbortError')
  engineThatAnswers(aborted)
  expect(await refusal(askEngine('/users', { signal: AbortSignal.abort() }))).toBe(aborted)
})
