/** Sends the API's examples to an engine, each in its turn: what one needs, those before it have made. */
import { Secret, TOTP } from 'otpauth'
import { EXAMPLES, type Example } from '#core/api/examples.ts'
import { addDays, businessDateOf } from '#core/metrics/business-time.ts'
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
/** `token`: a new one each time, since some requests end those that there are. */
export type Asking = { readonly address: string; readonly token: () => Promise<string> }

/** Who proves a delivery otherwise has no token of the engine's. */
const NEEDS_TOKEN = new Set(
  manifest.routes.filter(({ guard }) => isRight(guard)).map(({ method, path }) => `${method} ${path}`),
)

/** `settled`: resolves when what was taken is in the answers. */
export async function* sendExamples(to: Asking, settled: () => Promise<void>): AsyncGenerator<Sent> {
  const before = new Map<string, Sent>()
  for (const example of EXAMPLES) {
    const [route, , path, body, headers] = example
    await settled()
    const [method, { address, token }] = [route.split(' ')[0]!, to]
    const asked = body && (JSON.parse(await named(JSON.stringify(body), to, before)) as object)
    const asking = NEEDS_TOKEN.has(route) ? { address, token } : { address }
    const sent = { example, ...(await ask(asking, method, await named(path, to, before), asked, headers)) }
    before.set(route, sent)
    yield sent
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
      ...(token !== undefined && { authorization: `Bearer ${await token()}` }),
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

/** What stands for a name in a path or a body, of this engine. `before`: what was answered last to each route. */
async function standsFor(name: string, to: Asking, before: ReadonlyMap<string, Sent>): Promise<string> {
  switch (name) {
    case 'signInCode':
      return (await ask(to, 'POST', '/sign-in/codes')).body.code
    case 'joinCode':
      return new URL(before.get('POST /users')!.body.path, to.address).searchParams.get('code')!
    case 'person':
      return before.get('POST /users')!.body.id
    case 'totp':
      return new TOTP({ secret: Secret.fromBase32(before.get('POST /account/totp')!.body.secret) }).generate()
    case 'tomorrow':
      return addDays(businessDateOf(Date.now(), 'UTC'), 1)
    default:
      return (await ask(to, 'GET', LISTS[name]!)).body.items[0].id
  }
}

const PLACE = /\{(\w+)\}/

async function named(text: string, to: Asking, before: ReadonlyMap<string, Sent>): Promise<string> {
  const place = PLACE.exec(text)?.[1]
  if (place === undefined) return text
  return named(text.replace(`{${place}}`, encodeURIComponent(await standsFor(place, to, before))), to, before)
}
