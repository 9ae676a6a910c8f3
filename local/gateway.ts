/** HTTP for one machine: requests become the events that API Gateway would make of them, and replies come back. */
import { createReadStream, existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { METHODS } from 'node:http'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import fastifyCors from '@fastify/cors'
import fastifyStatic from '@fastify/static'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type HTTPMethods } from 'fastify'
import { MAX_BODY_BYTES, MAX_SEGMENT } from '#core/api/limits.ts'
import { SECURITY_HEADERS } from '#core/api/security-headers.ts'
import { isRight, manifest, type Route } from '#functions/manifest.ts'
import { isFromThisMachine } from '#runtime/demo-merchant.ts'
import { type HttpReply, problem, SIGN_IN_FIRST } from '#runtime/http-handler.ts'
import { OBJECT_HEADER } from '#runtime/object-reply.ts'
import type { Functions } from './invoke.ts'
import { isFromOwnPage } from './own-page.ts'
import { replyOnSocket } from './reply-on-socket.ts'

/** When the engine stops, requests in flight have this long to be answered. */
const CLOSE_MS = 2_500

/** Methods that change nothing. */
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

/** What a page of another origin may send along: never a cookie. */
const CORS_HEADERS = ['authorization', 'content-type', 'idempotency-key', 'if-match', 'if-none-match']
const CORS_SECONDS = 600
const CORS_SHOWN = ['etag', 'retry-after']

export const OWN_NAMES_ALONE = 'This engine answers to 127.0.0.1 and localhost alone'

export type GatewayOptions = {
  readonly functions: Functions
  /** Folder of the built dashboard. */
  readonly dashboard: string
  /** Folder of the objects, of which functions may answer one. */
  readonly objects: string
  /** Only programs of this machine reach it: then the Host header must say so too. */
  readonly loopbackOnly: boolean
  /** The manifest's, unless others are said. */
  readonly routes?: readonly Route[]
  /** Pages of these origins may ask, with a token of their own: `https://shop.example`. */
  readonly origins?: readonly string[]
  /** Proxies whose X-Forwarded-For is believed, as addresses and networks: what others say of where they are is not. */
  readonly trustedProxies?: readonly string[]
}

export async function createGateway({
  functions,
  dashboard,
  objects,
  loopbackOnly,
  routes = manifest.routes,
  origins = [],
  trustedProxies = [],
}: GatewayOptions): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: MAX_SEGMENT },
    exposeHeadRoutes: false,
    trustProxy: [...trustedProxies],
    frameworkErrors: (error, _request, reply) => answer(reply.headers(SECURITY_HEADERS), replyToError(error)),
    clientErrorHandler: answerOnSocket,
  })
  for (const method of METHODS) if (!app.supportedMethods.includes(method)) app.addHttpMethod(method)
  // Browsers open connections that they may never use, and a request may never end: neither holds the end up for long.
  app.addHook('preClose', async () => {
    setTimeout(() => app.server.closeAllConnections(), CLOSE_MS).unref()
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS)
    if (loopbackOnly && !isFromThisMachine(request.ip, request.headers.host)) {
      return answer(reply, problem(421, OWN_NAMES_ALONE))
    }
    const isListed = origins.includes(request.headers.origin ?? '')
    if (isListed) delete request.headers.cookie // it was given to a page of ours
    if (!isListed && !SAFE_METHODS.includes(request.method) && !isFromOwnPage(request.headers)) {
      return answer(reply, problem(403, 'A page of another origin may not change anything here'))
    }
    return undefined
  })
  if (origins.length > 0) {
    await app.register(fastifyCors, {
      origin: [...origins],
      methods: ['GET', 'POST', 'PATCH', 'DELETE'],
      allowedHeaders: CORS_HEADERS,
      exposedHeaders: CORS_SHOWN,
      maxAge: CORS_SECONDS,
    })
  }
  app.setErrorHandler((error, _request, reply) => answer(reply, replyToError(error)))
  app.setNotFoundHandler((request, reply) =>
    answer(reply, problem(404, `There is no ${request.method} ${pathOf(request)} here`)),
  )
  for (const route of routes) addRoute(app, functions, route, objects)
  for (const path of new Set(routes.map(({ path: each }) => each))) refuseOtherMethods(app, routes, path)
  await addDashboard(app, dashboard)
  return app
}

function addRoute(app: FastifyInstance, functions: Functions, route: Route, objects: string): void {
  app.route({
    method: route.method,
    url: fastifyPath(route.path),
    handler: async (request, reply) => {
      const event = eventOf(request, route)
      if (isRight(route.guard)) {
        const authorized = await functions.authorize(event)
        if (authorized === undefined) return answer(reply, problem(401, SIGN_IN_FIRST))
        ;(event.requestContext as { authorizer?: object }).authorizer = { lambda: authorized }
      }
      const said = await functions.http(route.runs, event)
      const { [OBJECT_HEADER]: object, ...headers } = said.headers ?? {}
      return object === undefined
        ? answer(reply, said)
        : sendFile(reply, { ...said, headers }, join(objects, String(object)))
    },
  })
}

