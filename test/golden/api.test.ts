import { describe, expect, it } from 'vitest'
import { openApi } from '#core/api/openapi.ts'
import { OPERATIONS } from '#core/api/operations.ts'
import { isRight, manifest } from '#functions/manifest.ts'
import { ShopInTest } from './shop-in-test.ts'

// biome-ignore lint/suspicious/noExplicitAny: a document of another's making
const page: any = JSON.parse(JSON.stringify(openApi()))
const routes = manifest.routes.map(({ method, path }) => `${method} ${path}`)

describe('the API’s page', () => {
  it('describes exactly the routes that there are', () => {
    const described = Object.entries<object>(page.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(described.sort()).toEqual([...routes].sort())
  })

  it.each(manifest.routes)('asks for a token where the guard does: $method $path', ({ method, path, guard }) => {
    const { security = page.security } = page.paths[path][method.toLowerCase()]
    expect(security).toEqual(isRight(guard) ? [{ token: [] }, { session: [] }] : [])
  })

  it.each(routes)('says of %s what it takes and answers', (route) => {
    const [method, path] = route.split(' ') as [string, string]
    const operation = page.paths[path][method.toLowerCase()]
    expect(operation.summary).toMatch(/\.$/)
    const inPath = operation.parameters.filter((it: { in: string }) => it.in === 'path')
    expect(inPath.map((it: { name: string }) => `{${it.name}}`)).toEqual(path.match(/\{\w+\}/g) ?? [])
    for (const parameter of operation.parameters) {
      expect(parameter.schema.type).toBe('string')
      expect(parameter.in === 'path' || parameter.description.length > 0).toBe(true)
    }
    const { default: problem, ...responses } = operation.responses
    expect(Object.keys(problem.content)).toEqual(['application/problem+json'])
    expect(Object.keys(responses).length).toBeGreaterThan(0)
    for (const [status, { description }] of Object.entries<{ description: string }>(responses)) {
      expect(Number(status)).toBeGreaterThanOrEqual(200)
      expect(description).not.toBe('')
    }
  })

  it('holds JSON Schemas that say a type, without a hole', () => {
    const check = (schema: Record<string, unknown>, where: string) => {
      const says = ['type', 'anyOf', 'oneOf', 'const', 'enum', '$ref', 'allOf'].some((name) => name in schema)
      expect(says || Object.keys(schema).length === 0, `${where} ${JSON.stringify(schema).slice(0, 200)}`).toBe(true)
      for (const [name, part] of Object.entries((schema.properties ?? {}) as Record<string, Record<string, unknown>>))
        check(part, `${where}.${name}`)
      for (const part of [schema.anyOf, schema.oneOf].flat()) if (part) check(part as Record<string, unknown>, where)
      if (schema.items) check(schema.items as Record<string, unknown>, `${where}[]`)
    }
    for (const [path, item] of Object.entries<object>(page.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        const contents = [operation.requestBody, ...Object.values<{ content?: object }>(operation.responses)]
        for (const { schema } of contents.flatMap((it) => Object.values<{ schema: object }>(it?.content ?? {})))
          check(schema as Record<string, unknown>, `${method} ${path}`)
      }
    }
  })
})

const at = '2026-03-02T10:00:00Z'
const sale = { transaction_id: 'T-1', product_id: 'P', store_id: 'shop', customer_id: 'c', amount: 10, timestamp: at }
const refund = {
  refund_id: 'R-1',
  product_id: 'P',
  store_id: 'shop',
  refund_amount: 4,
  reason: 'defective',
  timestamp: at,
}
const order = { eventType: 'ORDER_PLACED', productId: 'P', price: 5, orderId: 'O', region: 'IN' }
/** It leaves its price to an order that nobody knows: it is held. */
const lost = { eventType: 'RETURN', productId: 'P', orderId: 'nobody-knows', region: 'IN' }
const change = { name: 'lowStockWarningDays', value: 4, category: 'pens' }
const lamp = { type: 'product.listed', storeId: '-', data: { productId: 'LAMP', title: 'Desk lamp', packSize: 6 } }
const highStreet = { type: 'store.listed', storeId: 'high-street', data: { name: 'High Street', sizeSqft: 1200.5 } }

const PASSWORD = 'seven green kettles sing'
const SECRET = 'a-secret-of-our-own'
const connection = { source: 'generic', proof: 'token', secret: SECRET }
const WEBHOOK = 'POST /integrations/{marketplace}/webhook/{connectionId}'
const token = { 'x-webhook-token': SECRET }
/** One after the other, to one shop: what is asked of each route, and which of its answers it is to be. */
const EXAMPLES: [route: string, status: number, path: string, body?: object, headers?: Record<string, string>][] = [
  ['POST /integrations', 201, '/integrations', connection],
  ['GET /integrations', 200, '/integrations'],
  [WEBHOOK, 202, '/integrations/generic/webhook/{connection}', order, token],
  [WEBHOOK, 200, '/integrations/generic/webhook/{connection}', order, token],
  ['PATCH /integrations/{id}', 200, '/integrations/{connection}', { label: 'our bridge', ratePerSecond: 50 }],
  ['POST /integrations/{id}/rotate', 200, '/integrations/{connection}/rotate', { overlapHours: 1 }],
  ['POST /integrations/{id}/test', 200, '/integrations/{connection}/test'],
  ['GET /integrations/{id}/deliveries', 200, '/integrations/{connection}/deliveries'],
  ['GET /integrations/{id}/deliveries/{number}', 200, '/integrations/{connection}/deliveries/1'],
  ['POST /integrations/{id}/deliveries/{number}/redeliver', 200, '/integrations/{connection}/deliveries/1/redeliver'],
  ['DELETE /integrations/{id}', 200, '/integrations/{connection}'],
  ['POST /collect', 202, '/collect', { events: [sale, { ...sale, transaction_id: 'T-2', quantity: 3 }] }],
  ['POST /collect', 200, '/collect', { events: [sale] }],
  ['POST /collect', 422, '/collect', { events: [{ ...sale, amount: -1 }] }],
  ['POST /integrations/{marketplace}/webhook', 202, '/integrations/amazon/webhook', order],
  ['POST /integrations/{marketplace}/webhook', 200, '/integrations/amazon/webhook', order],
  ['POST /integrations/{marketplace}/webhook', 202, '/integrations/amazon/webhook', lost],
  ['POST /settings', 202, '/settings', change],
  ['GET /settings', 200, '/settings'],
  ['GET /metrics', 200, '/metrics'],
  ['GET /metrics/series', 200, '/metrics/series'],
  ['GET /stock', 200, '/stock'],
  ['GET /alerts', 200, '/alerts'],
  ['POST /alerts/{id}/acknowledge', 202, '/alerts/{openAlert}/acknowledge'],
  ['POST /alerts/{id}/acknowledge', 200, '/alerts/{openAlert}/acknowledge'],
  ['GET /transactions', 200, '/transactions'],
  ['POST /collect', 202, '/collect', { events: [refund] }],
  ['GET /refunds', 200, '/refunds'],
  ['GET /item/{id}', 200, '/item/P'],
  ['POST /collect', 202, '/collect', { events: [lamp, highStreet] }],
  ['GET /products', 200, '/products'],
  ['GET /stores', 200, '/stores'],
  ['GET /quality', 200, '/quality'],
  ['GET /quarantine', 200, '/quarantine'],
  ['GET /quarantine/{id}', 200, '/quarantine/{held}'],
  ['POST /quarantine/{id}/replay', 202, '/quarantine/{held}/replay', {}],
  ['POST /quarantine/{id}/discard', 202, '/quarantine/{held}/discard'],
  ['GET /notices/choices', 200, '/notices/choices'],
  ['POST /notices/choices', 200, '/notices/choices', { version: 0, channels: ['log'], digest: 'daily', digestHour: 7 }],
  ['POST /notices/webhooks', 201, '/notices/webhooks', { url: 'https://hooks.example/alerts', label: 'our pager' }],
  ['GET /notices/webhooks', 200, '/notices/webhooks'],
  ['POST /notices/test', 200, '/notices/test', { channel: 'log' }],
  ['GET /notices/deliveries', 200, '/notices/deliveries'],
  ['POST /notices/deliveries/{number}/redeliver', 200, '/notices/deliveries/1/redeliver'],
  ['DELETE /notices/webhooks/{id}', 200, '/notices/webhooks/{noticeWebhook}'],
  ['POST /live/tickets', 201, '/live/tickets'],
  ['POST /sign-in/codes', 201, '/sign-in/codes'],
  ['GET /sign-in', 303, '/sign-in?code={signInCode}'],
  ['GET /account', 200, '/account'],
  ['PATCH /account', 200, '/account', { email: 'asha@shop.example', name: 'Asha', version: 0 }],
  ['POST /account/password', 204, '/account/password', { next: PASSWORD }],
  ['POST /sign-in', 204, '/sign-in', { email: 'Asha@shop.example', password: PASSWORD }],
  ['GET /account/sessions', 200, '/account/sessions'],
  ['DELETE /account/sessions/{id}', 204, '/account/sessions/{session}'],
  ['DELETE /account/sessions', 204, '/account/sessions'],
  ['POST /account/totp', 201, '/account/totp'],
  ['POST /account/totp/confirm', 204, '/account/totp/confirm', { code: '{totp}' }],
  ['DELETE /account/totp', 204, '/account/totp'],
  ['POST /users', 201, '/users', { email: 'bo@shop.example', role: 'store-manager', stores: ['shop'] }],
  ['GET /join', 200, '/join?code={joinCode}'],
  ['POST /join', 204, '/join', { code: '{joinCode}', password: PASSWORD, name: 'Bo' }],
  ['GET /users', 200, '/users'],
  ['PATCH /users/{id}', 200, '/users/{person}', { role: 'analyst', stores: null, version: 1 }],
  ['POST /users/{id}/link', 201, '/users/{person}/link'],
  ['DELETE /users/{id}', 204, '/users/{person}'],
  ['POST /sign-out', 204, '/sign-out'],
  ['POST /tokens', 201, '/tokens', { label: 'till', scopes: ['figures:read'], expiresAt: '2027-01-01T00:00:00Z' }],
  ['GET /tokens', 200, '/tokens'],
  ['DELETE /tokens/{id}', 204, '/tokens/{apiToken}'],
  ['GET /audit', 200, '/audit'],
  ['GET /healthz', 200, '/healthz'],
  ['GET /openapi.json', 200, '/openapi.json'],
]
const shop = new ShopInTest()

describe('an example of every answer', () => {
  it('there is one for each status that a route declares, and for no other', () => {
    const declared = Object.entries(OPERATIONS).flatMap(([route, { answers }]) =>
      Object.keys(answers).map((status) => `${route} ${status}`),
    )
    const shown = new Set(EXAMPLES.map(([route, status]) => `${route} ${status}`))
    expect([...shown].sort()).toEqual(declared.sort())
  })

  it.each<(typeof EXAMPLES)[number]>(EXAMPLES)(
    '%s %i passes its schema, whole',
    async (route, status, path, given, headers) => {
      const body = given && (JSON.parse(await shop.named(JSON.stringify(given))) as object)
      const { body: schemaOfRequest, answers } = OPERATIONS[route]!
      if (body !== undefined && status < 400) expect(schemaOfRequest?.safeParse(body).error).toBeUndefined()
      const method = route.split(' ')[0]!
      const answer = await shop.send({ at, [method]: path, body, headers })
      expect(answer.status, JSON.stringify(answer.body)).toBe(status)
      const schema = answers[status]
      expect(answer.body).toEqual(schema === undefined ? undefined : schema.parse(answer.body))
      // An empty list would be no example of what it holds.
      expect(answer.body?.items ?? answer.body?.series ?? ['something']).not.toEqual([])
    },
  )
})
