/**
 * Every route asked at random, by what its description says that it takes, and beside it: it never fails, and answers as
 * the description says. What Schemathesis does over HTTP (`npm run fuzz`), without Python and in memory.
 */
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { EXAMPLES } from '#core/api/examples.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { Checker, type Document, openApiDocument, operationsIn } from '#test/describe/documents.ts'
import { valuesOf } from '#test/describe/values-of-schema.ts'
import { exampleMorning } from '#test/fixtures/example-reorders.ts'
import { ShopInTest } from './shop-in-test.ts'

const at = '2026-03-02T10:00:00Z'
const CASES = 60
const SEED = 20_260_302

const api = await openApiDocument()
const checker = new Checker(api)
const shop = new ShopInTest()
// So that answers hold something, and the ids of the description's examples are there.
beforeAll(async () => {
  shop.state.commit(exampleMorning(DEMO_MERCHANT))
  for (const [route, , path, body, headers] of EXAMPLES)
    if (!removes(route)) await shop.send({ at, [route.split(' ')[0]!]: path, body, headers })
})

/** What is gone cannot be asked about: these come last. */
const removes = (route: string): boolean => /^DELETE |\/remove$/.test(route)
const operations = operationsIn(api).sort((a, b) => Number(removes(a.route)) - Number(removes(b.route)))

type Asked = { readonly path: string; readonly headers: Record<string, string>; readonly body: unknown }

/** A parameter as the description says that it is, as it shows it, or anything. */
function textsOfParameter({ schema, example }: Document): fc.Arbitrary<string> {
  const shown = example === undefined ? [] : [{ weight: 8, arbitrary: fc.constant(String(example)) }]
  const right = { weight: 3, arbitrary: valuesOf(schema, api.components.schemas).map(String) }
  return fc.oneof(...shown, right, fc.string({ unit: 'binary' })).map((text) => text.toWellFormed())
}

function askedOf(route: string, { parameters, requestBody }: Document): fc.Arbitrary<Asked> {
  const [, path] = route.split(' ') as [string, string]
  const isIn = (place: string) => parameters.filter((it: Document) => it.in === place)
  const textOf = (it: Document) => textsOfParameter(it).filter((text) => it.in !== 'path' || text !== '')
  const named = (some: readonly Document[]): fc.Arbitrary<Record<string, string>> =>
    fc.record(Object.fromEntries(some.map((it) => [it.name, textOf(it)])), { noNullPrototype: true })
  // Few at a time: of many, one is wrong nearly always, and hides what the others do.
  const few = (some: readonly Document[]) =>
    fc.subarray([...some], { maxLength: Math.min(2, some.length) }).chain(named)
  const parts = [named(isIn('path')), few(isIn('query')), few(isIn('header')), bodiesOf(requestBody)] as const
  return fc.tuple(...parts).map(([inPath, query, headers, body]) => {
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(inPath[name]!))
    const search = new URLSearchParams(query).toString()
    return { path: search === '' ? filled : `${filled}?${search}`, headers, body }
  })
}

/** A body as it is described, as it is shown but for one field, any JSON, or any text. */
function bodiesOf(requestBody: Document): fc.Arbitrary<unknown> {
  if (requestBody === undefined) return fc.constant(undefined)
  const { schema, examples } = requestBody.content['application/json']
  const shown = Object.values<{ value: object }>(examples).map(({ value }) => value)
  const spoilt = fc
    .tuple(fc.constantFrom(...shown), fc.nat(), fc.option(fc.jsonValue(), { nil: undefined }))
    .map(([value, n, other]) => {
      const keys = Object.keys(value)
      return keys.length === 0 ? other : { ...value, [keys[n % keys.length]!]: other }
    })
  return fc.oneof(
    { weight: 4, arbitrary: valuesOf(schema, api.components.schemas) },
    { weight: 4, arbitrary: spoilt },
    { weight: 2, arbitrary: fc.constantFrom(...shown) },
    fc.jsonValue(),
    fc.string(),
    fc.constant(undefined),
  )
}

it.each(operations)('$route', async ({ route, operation }) => {
  const method = route.split(' ')[0]!
  await fc.assert(
    fc.asyncProperty(askedOf(route, operation), async ({ path, headers, body }) => {
      const { status, body: answer, type } = await shop.send({ at, [method]: path, headers, body })
      expect(checker.problemsOfAnswer(route, { status, type, body: answer })).toBe('')
    }),
    { numRuns: CASES, seed: SEED },
  )
})
