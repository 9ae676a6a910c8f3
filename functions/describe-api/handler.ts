import { readFileSync } from 'node:fs'
import { asyncApi } from '#core/api/asyncapi.ts'
import meanings from '#core/api/meanings.gen.json' with { type: 'json' }
import { openApi } from '#core/api/openapi.ts'
import examples from '#core/api/recorded-examples.gen.json' with { type: 'json' }
import type { Described } from '#core/api/recorded-examples.ts'
import { manifest } from '#functions/manifest.ts'
import { type HttpReply, httpHandler } from '#runtime/http-handler.ts'
import { renderPage } from './render-page.ts'

const HTML = 'text/html; charset=utf-8'
const JSON_TYPE = 'application/json; charset=utf-8'
const fileBeside = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')
const described = { examples, meanings } as unknown as Described
const api = () => openApi(manifest.routes, described)
const live = () => asyncApi(described)

const DOCUMENTS: Readonly<Record<string, readonly [type: string, make: () => string]>> = {
  'GET /openapi.json': [JSON_TYPE, () => JSON.stringify(api())],
  'GET /asyncapi.json': [JSON_TYPE, () => JSON.stringify(live())],
  'GET /docs': [HTML, () => renderPage(api(), live())],
  'GET /docs/page.css': ['text/css; charset=utf-8', () => fileBeside('page.css')],
  'GET /docs/page.js': ['text/javascript; charset=utf-8', () => fileBeside('page.js')],
}
/** They are the same until another release: made when first asked for. */
const made = new Map<string, HttpReply>()

/** The API's descriptions, made from its schemas: for programs, and for people to read. */
export const handler = httpHandler(
  () =>
    async ({ route }) =>
      replyFor(route),
)

function replyFor(route: string): HttpReply {
  let reply = made.get(route)
  if (reply === undefined) {
    const [type, make] = DOCUMENTS[route]!
    reply = { statusCode: 200, headers: { 'content-type': type }, body: make() }
    made.set(route, reply)
  }
  return reply
}
