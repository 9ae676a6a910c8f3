import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { RIGHTS } from '#core/access/rights.ts'
import { EXAMPLES } from '#core/api/examples.ts'
import { NOTES } from '#core/api/notes.ts'
import { OPERATIONS } from '#core/api/operations.ts'
import { REFUSALS } from '#core/api/refusals.ts'
import { TAGS, tagOf } from '#core/api/tags.ts'
import type { Query, RowRef } from '#core/ports.ts'
import { isRight, manifest } from '#functions/manifest.ts'
import { handler as passTime } from '#functions/pass-time/handler.ts'
import { PEOPLE_TABLES } from '#local/people-store.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { contextWith } from '#runtime/ports.ts'
import { CHECKPOINT_TABLE } from '#runtime/run-batch.ts'
import { asyncApiDocument, Checker, type Document, openApiDocument, operationsIn } from '#test/describe/documents.ts'
import { MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { exampleMorning } from '#test/fixtures/example-reorders.ts'
import { ShopInTest } from './shop-in-test.ts'

const page = await openApiDocument()
const live = await asyncApiDocument()
const checker = new Checker(page)
const routes = manifest.routes.map(({ method, path }) => `${method} ${path}`)
const operations = operationsIn(page)
const operationOf = (route: string) => operations.find((it) => it.route === route)!.operation

/** Answers without `asOf` and `lagMs`, and why. */
const WITHOUT_FRESHNESS: Readonly<Record<string, string>> = {
  'GET /openapi.json': 'the same until another release',
  'GET /asyncapi.json': 'the same until another release',
  'GET /docs': 'a page, the same until another release',
  'GET /docs/page.css': 'a part of that page',
  'GET /docs/page.js': 'a part of that page',
  'GET /export/{file}': 'a file of Parquet, whose etag says which version was published',
  'GET /sign-in': 'no body: it leads to the dashboard',
}

/** Questions whose answers are about no span of time, and why: a new question answers a `window`, or stands here. */
const WITHOUT_WINDOW: Readonly<Record<string, readonly string[]>> = {
  'what is there now': [
    ...['GET /stock', 'GET /reorders', 'GET /reorders/reasons', 'GET /products', 'GET /stores', 'GET /quarantine'],
    ...[
      'GET /settings',
      'GET /settings/products',
      'GET /integrations',
      'GET /notices/choices',
      'GET /notices/webhooks',
    ],
    ...['GET /account', 'GET /account/sessions', 'GET /users', 'GET /tokens', 'GET /join', 'GET /healthz'],
    ...['GET /models/demand', 'GET /lineage'],
  ],
  'one thing, which says its times itself': [
    ...['GET /item/{id}', 'GET /events/{id}', 'GET /reorders/{id}', 'GET /runs/{id}', 'GET /runs/{id}/checks'],
    ...['GET /quarantine/{id}', 'GET /integrations/{id}/deliveries/{number}'],
    ...['GET /lineage/{artefact}', 'GET /lineage/{artefact}/inputs'],
  ],
  'days, each of which the answer names': [
    ...['GET /forecasts', 'GET /forecasts/products', 'GET /forecasts/why'],
    ...['GET /models/demand/accuracy', 'GET /models/demand/drift'],
  ],
}

describe('the API’s description', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(page))
    expect({ valid, errors }).toEqual({ valid: true })
  })

  it('describes exactly the routes that there are', () => {
    expect(operations.map(({ route }) => route).sort()).toEqual([...routes].sort())
  })

  it('says what each field of a body means', () => {
    const bare: string[] = []
    const seen = new Set<string>()
    const look = (schema: Document, at: string): void => {
      const { $ref, properties = {}, items, additionalProperties, anyOf = [], oneOf = [], allOf = [] } = schema
      if ($ref !== undefined) {
        const name = $ref.split('/').at(-1)
        if (!seen.has(name)) look(page.components.schemas[name], seen.add(name) && name)
      }
      for (const part of [items, additionalProperties, ...anyOf, ...oneOf, ...allOf])
        if (typeof part === 'object') look(part, at)
      for (const [field, part] of Object.entries<Document>(properties)) {
        // One value alone is what it says.
        if (part.description === undefined && part.const === undefined) bare.push(`${at}.${field}`)
        look(part, `${at}.${field}`)
      }
    }
    for (const { route, operation } of operations)
      if (operation.requestBody !== undefined) look(operation.requestBody.content['application/json'].schema, route)
    expect(seen.size).toBeGreaterThan(50)
    expect(bare).toEqual([])
  })

  it('requires just the parameters without which a question is refused', async () => {
    const shop = new ShopInTest()
    const needed = Object.fromEntries(
      operations.map(({ route, operation: { parameters } }) => [
        route,
        parameters.flatMap((it: Document) => (it.in === 'query' && it.required === true ? it.name : [])),
      ]),
    )
    for (const [route, status, path] of EXAMPLES) {
      if (!route.startsWith('GET ') || !path.includes('?') || status >= 400) continue
      const [own, search] = path.split('?') as [string, string]
      // Which one there is, only a shop in which all of them were asked knows.
      if (own.includes('{')) continue
      for (const name of new URLSearchParams(search).keys()) {
        const rest = new URLSearchParams(search)
        rest.delete(name)
        const answer = await shop.send({ at: '2026-03-02T10:00:00Z', GET: `${own}?${rest}` })
        expect([route, name, [401, 422].includes(answer.status)]).toEqual([route, name, needed[route].includes(name)])
      }
    }
    const asked = EXAMPLES.flatMap(([route, , path]) =>
      [...new URLSearchParams(path.split('?')[1])].map(([name]) => `${route} ${name}`),
    )
    const all = Object.entries<string[]>(needed).flatMap(([route, names]) => names.map((name) => `${route} ${name}`))
    expect(all).toHaveLength(5)
    expect(all.filter((each) => !asked.includes(each))).toEqual([])
  })

  it('says the window of each answer about a span of time', () => {
    const isOfWindow = (route: string): boolean => {
      const { shape } = OPERATIONS[route]!.answers[200] as z.ZodObject
      return 'window' in shape
    }
    const about = routes.filter((route) => route.startsWith('GET ') && WITHOUT_FRESHNESS[route] === undefined)
    expect(about.filter((route) => !isOfWindow(route)).sort()).toEqual(Object.values(WITHOUT_WINDOW).flat().sort())
    const ofSpans = about.filter((route) => 'from' in (OPERATIONS[route]!.query ?? {}))
    expect(ofSpans.filter((route) => !isOfWindow(route))).toEqual([])
  })

  it.each(manifest.routes)('asks for a token and a right where the guard does: $method $path', (route) => {
    const { guard } = route
    const { security = page.security, responses, ...operation } = operationOf(`${route.method} ${route.path}`)
    expect(security).toEqual(isRight(guard) ? [{ token: [] }, { session: [] }] : [])
    if (!isRight(guard)) return
    expect(operation['x-right']).toBe(guard)
    expect(operation.description).toContain(RIGHTS[guard])
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403']))
  })

  it.each(routes)('says of %s what it takes and answers', (route) => {
    const operation = operationOf(route)
    expect(operation.summary).toMatch(/\.$/)
    expect(operation.tags).toHaveLength(1)
    const inPath = operation.parameters.filter((it: { in: string }) => it.in === 'path')
    expect(inPath.map((it: { name: string }) => `{${it.name}}`)).toEqual(route.match(/\{\w+\}/g) ?? [])
    for (const { name, description, schema, example } of operation.parameters) {
      expect(description, name).toMatch(/\.$/)
      expect(schema.type ?? schema.enum, name).toBeDefined()
      if (example !== undefined) expect(new Checker({ schema }).problems(['schema'], example)).toBe('')
    }
    for (const [status, { description, $ref }] of Object.entries<Document>(operation.responses)) {
      expect(Number(status)).toBeGreaterThanOrEqual(200)
      expect($ref ?? description).toMatch(/Refusal\d+$|\.$/)
    }
  })

  it.each(routes.filter((route) => route.startsWith('GET ')))(
    'says in each answer of %s when it was made and how far behind, or is known not to',
    (route) => {
      const { schema } = operationOf(route).responses[200]?.content?.['application/json'] ?? {}
      const { required = [], properties = {} } = schema?.$ref
        ? page.components.schemas[schema.$ref.split('/').at(-1)]
        : {}
      const [asOf, lagMs] = [properties.asOf, properties.lagMs]
      const isFresh = required.includes('asOf') && required.includes('lagMs')
      expect([isFresh, asOf?.format, lagMs?.type]).toEqual(
        route in WITHOUT_FRESHNESS ? [false, undefined, undefined] : [true, 'date-time', 'number'],
      )
    },
  )

  it('names each operation once, and each tag that is used', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const used = new Set(operations.flatMap(({ operation }) => operation.tags))
    expect(page.tags.map(({ name }: { name: string }) => name).sort()).toEqual([...used].sort())
  })

  it('notes nothing of a route that is not there', () => {
    expect(Object.keys(NOTES).filter((route) => OPERATIONS[route] === undefined)).toEqual([])
    const unknown = Object.values(NOTES).flatMap(({ refuses = [] }) => refuses.filter((it) => !(it in REFUSALS)))
    expect(unknown).toEqual([])
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
    for (const [name, schema] of Object.entries<Record<string, unknown>>(page.components.schemas)) check(schema, name)
  })

  it.each(operations)('shows for $route an example of each good answer that has a body', ({ route, operation }) => {
    const { requestBody, responses } = operation
    const [method, path] = route.split(' ') as [string, string]
    for (const [status, { content = {} }] of Object.entries<Document>(responses)) {
      if (Number(status) >= 300 || !('application/json' in content) || /api\.json$/.test(path)) continue
      const shown = Object.values<{ value: unknown }>(content['application/json'].examples ?? {})
      expect(shown.length, `${route} ${status}`).toBeGreaterThan(0)
      for (const { value: body } of shown)
        expect(checker.problemsOfAnswer(route, { status: Number(status), type: 'application/json', body })).toBe('')
    }
    if (requestBody === undefined) return
    const { examples = {} } = requestBody.content['application/json']
    expect(Object.keys(examples).length).toBeGreaterThan(0)
    const at = ['paths', path, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema']
    for (const { value } of Object.values<{ value: unknown }>(examples)) expect(checker.problems(at, value)).toBe('')
  })

  it.each(Object.keys(REFUSALS))('shows how %s is refused', (status) => {
    const { description, headers, content } = page.components.responses[`Refusal${status}`]
    expect(description).toMatch(/\.$/)
    const { example } = content['application/problem+json']
    expect(checker.problems(['components', 'schemas', 'ProblemDocument'], example)).toBe('')
    expect(example.status).toBe(Number(status))
    expect(headers?.['retry-after'] !== undefined).toBe(status === '429' || status === '503')
  })
})

