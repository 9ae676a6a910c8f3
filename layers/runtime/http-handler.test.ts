import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { MAX_BODY_BYTES, MAX_SEGMENT } from '#core/api/limits.ts'
import { LogFullError } from '#core/ports.ts'
import {
  bodyIn,
  conflict,
  HttpError,
  type HttpRequest,
  httpHandler,
  json,
  jsonIn,
  problem,
  unprocessable,
  versionIn,
  viewerIn,
} from './http-handler.ts'
import { contextWith, type Ports } from './ports.ts'

const ports = { name: 'the ports' } as unknown as Ports
const context = contextWith(ports, 'in-test')
const viewer = { merchantId: 'demo', subject: 'owner', role: 'owner' } as const

const JSON_TYPE = { host: 'localhost', 'content-type': 'application/json' }
const event = (more: object = {}): APIGatewayProxyEventV2 =>
  ({
    version: '2.0',
    routeKey: 'POST /item/{id}',
    rawPath: '/item/1',
    rawQueryString: '',
    headers: { host: 'localhost' },
    requestContext: { http: { method: 'POST', path: '/item/1', sourceIp: '127.0.0.1' } },
    isBase64Encoded: false,
    ...more,
  }) as unknown as APIGatewayProxyEventV2

/** The request that a function gets for this event. */
async function requestFor(more: object): Promise<HttpRequest> {
  let got: HttpRequest | undefined
  await httpHandler(() => async (request) => {
    got = request
    return json(200, {})
  })(event(more), context)
  return got!
}
const replyTo = async (run: (request: HttpRequest) => Promise<object>, more: object = {}) => {
  const reply = await httpHandler(() => async (request) => json(200, await run(request)))(event(more), context)
  return { ...reply, body: JSON.parse(reply.body!) as unknown }
}

