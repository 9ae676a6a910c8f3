import { z } from 'zod'
import { RIGHTS, type Right } from '#core/access/rights.ts'
import { MAX_BODY_BYTES, MAX_LONG_PAGE, MAX_PAGE, MAX_SEGMENT } from './limits.ts'
import { type JsonSchema, NamedSchemas } from './named-schemas.ts'
import { NOTES, type Note } from './notes.ts'
import { OPERATIONS, type Operation } from './operations.ts'
import { HEADERS, parametersIn } from './parameters.ts'
import { problemDocument } from './problem.ts'
import { type Described, type RecordedExample, recordedOf } from './recorded-examples.ts'
import { REFUSALS, type RouteToDescribe, refusalsOf } from './refusals.ts'
import { TAGS, tagOf } from './tags.ts'

const DESCRIPTION = `Retail events in; stock, alerts and revenue out.

Times are RFC 3339 in UTC, money is in minor units of its currency, and \`null\` means that something cannot be said. A body is at most ${MAX_BODY_BYTES / 2 ** 20} MiB of JSON, a segment of a path at most ${MAX_SEGMENT} characters, a page at most ${MAX_PAGE} rows, of stock and of figures by product ${MAX_LONG_PAGE}. Refusals are problem documents (RFC 9457) that name every wrong field. Fields may be added to answers: leave alone what you do not know.`

/** The API in OpenAPI 3.1, from the schemas that requests and answers pass. `routes`: all that there are. */
export function openApi(routes: readonly RouteToDescribe[], { examples, meanings }: Described): object {
  const schemas = new NamedSchemas(meanings)
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const operation = OPERATIONS[`${route.method} ${route.path}`]
    if (operation === undefined) continue
    const described = new DescribedRoute(route, operation, recordedOf(examples, route), schemas)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: described.operation() }
  }
  const responses = Object.keys(REFUSALS).map((status) => [
    `Refusal${status}`,
    refusal(Number(status), schemas.referTo(problemDocument, 'ProblemDocument')),
  ])
  return {
    openapi: '3.1.0',
    info: {
      title: 'Counterflow',
      version: '1',
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'Where this description is.' }],
    tags: TAGS.filter(({ name }) => routes.some(({ path }) => tagOf(path) === name)).map(({ name, about }) => ({
      name,
      description: about,
    })),
    paths,
    components: {
      schemas: schemas.all(),
      responses: Object.fromEntries(responses),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'For scripts: `counterflow token create`.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'counterflow-session',
          description: 'A browser’s, from signing in.',
        },
      },
    },
    security: [{ token: [] }, { session: [] }],
  }
}

class DescribedRoute {
  private readonly route: RouteToDescribe
  private readonly has: Operation
  private readonly recorded: readonly RecordedExample[]
  private readonly schemas: NamedSchemas
  private readonly note: Note
  private readonly id: string

  constructor(
    route: RouteToDescribe,
    operation: Operation,
    recorded: readonly RecordedExample[],
    schemas: NamedSchemas,
  ) {
    this.route = route
    this.has = operation
    this.recorded = recorded
    this.schemas = schemas
    this.note = NOTES[`${route.method} ${route.path}`] ?? {}
    this.id = operationId(route)
  }

  operation(): object {
    const { path, guard } = this.route
    const tag = tagOf(path)
    const body = this.requestBody()
    return {
      operationId: this.id,
      ...(tag !== undefined && { tags: [tag] }),
      summary: this.has.about,
      description: [this.whoMay(), this.note.limits && `Limits: ${this.note.limits}`].filter(Boolean).join('\n\n'),
      ...(guard in RIGHTS && { 'x-right': guard }),
      ...(this.note.limits !== undefined && { 'x-limits': this.note.limits }),
      ...(isOpen(guard) && { security: [] }),
      parameters: this.parameters(),
      ...(body && { requestBody: body }),
      responses: this.responses(body !== undefined),
    }
  }

  private whoMay(): string {
    const { guard } = this.route
    if (guard === 'open') return 'Anybody may ask this.'
    if (guard === 'proof') return 'Needs no token: who sends is proved over the body, or asks from this machine.'
    const words = RIGHTS[guard as Right]
    return words === undefined ? 'Needs a token or a session.' : `Needs the right \`${guard}\`: ${words}.`
  }

  private parameters(): object[] {
    const [example] = this.recorded
    const inPath = parametersIn(this.route.path).map(({ name, schema = z.string() }) => {
      const shown = example?.params[name]
      return { name, in: 'path', required: true, ...parameter(schema, shown) }
    })
    const inQuery = Object.entries(this.has.query ?? {}).map(([name, schema]) => {
      const shown = this.recorded.find(({ query }) => query[name] !== undefined)?.query[name]
      const isNeeded = this.has.needs?.includes(name) === true
      return { name, in: 'query', ...(isNeeded && { required: true }), ...parameter(schema, shown) }
    })
    const inHeaders = this.headers().map((name) => {
      const shown = this.recorded.find(({ headers }) => headers?.[name] !== undefined)?.headers?.[name]
      return { name, in: 'header', ...parameter(HEADERS[name]!, shown) }
    })
    return [...inPath, ...inQuery, ...inHeaders]
  }

