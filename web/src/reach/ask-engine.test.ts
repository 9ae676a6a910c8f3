import { describe, expect, test } from 'vitest'
import { answerOf, doorkeeper, engine, NotSignedInError, RefusedError, UnreachableError } from './ask-engine.ts'

const baseUrl = 'http://engine.test'
/** An engine that answers so, and whatever it was asked. */
function answering(answer: () => Response | Promise<Response>) {
  const asked: Request[] = []
  const fetch = async (request: Request) => {
    asked.push(request)
    return answer()
  }
  return { asked, options: { baseUrl, fetch } }
}
const problem = (status: number, body: object, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers })

describe('asking the engine', () => {
  test('names, queries and paths arrive as they are', async () => {
    const { asked, options } = answering(() => Response.json({ eventIds: [], repeat: true }))
    await answerOf(engine.GET('/alerts', { ...options, params: { query: { limit: 500 } } }))
    const { repeat } = await answerOf(
      engine.POST('/alerts/{id}/acknowledge', { ...options, params: { path: { id: 'a/b c' } } }),
    )
    expect(repeat).toBe(true)
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET ${baseUrl}/alerts?limit=500`,
      `POST ${baseUrl}/alerts/a%2Fb%20c/acknowledge`,
    ])
    expect(asked[0]!.headers.get('accept')).toBe('application/json')
  })

  test.each([
    [401, {}, new NotSignedInError('Not signed in')],
    [409, { title: 'No', detail: 'not now' }, new RefusedError(409, 'No: not now')],
    [422, { title: 'No' }, new RefusedError(422, 'No')],
  ])('%i is an error', async (status, body, error) => {
    const { options } = answering(() => problem(status, body))
    await expect(answerOf(engine.GET('/metrics', options))).rejects.toEqual(error)
  })

  test('a body is sent as JSON, and an answer without one is taken', async () => {
    const { asked, options } = answering(() => new Response(null, { status: 204 }))
    const body = { email: 'asha@shop.example', password: 'seven green kettles' }
    expect(await answerOf(doorkeeper.POST('/sign-in', { ...options, body }))).toBeUndefined()
    expect(asked[0]!.headers.get('content-type')).toBe('application/json')
    expect(await asked[0]!.json()).toEqual(body)
  })

  test('401 is a refusal like any other where somebody proves who they are', async () => {
    const problems = [{ field: 'code', message: 'is missing' }]
    const { options } = answering(() => problem(401, { title: 'A code is needed too', problems }))
    const body = { email: 'asha@shop.example', password: 'seven green kettles' }
    await expect(doorkeeper.POST('/sign-in', { ...options, body })).rejects.toMatchObject({
      name: 'RefusedError',
      status: 401,
      message: 'A code is needed too',
      problems,
      retryAfterSeconds: null,
    })
  })

  test('a refusal says what is there instead, and when to come again', async () => {
    const present = { name: 'Ravi', version: 3 }
    const { options } = answering(() => problem(409, { title: 'Changed', detail: 'by another', present }))
    await expect(engine.GET('/account', options)).rejects.toMatchObject({ message: 'Changed: by another', present })
    const { options: later } = answering(() => problem(429, { title: 'Too many tries' }, { 'retry-after': '32' }))
    await expect(engine.GET('/account', later)).rejects.toMatchObject({ status: 429, retryAfterSeconds: 32 })
  })

  test('events of which none was taken say why of each', async () => {
    const problems = [{ field: 'data.packSize', message: 'is not a number' }]
    const results = [{ status: 'refused', problems }]
    const { options } = answering(() => problem(422, { results } as never))
    await expect(engine.POST('/collect', { ...options, body: { events: [] } as never })).rejects.toMatchObject({
      status: 422,
      message: 'Nothing of it was taken',
      problems,
    })
  })

  test('what is no problem document is told by its status', async () => {
    const { options } = answering(() => new Response('<html>', { status: 502, statusText: 'Bad Gateway' }))
    await expect(engine.GET('/metrics', options)).rejects.toEqual(
      new RefusedError(502, 'The answer was 502 Bad Gateway'),
    )
  })

  test('no answer is an error, and who gave up hears just that', async () => {
    const { options } = answering(() => Promise.reject(new TypeError('failed')))
    await expect(engine.GET('/metrics', options)).rejects.toBeInstanceOf(UnreachableError)
    const signal = AbortSignal.abort(new Error('gave up'))
    const { options: giving } = answering(() => Promise.reject(signal.reason))
    await expect(engine.GET('/metrics', { ...giving, signal })).rejects.toThrow('gave up')
  })
})
