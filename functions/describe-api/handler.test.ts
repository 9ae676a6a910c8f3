import { describe, expect, test } from 'vitest'
import { asyncApiDocument, type Document, openApiDocument, operationsIn } from '#test/describe/documents.ts'
import { ask, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const ports = portsInTest()
const DOCUMENTS = ['GET /openapi.json', 'GET /asyncapi.json', 'GET /docs', 'GET /docs/page.css', 'GET /docs/page.js']
const page: string = (await ask(handler, ports, 'GET /docs')).body

test.each(DOCUMENTS)('%s is not sent again to who has it', async (route) => {
  const { status, reply } = await ask(handler, ports, route)
  expect(status).toBe(200)
  const { etag } = reply.headers as { etag: string }
  for (const known of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
    const again = await ask(handler, ports, route, { headers: { 'if-none-match': known } })
    expect([again.status, again.reply.body, again.reply.headers?.etag]).toEqual([304, undefined, etag])
  }
  expect((await ask(handler, ports, route, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
})

describe('the page', () => {
  test('holds every route, message, refusal and shape, each once', async () => {
    const api = await openApiDocument()
    const live = await asyncApiDocument()
    const anchors = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(anchors).size).toBe(anchors.length)
    const expected = [
      ...operationsIn(api).map(({ operation }) => operation.operationId),
      ...Object.values<Document>(live.components.messages).map(({ name }) => `message-${name}`),
      ...Object.keys(api.components.responses).map((name) => name.replace('Refusal', 'refusal-')),
      ...Object.keys({ ...api.components.schemas, ...live.components.schemas }).map((name) => `shape-${name}`),
    ]
    expect(expected.filter((id) => !anchors.includes(id))).toEqual([])
  })

  test('shows in an example what a question needs', () => {
    expect(page).toContain('/reorders/reasons?product=')
    expect(page).toContain('/forecasts/why?product=')
    expect(page).toMatch(/\/sign-in\?code=\w/)
  })

  test('leads nowhere that is not there', () => {
    const anchors = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => `#${id}`))
    const links = [...page.matchAll(/ href="(#[^"]+)"/g)].map(([, link]) => link!)
    expect(links.filter((link) => !anchors.has(link))).toEqual([])
  })

  test('needs nothing from elsewhere, and no script within it', () => {
    expect(page.match(/<script(?! src="\/docs\/page\.js"><\/script>)/g)).toBeNull()
    expect(page.match(/ (?:src|href)="(?!\/|#|data:,)[^"]*"/g)).toBeNull()
    expect(page.match(/ style=| on\w+=/g)).toBeNull()
  })
})