describe('tags', () => {
  it.each([
    ['/integrations/{marketplace}/webhook/{connectionId}', 'Getting in'],
    ['/integrations/{id}/deliveries', 'Integrations'],
    ['/metrics/series', 'Figures'],
    ['/metricsandmore', undefined],
  ])('%s: %s', (path, tag) => expect(tagOf(path)).toBe(tag))

  it('say what they are', () => {
    for (const { about } of TAGS) expect(about).toMatch(/\.$/)
  })
})

describe('the socket’s description', () => {
  const schemaOf300 = () => {
    const file = fileURLToPath(import.meta.resolve('@asyncapi/specs/schemas/3.0.0-without-$id.json'))
    const ajv = new Ajv({ strict: false })
    ;(formats as unknown as (ajv: Ajv) => void)(ajv)
    return ajv.compile(JSON.parse(readFileSync(file, 'utf8')))
  }
  const check = schemaOf300()

  it('is valid AsyncAPI 3.0', () => {
    expect(check(live), JSON.stringify(check.errors)).toBe(true)
    expect(check({ ...live, channels: [] })).toBe(false)
  })

  const messages = Object.values<Document>(live.components.messages)
  it.each(messages)('shows $name, as its schema says', ({ name, payload, examples }) => {
    expect(examples.length).toBeGreaterThan(0)
    const problems = new Checker(live)
    for (const { payload: shown } of examples)
      expect(problems.problems((payload.$ref as string).slice('#/'.length).split('/'), shown), name).toBe('')
  })

  it('shows every topic', () => {
    const { LiveFrame, LiveMessage } = { ...live.components.messages, ...live.components.schemas }
    const topics = (LiveMessage.oneOf ?? LiveMessage.anyOf).map((it: Document) => it.properties.topic.const)
    const shown = live.components.messages.LiveFrame.examples.flatMap((it: Document) =>
      it.payload.messages.map(({ topic }: { topic: string }) => topic),
    )
    expect(LiveFrame).toBeDefined()
    expect([...new Set(shown)].sort()).toEqual(topics.sort())
  })

  it('uses every message in an operation', () => {
    const used = Object.values<Document>(live.operations).flatMap(({ messages: refs }) =>
      refs.map(({ $ref }: { $ref: string }) => $ref.split('/').at(-1)),
    )
    expect(used.sort()).toEqual(Object.keys(live.components.messages).sort())
  })
})