  private headers(): readonly string[] {
    const { method, guard } = this.route
    const { takes = [] } = this.note
    return method === 'GET' || isOpen(guard) ? takes : ['idempotency-key', ...takes]
  }

  private requestBody(): object | undefined {
    const { body } = this.has
    const examples = examplesOf(
      this.recorded.filter((it) => it.body !== undefined && it.status < 300).map((it) => [it, it.body]),
    )
    if (body === undefined) {
      if (this.route.body !== 'bytes') return undefined
      const description = 'The provider’s own document: it is proved byte for byte before it is read.'
      return { required: true, description, content: { 'application/json': { schema: {}, ...examples } } }
    }
    const isOptional = body instanceof z.ZodOptional
    const schema = this.schemas.referTo((isOptional ? body.unwrap() : body) as z.ZodType, `${capital(this.id)}Request`)
    return { required: !isOptional, content: { 'application/json': { schema, ...examples } } }
  }

  /** What a good answer means. */
  private done(status: string): string {
    if (status !== '200') return DONE[Number(status)] ?? 'As described.'
    if (this.route.method === 'GET') return 'As asked.'
    return '202' in this.has.answers ? 'It had been taken before: nothing changes.' : 'Done.'
  }

  private responses(takesBody: boolean): object {
    const { query, answers, type = 'application/json' } = this.has
    const responses: Record<string, object> = {}
    for (const status of refusalsOf(this.route, { query: query !== undefined, body: takesBody }))
      responses[status] = { $ref: `#/components/responses/Refusal${status}` }
    for (const [status, schema] of Object.entries(answers)) {
      const shown = this.recorded.filter((it) => it.status === Number(status) && it.answer !== undefined)
      const headers = Object.entries(this.note.headers?.[Number(status)] ?? {})
      responses[status] = {
        description: this.done(status),
        ...(headers.length > 0 && {
          headers: Object.fromEntries(
            headers.map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
          ),
        }),
        ...(schema && {
          content: {
            [type]: {
              schema:
                type === 'application/json'
                  ? this.schemas.referTo(schema, `${capital(this.id)}Answer`)
                  : { type: 'string' },
              ...examplesOf(shown.map((it) => [it, it.answer])),
            },
            // A whole request may be refused under the status of one whose every part was.
            ...(status in responses && { 'application/problem+json': problemContent(this.schemas, Number(status)) }),
          },
        }),
      }
    }
    return responses
  }
}

const DONE: Readonly<Record<number, string>> = {
  201: 'Made.',
  202: 'Taken, and on the disk.',
  204: 'Done. No body.',
  303: 'Go on at `location`.',
  304: 'The same as you have. No body.',
  422: 'Nothing of it was good: `results` or `problems` say why.',
}

const isOpen = (guard: string): boolean => guard === 'open' || guard === 'proof'
const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1)

/** `GET /item/{id}` is `getItemById`. */
function operationId({ method, path }: RouteToDescribe): string {
  const words = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `by-${name}`).split(/[^A-Za-z0-9]+/)
  return method.toLowerCase() + words.filter(Boolean).map(capital).join('')
}

function parameter(schema: z.ZodType, example: unknown): object {
  const { $schema, description, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  const isNumber = rest.type === 'integer' || rest.type === 'number'
  return {
    ...(description !== undefined && { description }),
    schema: rest,
    ...(example !== undefined && { example: isNumber ? Number(example) : example }),
  }
}

const examplesOf = (shown: readonly (readonly [RecordedExample, unknown])[]): object =>
  shown.length === 0
    ? {}
    : {
        examples: Object.fromEntries(
          shown.map(([{ status, path }, value], i) => [`${status}-${i + 1}`, { summary: path, value }]),
        ),
      }

const problemOf = (status: number): object => ({ type: 'about:blank', status, ...REFUSALS[status]!.example })

const problemContent = (schemas: NamedSchemas, status: number): object => ({
  schema: schemas.referTo(problemDocument, 'ProblemDocument'),
  example: problemOf(status),
})

function refusal(status: number, schema: JsonSchema): object {
  const { about, later } = REFUSALS[status]!
  const retryAfter = {
    'retry-after': { description: 'Seconds to wait.', schema: { type: 'string', pattern: '^\\d+$' } },
  }
  return {
    description: about,
    ...(later && { headers: retryAfter }),
    content: { 'application/problem+json': { schema, example: problemOf(status) } },
  }
}
