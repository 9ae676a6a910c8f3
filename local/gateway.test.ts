import { mkdirSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { MAX_BODY_BYTES } from '#core/api/limits.ts'
import { isRight, manifest, type Route } from '#functions/manifest.ts'
import { HttpError, type HttpReply, json, problem } from '#runtime/http-handler.ts'
import { OBJECT_HEADER } from '#runtime/object-reply.ts'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { createGateway } from './gateway.ts'
import type { Functions } from './invoke.ts'

type Called = { readonly name: string; readonly event: APIGatewayProxyEventV2 }
type Options = {
  reply?: (called: Called) => HttpReply
  dashboard?: string
  loopbackOnly?: boolean
  trustedProxies?: readonly string[]
  routes?: readonly Route[]
}

const VIEWER = '{"merchantId":"demo","subject":"owner","role":"owner"}'
const HOST = { host: 'localhost:4310' }
const SIGNED_IN = { ...HOST, authorization: 'Bearer good' }

async function newGateway(
  {
    reply = () => json(200, { ok: true }),
    dashboard,
    loopbackOnly = true,
    trustedProxies = [],
    routes = manifest.routes,
  }: Options = {},
  whenFinished: (close: () => Promise<void>) => void = onTestFinished,
) {
  const called: Called[] = []
  const functions = {
    authorize: async ({ headers }: APIGatewayProxyEventV2) =>
      headers.authorization === 'Bearer good' ? { viewer: VIEWER, missing: '' } : undefined,
    http: async (name: string, event: APIGatewayProxyEventV2) => {
      called.push({ name, event })
      return reply({ name, event })
    },
  } as unknown as Functions
  const folder = dashboard ?? join(temporaryFolder(), 'none')
  const app = await createGateway({
    functions,
    dashboard: folder,
    objects: folder,
    loopbackOnly,
    trustedProxies,
    routes,
  })
  whenFinished(async () => void (await app.close()))
  return { app, called }
}

let usual: ReturnType<typeof newGateway> | undefined
afterAll(async () => (await usual)?.app.close())
/** The same one for many requests: it takes longer to make than to ask. What was called before is forgotten. */
async function usualGateway() {
  usual ??= newGateway({}, () => {})
  const { app, called } = await usual
  called.length = 0
  return { app, called }
}

const POST = { method: 'POST', url: '/integrations/amazon/webhook' } as const
const JSON_TYPE = { 'content-type': 'application/json' }
/** What every answer tells a browser. */
const GUARDED = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
}
const titleOf = (body: string): string => JSON.parse(body).title