const at = '2026-03-02T10:00:00Z'
const shop = new ShopInTest()
shop.state.commit(exampleMorning(DEMO_MERCHANT))

describe('an example of every answer', () => {
  it('there is one for each status that a route declares, and for no other', () => {
    const declared = Object.entries(OPERATIONS).flatMap(([route, { answers }]) =>
      Object.keys(answers).map((status) => `${route} ${status}`),
    )
    const shown = new Set(EXAMPLES.map(([route, status]) => `${route} ${status}`))
    expect([...shown].sort()).toEqual(declared.sort())
  })

  it.each(EXAMPLES.map(([...example]) => example))(
    '%s %i passes its schema, whole',
    async (route, status, path, given, headers) => {
      const body = given && (JSON.parse(await shop.named(JSON.stringify(given))) as object)
      const { body: schemaOfRequest, answers } = OPERATIONS[route]!
      if (body !== undefined && status < 400) expect(schemaOfRequest?.safeParse(body).error).toBeUndefined()
      const answer = await shop.send({ at, [route.split(' ')[0]!]: path, body, headers })
      expect(answer.status, JSON.stringify(answer.body)).toBe(status)
      const schema = answers[status]
      expect(answer.body).toEqual(schema === undefined ? undefined : schema.parse(answer.body))
      // An empty list would be no example of what it holds.
      if (!path.includes('?')) expect(answer.body?.items ?? answer.body?.series ?? ['something']).not.toEqual([])
    },
  )
})

