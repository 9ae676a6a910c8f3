import { z } from 'zod'
import { OPERATIONS, type Operation } from './operations.ts'
import { problemDocument } from './problem.ts'

/** Routes that need no token, as their guards in the manifest say. */
const FOR_ANYBODY: readonly string[] = [
  'POST /integrations/{marketplace}/webhook',
  'POST /integrations/{marketplace}/webhook/{connectionId}',
  'GET /sign-in',
  'POST /sign-in',
  'GET /join',
  'POST /join',
  'POST /sign-out',
  'GET /healthz',
  'GET /openapi.json',
]

/** The API in OpenAPI 3.1, from the schemas that requests and answers pass. */
export function openApi(): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const [route, operation] of Object.entries(OPERATIONS)) {
    const [method, path] = route.split(' ') as [string, string]
    const described = { ...operationOf(path, operation), ...(FOR_ANYBODY.includes(route) && { security: [] }) }
    paths[path] = { ...paths[path], [method.toLowerCase()]: described }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Counterflow', version: '1', description: 'Retail events in; stock, alerts and revenue out.' },
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'counterflow-session' },
      },
    },
    security: [{ token: [] }, { session: [] }],
  }
}

function operationOf(path: string, { about, query = {}, body, answers }: Operation): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const inQuery = Object.entries(query).map(([name, description]) => ({
    name,
    in: 'query',
    description,
    schema: { type: 'string' },
  }))
  const responses = Object.entries(answers).map(([status, schema]) => [
    status,
    {
      description: schema === undefined ? 'No body.' : 'As described.',
      ...(schema && content('application/json', schema)),
    },
  ])
  return {
    summary: about,
    parameters: [...inPath, ...inQuery],
    ...(body && { requestBody: { required: true, ...content('application/json', body) } }),
    responses: {
      ...Object.fromEntries(responses),
      default: { description: 'RFC 9457.', ...content('application/problem+json', problemDocument) },
    },
  }
}

const content = (type: string, schema: z.ZodType) => ({
  content: { [type]: { schema: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) } },
})