describe('a request', () => {
  test('to a route that is added to the manifest runs its function, here as in the next synth (cdk/stacks/templates.test.ts)', async () => {
    const added = {
      method: 'GET',
      path: '/added/{id}',
      runs: 'answer-query',
      guard: 'figures:read',
      hurts: 'nobody',
    } as const
    const { app, called } = await newGateway({ routes: [...manifest.routes, added] })
    const { statusCode } = await app.inject({ method: 'GET', url: '/added/7', headers: SIGNED_IN })
    expect([statusCode, called[0]?.name, called[0]?.event.pathParameters]).toEqual([200, 'answer-query', { id: '7' }])
  })

  test('is answered with a file where the function names an object, and nobody sees its name', async () => {
    const folder = temporaryFolder()
    const bytes = Buffer.alloc(3_000_000, 'object')
    mkdirSync(join(folder, 'exports'))
    writeFileSync(join(folder, 'exports', 'it'), bytes)
    const headers = { etag: 'W/"x"', 'content-type': 'application/octet-stream', [OBJECT_HEADER]: 'exports/it' }
    const { app } = await newGateway({ dashboard: folder, reply: () => ({ statusCode: 200, headers }) })
    const said = await app.inject({ method: 'GET', url: '/export/dim_date.parquet', headers: SIGNED_IN })
    expect([said.statusCode, said.headers['content-length'], said.headers.etag]).toEqual([200, '3000000', 'W/"x"'])
    expect(said.headers).toMatchObject({ 'content-type': 'application/octet-stream', ...GUARDED })
    expect(said.headers[OBJECT_HEADER]).toBeUndefined()
    expect(said.rawPayload.equals(bytes)).toBe(true)
  })

  test('becomes the event that API Gateway would make of it', async () => {
    const { app, called } = await newGateway()
    const bytes = Buffer.from([0x22, 0xc3, 0xa9, 0x00, 0xff, 0x22])
    await app.inject({
      ...POST,
      url: '/integrations/a%2Fb/webhook?a=1&a=2&b=%C3%A9',
      headers: { ...HOST, ...JSON_TYPE, cookie: 'a=b; c=d', 'X-Mixed': 'Case', 'user-agent': 'test' },
      payload: bytes,
    })
    expect(called.length).toBe(1)
    const { name, event } = called[0]!
    expect(name).toBe('receive-webhook')
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /integrations/{marketplace}/webhook',
      rawPath: '/integrations/a%2Fb/webhook',
      rawQueryString: 'a=1&a=2&b=%C3%A9',
      headers: { host: 'localhost:4310', 'x-mixed': 'Case', 'content-type': 'application/json' },
      cookies: ['a=b', 'c=d'],
      queryStringParameters: { a: '2', b: 'é' },
      pathParameters: { marketplace: 'a/b' },
      body: bytes.toString('base64'),
      isBase64Encoded: true,
      requestContext: { http: { method: 'POST', path: '/integrations/a%2Fb/webhook', sourceIp: '127.0.0.1' } },
    })
    expect(event.requestContext).not.toHaveProperty('authorizer')
  })

  test('has no body and no cookies where none came', async () => {
    const { app, called } = await newGateway()
    await app.inject({ method: 'GET', url: '/healthz', headers: HOST })
    expect(called[0]!.event).toMatchObject({ cookies: [], body: '', isBase64Encoded: false, rawQueryString: '' })
  })

  test.each(['__proto__', 'constructor', 'toString'])('a parameter may be called %s', async (name) => {
    const { app, called } = await usualGateway()
    const { statusCode } = await app.inject({ method: 'GET', url: `/healthz?${name}=x`, headers: HOST })
    expect(statusCode).toBe(200)
    expect(Object.getPrototypeOf(called[0]!.event.queryStringParameters)).toBe(Object.prototype)
    expect(({} as { x?: string }).x).toBeUndefined()
  })

  test.each(manifest.routes.map(({ method, path, runs, guard }) => [`${method} ${path}`, runs, guard] as const))(
    '%s runs %s for whom its guard (%s) lets in',
    async (route, runs, guard) => {
      const { app, called } = await usualGateway()
      const [method, path] = route.split(' ') as [Route['method'], string]
      const url = path.replaceAll(/\{\w+\}/g, 'x')
      const stranger = await app.inject({ method, url, headers: { ...HOST, authorization: 'Bearer bad' } })
      expect(stranger.statusCode).toBe(isRight(guard) ? 401 : 200)
      expect(called.length).toBe(isRight(guard) ? 0 : 1)
      await app.inject({ method, url, headers: SIGNED_IN })
      expect(called.at(-1)).toMatchObject({ name: runs, event: { routeKey: route } })
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, 'x'])
      expect(called.at(-1)!.event.pathParameters).toEqual(Object.fromEntries(names))
      const { authorizer } = called.at(-1)!.event.requestContext as { authorizer?: { lambda: { viewer: string } } }
      expect(authorizer?.lambda.viewer).toBe(isRight(guard) ? VIEWER : undefined)
    },
  )
})