describe('a request', () => {
  test('is what API Gateway says', async () => {
    const request = await requestFor({
      headers: { host: 'localhost', 'content-type': 'application/json', 'x-a': 'b' },
      cookies: ['a=b', 'c=d'],
      queryStringParameters: { limit: '3' },
      pathParameters: { id: 'a/b' },
      body: '{"é":1}',
    })
    expect(request).toEqual({
      route: 'POST /item/{id}',
      params: { id: 'a/b' },
      query: { limit: '3' },
      headers: { host: 'localhost', 'content-type': 'application/json', 'x-a': 'b' },
      cookies: ['a=b', 'c=d'],
      sourceIp: '127.0.0.1',
      body: Buffer.from('{"é":1}'),
      viewer: undefined,
    })
  })

  test('may have nothing but its route', async () => {
    expect(await requestFor({})).toMatchObject({ params: {}, query: {}, cookies: [], body: Buffer.alloc(0) })
  })

  test('has its body byte for byte', async () => {
    const bytes = Buffer.from([0, 255, 128, 10, 13, 34])
    const { body } = await requestFor({ headers: JSON_TYPE, body: bytes.toString('base64'), isBase64Encoded: true })
    expect(Buffer.compare(body, bytes)).toBe(0)
  })

  test.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/jsonp', 415],
    [undefined, 415],
    ['application/json', 200],
    ['Application/JSON; charset=utf-8', 200],
  ])('with a body of %s is answered %i', async (type, status) => {
    const headers = { host: 'localhost', ...(type !== undefined && { 'content-type': type }) }
    const { statusCode } = await replyTo(async () => ({}), { headers, body: '{}' })
    expect(statusCode).toBe(status)
  })

  test('may have a body of any type where that is proved first, and none that is too large', async () => {
    const taken = httpHandler(() => async () => json(200, {}), ['POST /item/{id}'])
    const of = async (bytes: number) =>
      (await taken(event({ body: Buffer.alloc(bytes).toString('base64'), isBase64Encoded: true }), context)).statusCode
    expect([await of(10), await of(MAX_BODY_BYTES), await of(MAX_BODY_BYTES + 10)]).toEqual([200, 200, 413])
  })

  test.each([
    [MAX_SEGMENT, 200],
    [MAX_SEGMENT + 1, 414],
  ])('with %i characters in a part of its path is answered %i', async (length, status) => {
    const { statusCode } = await replyTo(async () => ({}), { pathParameters: { id: 'x'.repeat(length) } })
    expect(statusCode).toBe(status)
  })

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
    ['another name of this site', { 'sec-fetch-site': 'same-site' }, 403],
    ['another page, in an old browser', { origin: 'https://evil.example' }, 403],
    ['our page, behind another name', { 'sec-fetch-site': 'same-origin', origin: 'https://shop.example' }, 200],
    ['our page', { origin: 'http://localhost' }, 200],
    ['no page', {}, 200],
    ['another site with a token', { 'sec-fetch-site': 'cross-site', authorization: 'Bearer t' }, 200],
  ])('that changes something by a cookie from %s', async (_where, headers, status) => {
    const more = { headers: { host: 'localhost', ...headers }, cookies: ['session=x'] }
    expect((await replyTo(async () => ({}), more)).statusCode).toBe(status)
  })

  test('of somebody whom the authorizer did not find is refused in words', async () => {
    const requestContext = { ...event().requestContext, authorizer: { lambda: { viewer: '', missing: '' } } }
    expect(await replyTo(async () => ({}), { requestContext })).toMatchObject({
      statusCode: 401,
      body: { title: expect.stringContaining('Sign in first') },
    })
  })

  test('comes from whom the authorizer found, and from nobody else', async () => {
    const requestContext = {
      ...event().requestContext,
      authorizer: { lambda: { viewer: JSON.stringify(viewer), missing: '' } },
    }
    expect(viewerIn(await requestFor({ requestContext }))).toEqual(viewer)
    const nobody = await requestFor({ headers: { host: 'localhost', viewer: JSON.stringify(viewer) } })
    expect(() => viewerIn(nobody)).toThrow(HttpError)
    expect(await replyTo(async (request) => viewerIn(request))).toMatchObject({ statusCode: 401 })
  })

  test('brings the ports of its invocation', async () => {
    const got: unknown[] = []
    const handler = httpHandler((given) => {
      got.push(given)
      return async () => json(200, {})
    })
    await handler(event(), context)
    await handler(event(), contextWith({ name: 'others' } as unknown as Ports, 'in-test'))
    expect(got).toEqual([{ name: 'the ports' }, { name: 'others' }])
  })
})

