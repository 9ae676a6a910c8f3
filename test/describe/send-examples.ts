/** Sends the API's examples to an engine, each in its turn: what one needs, those before it have made. */
import { EXAMPLES, type Example } from '#core/api/examples.ts'
import { isRight, manifest } from '#functions/manifest.ts'
import { LISTS } from '#test/golden/shop-in-test.ts'

export type Sent = {
  readonly example: Example
  readonly status: number
  readonly type: string
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: whoever asks knows the answer's shape
  readonly body: any
}
export type Asking = { readonly address: string; readonly token: string }

/** Who proves a delivery otherwise has no token of the engine's. */
const NEEDS_TOKEN = new Set(
  manifest.routes.filter(({ guard }) => isRight(guard)).map(({ method, path }) => `${method} ${path}`),
)

/** `settled`: resolves when what was taken is in the answers. */
export async function* sendExamples(to: Asking, settled: () => Promise<void>): AsyncGenerator<Sent> {
  for (const example of EXAMPLES) {
    const [route, , path, body, headers] = example
    await settled()
    const method = route.split(' ')[0]!
    const { address, token } = to
    const asking = NEEDS_TOKEN.has(route) ? { address, token } : { address }
    yield { example, ...(await ask(asking, method, await named(to, path), body, headers)) }
  }
}

async function ask(
  { address, token }: Partial<Asking>,
  method: string,
  path: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Omit<Sent, 'example'>> {
  const response = await fetch(`${address}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const type = response.headers.get('content-type') ?? ''
  return {
    status: response.status,
    type,
    headers: response.headers,
    body: /json/.test(type) && text !== '' ? JSON.parse(text) : text,
  }
}

/** The path with ids for the names in it. */
async function named(to: Asking, path: string): Promise<string> {
  const place = /\{(\w+)\}/.exec(path)?.[1]
  if (place === undefined) return path
  if (place === 'code') return path.replace('{code}', (await ask(to, 'POST', '/sign-in/codes')).body.code)
  const { body } = await ask(to, 'GET', LISTS[place as keyof typeof LISTS])
  return path.replace(`{${place}}`, encodeURIComponent(body.items[0].id))
}