describe('a reply', () => {
  test('is the function’s, with every cookie', async () => {
    const { app } = await newGateway({
      reply: () => ({ statusCode: 303, headers: { location: '/app/', 'x-a': 'b' }, cookies: ['a=1; Path=/', 'b=2'] }),
    })
    const { statusCode, headers, body } = await app.inject({ method: 'GET', url: '/sign-in', headers: HOST })
    expect([statusCode, headers.location, headers['x-a'], headers['set-cookie'], body]).toEqual([
      303,
      '/app/',
      'b',
      ['a=1; Path=/', 'b=2'],
      '',
    ])
  })

  test('to a defect says nothing of it', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => logged.mockRestore())
    const { app } = await newGateway({
      reply: () => {
        throw new TypeError('secret detail')
      },
    })
    const { statusCode, body, headers } = await app.inject({ method: 'GET', url: '/healthz', headers: HOST })
    expect([statusCode, headers['content-type']]).toEqual([500, 'application/problem+json; charset=utf-8'])
    expect(body).not.toContain('secret')
    expect(logged).toHaveBeenCalledOnce()
  })

  test('guards the browser, whatever it is about', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => logged.mockRestore())
    const { app } = await newGateway({
      reply: ({ name }) => {
        if (name === 'report-health') throw new HttpError(500, 'x')
        return problem(422, 'x')
      },
    })
    const requests = [
      ['GET', '/healthz', HOST],
      ['GET', '/stock', HOST],
      ['GET', '/nowhere', HOST],
      ['PUT', '/stock', HOST],
      ['GET', '/stock', { host: 'evil.example' }],
      ['POST', '/sign-out', { ...HOST, 'content-type': 'text/plain' }],
      ['GET', '/app/', HOST],
    ] as const
    for (const [method, url, headers] of requests) {
      const reply = await app.inject({ method, url, headers, ...(method === 'POST' && { payload: 'x' }) })
      expect(reply.headers).toMatchObject(GUARDED)
      expect(reply.headers['content-security-policy']).toContain("default-src 'self'")
      expect(reply.headers['content-security-policy']).toContain("connect-src 'self';")
      expect(reply.headers).not.toHaveProperty('access-control-allow-origin')
    }
  })
})