/** It calls `before` once, before it reads rows that records are folded into. */
class StoreWithHook extends MemoryStateStore {
  before: (() => Promise<void>) | undefined

  override async getMany(refs: readonly RowRef[]) {
    await this.called(refs[0]?.table ?? CHECKPOINT_TABLE)
    return super.getMany(refs)
  }

  override async get(table: string, key: string) {
    await this.called(table)
    return super.get(table, key)
  }

  override async query(query: Query) {
    await this.called(query.table)
    return super.query(query)
  }

  private async called(table: string): Promise<void> {
    if (table === CHECKPOINT_TABLE || PEOPLE_TABLES.includes(table)) return
    const before = this.before
    this.before = undefined
    await before?.()
  }
}

it('an answer is never said to be up to date that may lack what was taken: a record is folded while each is read', async () => {
  const state = new StoreWithHook()
  const shop = new (class extends ShopInTest {
    override async apply() {
      state.before = undefined
      await super.apply()
    }
  })(state)
  state.commit(exampleMorning(DEMO_MERCHANT))
  let atMs = Date.parse(at)
  const next = () => {
    atMs += 5
    return new Date(atMs).toISOString()
  }
  const seen: [route: string, lagMs: number][] = []
  for (const [route, status, path, body, headers] of EXAMPLES) {
    const [method, isAsked] = [route.split(' ')[0]!, status === 200 && route.startsWith('GET ')]
    const named = await shop.named(path)
    if (isAsked && !(route in WITHOUT_FRESHNESS)) {
      shop.clock.set(next())
      await passTime({}, contextWith(shop.ports, 'pass-time'))
      state.before = () => shop.apply()
    }
    const answer = await shop.send({ at: next(), [method]: named, body, headers })
    expect(answer.status, route).toBe(status)
    if (isAsked && !(route in WITHOUT_FRESHNESS)) seen.push([route, answer.body.lagMs])
  }
  expect(seen.length).toBeGreaterThan(40)
  expect(seen.filter(([, lagMs]) => lagMs !== 5)).toEqual([])
})
