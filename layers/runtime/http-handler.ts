/** A function behind HTTP: an AWS handler in both runtimes, so that the functions say only what they decide. */
import middy from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import type { z } from 'zod'
import { RIGHTS, type Right } from '#core/access/rights.ts'
import { MAX_BODY_BYTES, MAX_SEGMENT } from '#core/api/limits.ts'
import type { ProblemDocument } from '#core/api/problem.ts'
import { VERSIONED_ROUTES } from '#core/api/versioned-routes.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import { type Outcome, ok, type Problem, wrong } from '#core/outcome.ts'
import { LogFullError, type Viewer } from '#core/ports.ts'
import { withEntityTag } from './entity-tag.ts'
import { idempotently } from './idempotent.ts'
import { type Ports, portsOf } from './ports.ts'
import { cookiesOf } from './session-cookie.ts'

export type HttpRequest = {
  /** Method and pattern as in the manifest: `GET /item/{id}`. */
  readonly route: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly cookies: readonly string[]
  /** The address that the request came from. */
  readonly sourceIp: string
  /** The body as it came, byte for byte. */
  readonly body: Buffer
  /** Who asks, as the authorizer found out; undefined on routes that need nobody. */
  readonly viewer: Viewer | undefined
}
export type HttpReply = APIGatewayProxyStructuredResultV2

type HttpFunction = (ports: Ports) => (request: HttpRequest) => Promise<HttpReply>

/** `takesBytes`: routes whose bodies may be of any type, since they are proved before they are read. The others take JSON. */
export const httpHandler = (make: HttpFunction, takesBytes: readonly string[] = []) =>
  middy<APIGatewayProxyEventV2, HttpReply, Error, Context>()
    .use(withEntityTag())
    .onError((request) => {
      const reply = replyToError(request.error)
      if (reply !== undefined) request.response = reply
    })
    .handler(async (event, context) => {
      const ports = portsOf(context)
      refuseAtTheDoor(event, takesBytes)
      const request = requestOf(event)
      refuseIdleVersion(event, request)
      const reply = await idempotently(ports, request, () => make(ports)(request))
      if ('refused' in reply) throw new HttpError(reply.refused, reply.title, [], reply.retryAfter)
      return reply
    })

/** Errors that an answer can explain; any other is a defect and fails the invocation loudly. */
export function replyToError(error: unknown): HttpReply | undefined {
  if (error instanceof HttpError) {
    const reply = problem(error.status, error.title, error.problems, error.present)
    return error.retryAfterSeconds === undefined ? reply : later(reply, error.retryAfterSeconds)
  }
  if (!(error instanceof LogFullError)) return undefined
  const taken = error.isUncertain ? 'nobody knows whether it was taken, send the same' : 'nothing was taken, send it'
  const reply = problem(503, `The engine cannot keep up: ${taken} again later`, [{ field: '', message: error.message }])
  return later(reply, error.retryAfterSeconds)
}

/** Thrown where an answer must stop early; `httpHandler` turns it into a problem document. */
export class HttpError extends Error {
  /** What is there instead of what the request took to be there. */
  present: Readonly<Record<string, unknown>> | undefined
  override readonly name = 'HttpError'
  readonly status: number
  readonly title: string
  readonly problems: readonly Problem[]
  /** When the same request may be welcome. */
  readonly retryAfterSeconds: number | undefined
  constructor(status: number, title: string, problems: readonly Problem[] = [], retryAfterSeconds?: number) {
    super(title)
    this.retryAfterSeconds = retryAfterSeconds
    this.status = status
    this.title = title
    this.problems = problems
  }
}

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']
const JSON_TYPE = /^application\/json *(;|$)/i
const OWN_SITES: readonly (string | undefined)[] = ['same-origin', 'none']

/**
 * What no function has to look at. One machine's gateway refuses some of it earlier; behind API Gateway nobody else does.
 * @throws HttpError 403 a page of another origin would use the cookie, 413, 414, 415
 */
function refuseAtTheDoor(event: APIGatewayProxyEventV2, takesBytes: readonly string[]): void {
  const { headers, routeKey, pathParameters, body = '', isBase64Encoded, requestContext } = event
  const bytes = isBase64Encoded ? (body.length * 3) / 4 : Buffer.byteLength(body)
  if (bytes > MAX_BODY_BYTES + 2)
    throw new HttpError(413, `The body is larger than ${MAX_BODY_BYTES} bytes: send it in parts`)
  if (Object.values(pathParameters ?? {}).some((segment) => (segment?.length ?? 0) > MAX_SEGMENT))
    throw new HttpError(414, `A part of the path is longer than ${MAX_SEGMENT} characters: no name here is`)
  if (bytes > 0 && !takesBytes.includes(routeKey) && !JSON_TYPE.test(headers['content-type'] ?? ''))
    throw new HttpError(415, 'Send JSON, with `content-type: application/json`')
  const usesCookie = cookiesOf(event).length > 0 && headers.authorization === undefined
  if (usesCookie && !SAFE_METHODS.includes(requestContext.http.method) && !isFromOwnPage(headers))
    throw new HttpError(403, 'A page of another origin may not change anything here')
}

/**
 * Who says that a change rests on a version takes it for safe, which it is not where nothing looks at one. Of providers, and of
 * whoever is on their way in, nothing is asked. @throws HttpError 422
 */