describe('what is not served', () => {
  test.each(['/nowhere', '/stock/', '/STOCK', '//stock', '/integrations/amazon/hook', '/.env'])(
    '404: %s',
    async (url) => {
      const { app, called } = await usualGateway()
      const { statusCode, headers, body } = await app.inject({ method: 'GET', url, headers: SIGNED_IN })
      expect([statusCode, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8'])
      expect(titleOf(body)).toBe(`There is no GET ${url} here`)
      expect(called).toEqual([])
    },
  )

  test.each([
    ['PUT', '/stock', 'GET'],
    ['DELETE', '/settings', 'GET, POST'],
    ['PATCH', '/collect', 'POST'],
    ['GET', '/collect', 'POST'],
    ['GET', '/integrations/amazon/webhook', 'POST'],
    ['POST', '/integrations/demo-amazon', 'PATCH, DELETE'],
    ['DELETE', '/integrations', 'GET, POST'],
    ['OPTIONS', '/collect', 'POST'],
    ['HEAD', '/collect', 'POST'],
    ['TRACE', '/collect', 'POST'],
    ['PROPFIND', '/collect', 'POST'],
    ['PURGE', '/stock', 'GET'],
  ])('405: %s %s', async (method, url, allow) => {
    const { app, called } = await newGateway()
    const { statusCode, headers } = await app.inject({ method: method as 'PUT', url, headers: SIGNED_IN })
    expect([statusCode, headers.allow]).toEqual([405, allow])
    expect(called).toEqual([])
  })

  test.each(['application/json', 'Application/JSON; charset=utf-8', 'application/json;charset="UTF-8"'])(
    'but JSON is: %s',
    async (type) => {
      const { app } = await usualGateway()
      expect(
        (await app.inject({ ...POST, headers: { ...HOST, 'content-type': type }, payload: '{}' })).statusCode,
      ).toBe(200)
    },
  )

  test('413: a body of more than 1 MiB, by its length or as it comes', async () => {
    const { app, called } = await newGateway()
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    const send = (bytes: number, chunked: boolean) =>
      new Promise<[number, string]>((resolve, reject) => {
        const headers = { ...JSON_TYPE, ...(!chunked && { 'content-length': bytes }) }
        const sending = httpRequest(
          { port, host: '127.0.0.1', path: POST.url, method: 'POST', headers },
          (response) => {
            let body = ''
            response.on('data', (chunk) => {
              body += chunk
            })
            response.on('end', () => resolve([response.statusCode!, body]))
          },
        )
        sending.on('error', reject)
        for (let sent = 0; sent < bytes; sent += 65_536) sending.write(Buffer.alloc(Math.min(65_536, bytes - sent), 32))
        sending.end()
      })
    for (const chunked of [false, true]) {
      expect((await send(MAX_BODY_BYTES, chunked))[0]).toBe(200)
      const [status, body] = await send(MAX_BODY_BYTES + 1, chunked).catch(() => [413, '{"title":"closed"}'] as const)
      expect(status).toBe(413)
      if (titleOf(body) !== 'closed') expect(titleOf(body)).toContain('larger than 1048576 bytes')
    }
    expect(called.length).toBe(2)
  })

  test.each(['/%E0%A4%A', '/item/%', '/item/%ff', `/item/${'x'.repeat(400)}`, '/item/%00', '/?%', '/item/a?%ff=%ff'])(
    'is no fault of ours: %s',
    async (url) => {
      const { app } = await newGateway()
      const { statusCode } = await app.inject({ method: 'GET', url, headers: SIGNED_IN })
      expect(statusCode).toBeLessThan(500)
    },
  )

  test.each([
    ['/item/%ff', 400, 'The path is not a URL'],
    ['/%E0%A4%A', 400, 'The path is not a URL'],
    [`/item/${'x'.repeat(400)}`, 414, 'longer than 300 characters'],
    ['/app/assets/nope.js', 404, 'There is no GET /app/assets/nope.js here'],
  ])('and says so in a problem document: %s', async (url, status, title) => {
    const { app } = await newGateway()
    const { statusCode, headers, body } = await app.inject({ method: 'GET', url, headers: SIGNED_IN })
    expect([statusCode, headers['content-type']]).toEqual([status, 'application/problem+json; charset=utf-8'])
    expect(JSON.parse(body)).toEqual({ type: 'about:blank', status, title: expect.stringContaining(title) })
    expect(headers).toMatchObject(GUARDED)
  })

  test('nor is what is hardly HTTP', async () => {
    const { app } = await newGateway()
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    const say = (text: string) =>
      new Promise<string>((done) => {
        let said = ''
        const socket = connect(port, '127.0.0.1', () => socket.end(text))
        socket.on('data', (chunk) => {
          said += chunk
        })
        socket.on('close', () => done(said))
        socket.on('error', () => done(said))
      })
    for (const [text, status] of [
      ['FOO /collect HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
      ['nonsense\r\n\r\n', 400],
      ['POST /collect HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n', 400],
      [`GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`, 431],
    ] as const) {
      const [head = '', body = ''] = (await say(text)).split('\r\n\r\n')
      const headers = Object.fromEntries(head.split('\r\n').map((line) => line.split(/: (.*)/) as [string, string]))
      expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [A-Z]`))
      expect(headers).toMatchObject({ ...GUARDED, 'content-type': 'application/problem+json; charset=utf-8' })
      expect(JSON.parse(body)).toEqual({ type: 'about:blank', status, title: expect.stringMatching(/.{10}/) })
    }
    for (const text of [
      'GET / HTTP/1.1\r\n\r\n',
      'GET /healthz HTTP/1.0\r\n\r\n',
      'POST /collect HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'GET http://evil.example/healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n',
    ])
      expect(await say(text)).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(await say('GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 200 /,
    )
  })
})

describe('on this machine alone', () => {
  test.each([
    ['/healthz', 'evil.example', '127.0.0.1'],
    ['/stock', 'evil.example:4310', '127.0.0.1'],
    ['/', 'localhost.evil.example', '127.0.0.1'],
    ['/nowhere', 'localhost.', '127.0.0.1'],
    ['/app/', 'evil.example', '127.0.0.1'],
    ['/healthz', 'localhost', '192.168.0.7'],
  ])('421: %s of %j, from %s', async (url, host, remoteAddress) => {
    const { app, called } = await newGateway()
    const { statusCode, body } = await app.inject({
      method: 'GET',
      url,
      headers: { ...SIGNED_IN, host },
      remoteAddress,
    })
    expect([statusCode, titleOf(body)]).toEqual([421, 'This engine answers to 127.0.0.1 and localhost alone'])
    expect(called).toEqual([])
  })

  test('a header cannot say where a request comes from', async () => {
    const { app } = await newGateway()
    const headers = { ...HOST, 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1', forwarded: 'for=127.0.0.1' }
    const remoteAddress = '192.168.0.7'
    expect((await app.inject({ method: 'GET', url: '/healthz', headers, remoteAddress })).statusCode).toBe(421)
  })

  test('an engine for others answers to them', async () => {
    const { app } = await newGateway({ loopbackOnly: false })
    const headers = { host: 'shop.example' }
    expect((await app.inject({ method: 'GET', url: '/healthz', headers, remoteAddress: '10.0.0.9' })).statusCode).toBe(
      200,
    )
  })
})

describe('where a request comes from', () => {
  test.each([
    ['a person by the proxy', '127.0.0.1', '203.0.113.5', '203.0.113.5'],
    ['a person by two proxies', '127.0.0.1', '203.0.113.5, 10.1.2.3', '203.0.113.5'],
    ['what a person wrote into it before the proxy did', '127.0.0.1', '127.0.0.1, 203.0.113.5', '203.0.113.5'],
    ['an address of a proxy that a person wrote', '::ffff:127.0.0.1', '198.51.100.1, 203.0.113.5', '203.0.113.5'],
    ['somebody who comes by no proxy', '203.0.113.9', '203.0.113.5', '203.0.113.9'],
    ['a program of this machine', '127.0.0.1', undefined, '127.0.0.1'],
  ])('as a trusted proxy says: %s', async (_who, remoteAddress, said, place) => {
    const { app, called } = await newGateway({ loopbackOnly: false, trustedProxies: ['127.0.0.1', '10.0.0.0/8'] })
    const headers = { ...HOST, ...(said !== undefined && { 'x-forwarded-for': said }) }
    await app.inject({ method: 'GET', url: '/healthz', headers, remoteAddress })
    expect(called[0]!.event.requestContext.http.sourceIp).toBe(place)
  })

  test('as its connection says, where no proxy is trusted', async () => {
    const { app, called } = await newGateway({ loopbackOnly: false })
    const headers = { ...HOST, 'x-forwarded-for': '203.0.113.5' }
    for (const remoteAddress of ['127.0.0.1', '10.0.0.9'])
      await app.inject({ method: 'GET', url: '/healthz', headers, remoteAddress })
    expect(called.map(({ event }) => event.requestContext.http.sourceIp)).toEqual(['127.0.0.1', '10.0.0.9'])
  })
})

/** Cookies know no ports: any page that another program of this machine serves sends ours along. */
describe('a page of another origin', () => {
  test.each([
    ['http://localhost:3000', 403],
    ['http://127.0.0.1:4310', 403],
    ['https://evil.example', 403],
    ['null', 403],
    ['nonsense', 403],
    ['http://localhost:4310', 200],
    [undefined, 200],
  ])('changes nothing: %s', async (origin, status) => {
    const { app, called } = await newGateway()
    const headers = { ...SIGNED_IN, ...(origin !== undefined && { origin }) }
    for (const url of ['/alerts/a1/acknowledge', '/quarantine/0-1/discard', '/sign-out', '/tokens']) {
      const { statusCode } = await app.inject({ method: 'POST', url, headers })
      expect([url, statusCode]).toEqual([url, status])
    }
    expect(called.length).toBe(status === 200 ? 4 : 0)
    expect((await app.inject({ method: 'GET', url: '/healthz', headers })).statusCode).toBe(200)
  })

  test('nor where only the browser says that it is another', async () => {
    const { app } = await newGateway()
    const send = (site: string) =>
      app.inject({ method: 'POST', url: '/sign-out', headers: { ...SIGNED_IN, 'sec-fetch-site': site } })
    expect((await send('cross-site')).statusCode).toBe(403)
    expect((await send('same-site')).statusCode).toBe(403)
    expect((await send('same-origin')).statusCode).toBe(200)
    expect((await send('none')).statusCode).toBe(200)
  })
})

describe('the dashboard', () => {
  function built(): string {
    const folder = join(temporaryFolder(), 'dist')
    mkdirSync(join(folder, 'assets'), { recursive: true })
    writeFileSync(join(folder, 'index.html'), '<title>Counterflow</title>')
    writeFileSync(join(folder, 'assets', 'app-1a2b.js'), 'export {}')
    writeFileSync(join(folder, 'favicon.svg'), '<svg/>')
    writeFileSync(join(folder, '..', 'secret.txt'), 'secret')
    return folder
  }

  test.each(['/', '/app'])('%s leads to it', async (url) => {
    const { app } = await newGateway({ dashboard: built() })
    const { statusCode, headers } = await app.inject({ method: 'GET', url, headers: HOST })
    expect([statusCode, headers.location]).toEqual([302, '/app/'])
  })

  test.each([
    ['/app/', 'text/html; charset=utf-8', 'no-cache', 'Counterflow'],
    ['/app/index.html', 'text/html; charset=utf-8', 'no-cache', 'Counterflow'],
    ['/app/inventory/lamp', 'text/html; charset=utf-8', 'no-cache', 'Counterflow'],
    [
      '/app/assets/app-1a2b.js',
      'application/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
      'export',
    ],
    ['/app/favicon.svg', 'image/svg+xml', 'no-cache', '<svg/>'],
  ])('%s', async (url, type, cacheControl, text) => {
    const { app } = await newGateway({ dashboard: built() })
    const { statusCode, headers, body } = await app.inject({ method: 'GET', url, headers: HOST })
    expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([200, type, cacheControl])
    expect(body).toContain(text)
  })

  test.each(['/app/assets/nope.js', '/app/assets/', '/app/assets/a/b.css'])('no page for a file: %s', async (url) => {
    const { app } = await newGateway({ dashboard: built() })
    const { statusCode, headers } = await app.inject({ method: 'GET', url, headers: HOST })
    expect([statusCode, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8'])
  })

  test.each([
    '/app/../secret.txt',
    '/app/%2e%2e/secret.txt',
    '/app/..%2fsecret.txt',
    '/app/assets/..%5c..%5csecret.txt',
    '/app//etc/passwd',
  ])('nothing else of the disk: %s', async (url) => {
    const { app } = await newGateway({ dashboard: built() })
    const { statusCode, body } = await app.inject({ method: 'GET', url, headers: HOST })
    expect(statusCode).toBeLessThan(500)
    expect(body).not.toContain('secret\n')
    expect(body === 'secret').toBe(false)
    expect(body).not.toContain('root:')
  })

  test('that is not built says how it is', async () => {
    const { app } = await newGateway()
    const { body } = await app.inject({ method: 'GET', url: '/app/', headers: HOST })
    expect(body).toContain('npm start')
  })
})
