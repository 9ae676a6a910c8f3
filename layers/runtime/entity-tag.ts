/** Answers that change seldom are sent once: who has one names it by its tag, and hears that it is still so (RFC 9110). */
import { createHash } from 'node:crypto'
import type { MiddlewareObj } from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'

/** Routes whose answers stay the same for hours; every other answer is another one each time that it is made. */
const SELDOM_CHANGED: ReadonlySet<string> = new Set([
  'GET /products',
  'GET /stores',
  'GET /settings',
  'GET /openapi.json',
  'GET /asyncapi.json',
  'GET /docs',
  'GET /docs/page.css',
  'GET /docs/page.js',
])

/** When an answer was made is no part of what it says: it comes first in every one (`core/api/freshness.ts`). */
const FRESHNESS = /^\{"asOf":"[^"]*","lagMs":[^,}]*/

export const withEntityTag = (): MiddlewareObj<
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Error,
  Context
> => ({
  after: (request) => {
    const { event, response } = request
    if (response?.statusCode !== 200 || !SELDOM_CHANGED.has(event.routeKey)) return
    const tag = tagOf(response.body ?? '')
    const headers = { ...response.headers, etag: tag, 'cache-control': 'private, no-cache' }
    if (!isNamedIn(event.headers['if-none-match'], tag)) {
      request.response = { ...response, headers }
      return
    }
    const { 'content-type': _, ...kept } = headers as Record<string, string>
    request.response = { statusCode: 304, headers: kept }
  },
})

/** Weak: the same but for when it was made. */
const tagOf = (body: string): string =>
  `W/"${createHash('sha256').update(body.replace(FRESHNESS, '')).digest('base64url').slice(0, 22)}"`

/** Whether `if-none-match` names the tag. */
export const isNamedIn = (header: string | undefined, tag: string): boolean =>
  header !== undefined && (header.trim() === '*' || header.split(',').some((one) => opaque(one) === opaque(tag)))

const opaque = (tag: string): string => tag.trim().replace(/^W\//, '')