function refuseIdleVersion({ requestContext }: APIGatewayProxyEventV2, { route, headers, viewer }: HttpRequest): void {
  const said = headers['if-match'] ?? '*'
  if (said === '*' || viewer === undefined || SAFE_METHODS.includes(requestContext.http.method)) return
  if (!VERSIONED_ROUTES.includes(route))
    throw new HttpError(422, 'This change rests on no version', [
      { field: 'If-Match', message: 'is not for this route' },
    ])
}

/** Behind a site of another name the host is not the page's: browsers say themselves where the page is. */
function isFromOwnPage({ origin, host, 'sec-fetch-site': site }: APIGatewayProxyEventV2['headers']): boolean {
  if (site !== undefined) return OWN_SITES.includes(site)
  return origin === undefined || URL.parse(origin)?.host === host
}

function requestOf(event: APIGatewayProxyEventV2): HttpRequest {
  const { http } = event.requestContext
  return {
    route: event.routeKey,
    params: (event.pathParameters ?? {}) as Record<string, string>,
    query: (event.queryStringParameters ?? {}) as Record<string, string>,
    headers: event.headers,
    cookies: cookiesOf(event),
    sourceIp: http.sourceIp,
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    viewer: viewerOf(event),
  }
}

/** What the authorizer found out; API Gateway hands it on as it is. */
export type AuthorizerContext = {
  /** JSON of a `Viewer`; '': nobody who may come in. */
  readonly viewer: string
  /** The right that the route needs and the viewer has not; '': none. */
  readonly missing: Right | ''
}

export const SIGN_IN_FIRST = 'Sign in first, or send a token: `counterflow token create`'
export const needsRight = (right: Right): string => `This needs the right ${right} (${RIGHTS[right]})`

/** @throws HttpError 401, 403 */
function viewerOf(event: APIGatewayProxyEventV2): Viewer | undefined {
  const { authorizer } = event.requestContext as { authorizer?: { lambda?: AuthorizerContext } }
  if (authorizer?.lambda === undefined) return undefined
  const { viewer, missing } = authorizer.lambda
  if (viewer === '') throw new HttpError(401, SIGN_IN_FIRST)
  if (missing) throw new HttpError(403, needsRight(missing))
  return JSON.parse(viewer) as Viewer
}

export function viewerIn(request: HttpRequest): Viewer {
  if (request.viewer === undefined) throw new HttpError(401, 'Sign in first')
  return request.viewer
}

/** The body as JSON, however it came. Errors say what to send. */
export const jsonIn = (request: HttpRequest): Outcome<unknown> => parseJson(request.body)

/** The body as this schema reads it. @throws HttpError 422 with every wrong field */
export function bodyIn<T>(request: HttpRequest, schema: z.ZodType<T>): T {
  const body = jsonIn(request)
  const parsed = body.ok ? schema.safeParse(body.value) : undefined
  if (parsed?.success) return parsed.data
  const problems = body.ok ? problemsOf(parsed!.error!) : body.problems
  throw new HttpError(422, 'The document cannot be taken: see its problems', problems)
}

/**
 * The version that a change rests on, as its body or `If-Match` says; undefined: whichever is there.
 * @throws HttpError 422 where they do not say one.
 */
export function versionIn({ headers }: HttpRequest, inBody?: number): number | undefined {
  const header = headers['if-match']
  if (header === undefined || header === '*') return inBody
  const digits = /^"(\d{1,15})"$/.exec(header)?.[1]
  if (digits === undefined) throw noVersion('must be a version in double quotes, like "3"')
  if (inBody !== undefined && inBody !== Number(digits)) throw noVersion(`is another version than the body's ${inBody}`)
  return Number(digits)
}

/** As `versionIn`, of a change that must rest on one. @throws HttpError 422 */
export function mustVersionIn(request: HttpRequest, inBody: number | undefined): number {
  const version = versionIn(request, inBody)
  if (version === undefined) throw noVersion('is missing: name the one that you saw, here or as `If-Match`', 'version')
  return version
}
const noVersion = (message: string, field = 'If-Match'): HttpError =>
  new HttpError(422, 'Which version is to be changed cannot be told', [{ field, message }])

export function parseJson(body: Uint8Array): Outcome<unknown> {
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)))
  } catch {
    return wrong('', body.length === 0 ? 'the body is empty; send JSON' : 'the body is not JSON in UTF-8')
  }
}

export const json = (status: number, body: object): HttpReply => ({
  statusCode: status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
})

/** RFC 9457. */
export function problem(
  status: number,
  title: string,
  problems: readonly Problem[] = [],
  present?: Readonly<Record<string, unknown>>,
): HttpReply {
  const body = { type: 'about:blank', title, status, ...(present && { present }) } satisfies ProblemDocument
  return {
    statusCode: status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(problems.length === 0 ? body : { ...body, problems }),
  }
}

/** 409: somebody else was faster. `present` is as a question would show it. */
export function conflict(title: string, present: Readonly<Record<string, unknown>>): HttpError {
  const withIt = 'version' in present ? ' with its version' : ''
  const error = new HttpError(409, `${title}: look at \`present\`, and try again${withIt}`)
  error.present = present
  return error
}

const later = (reply: HttpReply, seconds: number): HttpReply => ({
  ...reply,
  headers: { ...reply.headers, 'retry-after': String(seconds) },
})

export const unprocessable = (problems: readonly Problem[]): HttpReply =>
  problem(422, 'The document cannot be taken: see its problems', problems)