function refuseOtherMethods(app: FastifyInstance, routes: readonly Route[], path: string): void {
  const allowed = routes.filter((route) => route.path === path).map(({ method }) => method)
  app.route({
    method: app.supportedMethods.filter((method) => !allowed.includes(method as Route['method'])) as HTTPMethods[],
    url: fastifyPath(path),
    handler: (request, reply) =>
      answer(
        reply.header('allow', allowed.join(', ')),
        problem(405, `${request.method} is not for ${path}: use ${allowed.join(' or ')}`),
      ),
  })
}

async function addDashboard(app: FastifyInstance, folder: string): Promise<void> {
  app.get('/', (_request, reply) => reply.redirect('/app/'))
  app.get('/app', (_request, reply) => reply.redirect('/app/'))
  // A page that was open while the engine was replaced asks for files that are no more: a page is no answer to that.
  app.get('/app/assets/*', (_request, reply) => reply.callNotFound())
  if (!existsSync(folder)) {
    app.get('/app/*', (_request, reply) =>
      reply.type('text/plain').send('The dashboard is not built: run `npm start` without --no-install.\n'),
    )
    return
  }
  await app.register(fastifyStatic, { root: folder, prefix: '/app/', wildcard: false, cacheControl: false, setHeaders })
  // Pages have addresses of their own; the dashboard finds out which one it is.
  app.get('/app/*', (_request, reply) => reply.sendFile('index.html'))
}

/** Built files have a hash of their content in their name; the page that names them does not. */
function setHeaders(reply: { header(name: string, value: string): unknown }, path: string): void {
  reply.header('cache-control', /\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
}

const fastifyPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1')
const pathOf = (request: FastifyRequest): string => request.url.split('?')[0]!

function replyToError(error: unknown) {
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return problem(413, `The body is larger than ${MAX_BODY_BYTES} bytes: send it in parts`)
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return problem(415, 'Send JSON, with `content-type: application/json`')
  if (code === 'FST_ERR_BAD_URL')
    return problem(400, 'The path is not a URL: after each `%` come two hexadecimal digits, and they spell UTF-8')
  if (code === 'FST_ERR_MAX_PARAM_LENGTH')
    return problem(414, `A part of the path is longer than ${MAX_SEGMENT} characters: no name here is`)
  if (statusCode !== undefined && statusCode < 500) return problem(statusCode, (error as Error).message)
  console.error(error)
  return problem(500, 'This is a defect of ours, and was logged')
}

/** What is no HTTP never becomes a request: it is answered on the socket, which then closes. */
function answerOnSocket(error: { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  replyOnSocket(socket, replyToNoRequest(error.code))
}

function replyToNoRequest(code: string | undefined): HttpReply {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return problem(408, 'The request did not come to its end in time: send it again')
    case 'HPE_HEADER_OVERFLOW':
      return problem(431, 'The headers are too large: send fewer or shorter ones')
    case 'HPE_INVALID_METHOD':
      return problem(400, 'This begins with no method of HTTP')
    default:
      return problem(400, 'This is not well-formed HTTP')
  }
}

export function answer(
  reply: FastifyReply,
  { statusCode = 200, headers = {}, cookies = [], body = '' }: HttpReply,
): FastifyReply {
  reply.code(statusCode)
  for (const [name, value] of Object.entries(headers)) reply.header(name, value)
  for (const cookie of cookies) reply.header('set-cookie', cookie)
  return reply.send(body)
}

/** As it is read from the disk: its size is no matter. */
async function sendFile(
  reply: FastifyReply,
  { statusCode = 200, headers }: HttpReply,
  path: string,
): Promise<FastifyReply> {
  const { size } = await stat(path)
  return reply
    .code(statusCode)
    .headers({ ...headers, 'content-length': size })
    .send(createReadStream(path))
}

function eventOf(request: FastifyRequest, route: Route): APIGatewayProxyEventV2 {
  const [rawPath, rawQueryString = ''] = request.url.split('?') as [string, string?]
  const headers = flat(request.headers)
  const body = request.body as Buffer | undefined
  return {
    version: '2.0',
    routeKey: `${route.method} ${route.path}`,
    rawPath,
    rawQueryString,
    headers,
    cookies: headers.cookie === undefined ? [] : headers.cookie.split(/; */),
    queryStringParameters: flat(request.query as Record<string, string | string[]>),
    pathParameters: request.params as Record<string, string>,
    body: body === undefined ? '' : body.toString('base64'),
    isBase64Encoded: body !== undefined,
    requestContext: {
      accountId: '',
      apiId: '',
      domainName: headers.host ?? '',
      domainPrefix: '',
      http: {
        method: request.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: request.ip,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: request.id,
      routeKey: `${route.method} ${route.path}`,
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
  }
}

/** The last of several values counts. */
function flat(values: Readonly<Record<string, string | readonly string[] | undefined>>): Record<string, string> {
  const out: Record<string, string> = {}
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) out[name] = typeof value === 'string' ? value : (value.at(-1) ?? '')
  }
  return out
}
