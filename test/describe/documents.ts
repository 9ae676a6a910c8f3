/** The API's two documents as they are answered, and the means to hold messages against them. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { handler } from '#functions/describe-api/handler.ts'
import { ask, portsInTest } from '#test/fakes/ports-in-test.ts'

// biome-ignore lint/suspicious/noExplicitAny: a document of another's making
export type Document = any

export const openApiDocument = async (): Promise<Document> =>
  (await ask(handler, portsInTest(), 'GET /openapi.json')).body
export const asyncApiDocument = async (): Promise<Document> =>
  (await ask(handler, portsInTest(), 'GET /asyncapi.json')).body

type Operation = { readonly route: string; readonly operation: Document }

/** Every operation of the document with its route: `GET /item/{id}`. */
export const operationsIn = ({ paths }: Document): Operation[] =>
  Object.entries<object>(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })),
  )

/** Says what is wrong with a value by a schema of the document; '': nothing. */
export class Checker {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true })
  private readonly document: Document

  constructor(document: Document) {
    this.document = document
    ;(formats as unknown as (ajv: Ajv2020) => void)(this.ajv)
    this.ajv.addSchema({ ...document, $id: 'document' }, 'document')
  }

  /** `pointer`: names on the way from the document's top to the schema. */
  problems(pointer: readonly string[], value: unknown): string {
    const path = pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    const check = this.ajv.getSchema(`document#/${path.join('/')}`)
    if (check === undefined) throw new Error(`the document has no ${pointer.join(' ')}`)
    return check(value) === true ? '' : this.ajv.errorsText(check.errors)
  }

  /** What is wrong with an answer of a route by what the document says of it; '': nothing. */
  problemsOfAnswer(
    route: string,
    { status, type, body }: { readonly status: number; readonly type: string; readonly body: unknown },
  ): string {
    const [method, path] = route.split(' ') as [string, string]
    const at = ['paths', path, method.toLowerCase(), 'responses', String(status)]
    const said = this.document.paths[path]?.[method.toLowerCase()]?.responses[status]
    if (said === undefined) return `${route} does not say that it may answer ${status}`
    const named = said.$ref === undefined ? undefined : (said.$ref as string).slice('#/'.length).split('/')
    const content = (named === undefined ? said : this.document.components.responses[named[2]!]).content
    if (content === undefined) return body === undefined || body === '' ? '' : `${route} ${status} has a body`
    const media = type.split(';')[0]!
    if (content[media] === undefined) return `${route} ${status} does not say that it may be ${type}`
    return this.problems([...(named ?? at), 'content', media, 'schema'], body)
  }
}