describe('a body as JSON', () => {
  const bodyOf = (body: Buffer) => jsonIn({ body } as HttpRequest)

  test.each([
    ['{"a":[1,null,"é"]}', { a: [1, null, 'é'] }],
    ['null', null],
    [' 1 ', 1],
    ['\ufeff{}', {}],
  ])('%j', (text, value) => {
    expect(bodyOf(Buffer.from(text))).toEqual({ ok: true, value })
  })

  test('is itself however deep, and makes no prototype of a name', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    expect(bodyOf(Buffer.from(deep)).ok).toBe(true)
    const named = bodyOf(Buffer.from('{"__proto__":{"polluted":1}}'))
    expect(named.ok && Object.getPrototypeOf(named.value)).toBe(Object.prototype)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  test.each([
    ['', 'the body is empty; send JSON'],
    [' ', 'the body is not JSON in UTF-8'],
    ['{', 'the body is not JSON in UTF-8'],
    ['NaN', 'the body is not JSON in UTF-8'],
    ["{'a':1}", 'the body is not JSON in UTF-8'],
    [Buffer.from([0x22, 0xff, 0x22]), 'the body is not JSON in UTF-8'],
    [Buffer.from('{}', 'utf16le'), 'the body is not JSON in UTF-8'],
  ])('%j is none', (text, message) => {
    expect(bodyOf(Buffer.from(text as string))).toEqual({ ok: false, problems: [{ field: '', message }] })
  })
})

describe('a body as a schema reads it', () => {
  const schema = z.strictObject({ label: z.string(), rate: z.number().optional() })
  const bodyOf = (text: string) => replyTo(async () => bodyIn({ body: Buffer.from(text) } as HttpRequest, schema))

  test('is what was sent', async () => {
    expect((await bodyOf('{"label":"a"}')).body).toEqual({ label: 'a' })
  })

  test.each([
    ['', ['']],
    ['{', ['']],
    ['[]', ['']],
    ['{"label":1}', ['label']],
    ['{"label":1,"rate":"x","colour":"red","size":1}', ['label', 'rate', 'colour', 'size']],
  ])('%j is refused by every wrong field', async (text, fields) => {
    const { statusCode, body } = await bodyOf(text)
    const { problems } = body as { problems: { field: string }[] }
    expect([statusCode, problems.map(({ field }) => field)]).toEqual([422, fields])
  })
})

describe('the version that a change rests on', () => {
  const versionOf = (header: string | undefined, inBody?: number) =>
    versionIn({ headers: { ...(header !== undefined && { 'if-match': header }) } } as unknown as HttpRequest, inBody)

  test.each([
    [undefined, undefined, undefined],
    [undefined, 3, 3],
    ['"3"', undefined, 3],
    ['"3"', 3, 3],
    ['"0"', undefined, 0],
    ['*', undefined, undefined],
    ['*', 3, 3],
  ])('If-Match: %s and a body of %s: %s', (header, inBody, version) => {
    expect(versionOf(header, inBody)).toBe(version)
  })

  test.each([
    ['3', undefined],
    ['W/"3"', undefined],
    ['"3", "4"', undefined],
    ['"x"', undefined],
    ['', undefined],
    ['"4"', 3],
  ])('If-Match: %s and a body of %s are refused', async (header, inBody) => {
    expect(await replyTo(async () => ({ version: versionOf(header, inBody) }))).toMatchObject({
      statusCode: 422,
      body: { problems: [{ field: 'If-Match' }] },
    })
  })
})

describe('a reply', () => {
  test('to a change that comes too late shows what is there', async () => {
    const present = { id: 'c1', version: 4 }
    const { statusCode, headers, body } = await replyTo(() => Promise.reject(conflict('It was changed', present)))
    expect([statusCode, headers!['content-type']]).toEqual([409, 'application/problem+json; charset=utf-8'])
    expect(body).toMatchObject({ title: expect.stringMatching(/^It was changed: /), status: 409, present })
  })

  test('is JSON that nobody keeps', () => {
    expect(json(201, { a: 1 })).toEqual({
      statusCode: 201,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
      body: '{"a":1}',
    })
  })

  test('that says no is a problem document', () => {
    const problems = [{ field: 'a.0', message: 'is wrong' }]
    expect(problem(404, 'Not here')).toMatchObject({
      statusCode: 404,
      headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' },
      body: JSON.stringify({ type: 'about:blank', title: 'Not here', status: 404 }),
    })
    const { statusCode, body } = unprocessable(problems)
    expect([statusCode, JSON.parse(body!)]).toMatchObject([422, { status: 422, problems }])
  })

  test('to an error that can be explained is its explanation', async () => {
    const problems = [{ field: 'limit', message: 'must be a number' }]
    const run = () => Promise.reject(new HttpError(422, 'The question cannot be answered', problems))
    expect(await replyTo(run)).toMatchObject({
      statusCode: 422,
      body: { title: 'The question cannot be answered', status: 422, problems },
    })
  })

  test('of a full log says when to come again', async () => {
    const run = () => Promise.reject(new LogFullError('the disk is nearly full: free some space', 7))
    expect(await replyTo(run)).toMatchObject({
      statusCode: 503,
      headers: { 'retry-after': '7', 'content-type': 'application/problem+json; charset=utf-8' },
      body: { status: 503, problems: [{ field: '', message: 'the disk is nearly full: free some space' }] },
    })
  })

  test('there is none to a defect: the invocation fails', async () => {
    await expect(replyTo(() => Promise.reject(new TypeError('a defect')))).rejects.toThrow('a defect')
    await expect(
      replyTo(() => {
        throw new TypeError('at once')
      }),
    ).rejects.toThrow('at once')
  })
})
