/** What no log may say: what the tests have sent and been answered of people and of secrets, and any e-mail address. */
const FIELDS = 'email|phone|note|customer|first_?name|last_?name|address1|password|secret|token|ticket'
const TEXT = '"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")'
const PRIVATE = new RegExp(`"(?:${FIELDS})${TEXT}`, 'gi')
/** A person's, where a password is beside it. */
const NAME = new RegExp(`"name${TEXT}`, 'g')
/** Of a session, a sign-in link, an invitation. */
const CODE = /\bcode(?:=|":")([\w-]{20,})/g
/** In what an engine says that was told of mail in a wrong way: so it is written. */
const EXAMPLES: readonly string[] = ['password@mail.example', 'shop@example.com']
const EMAIL = /[\w.+-]+@[\w-]+(\.[\w-]+)+/g
/** What is shorter may be in a log by chance. */
const MIN_CHARS = 8

const known = new Set<string>()

/** Of a body as text, sent or answered, of any depth, JSON or none. */
export function notePrivate(body: string): void {
  for (const [, value] of body.matchAll(PRIVATE)) note(textIn(value!))
  if (body.includes('"password"')) for (const [, value] of body.matchAll(NAME)) note(textIn(value!))
  for (const [, code] of body.matchAll(CODE)) note(code!)
}

export function noteCookies(headers: Headers): void {
  for (const cookie of headers.getSetCookie()) note(/=([^;]*)/.exec(cookie)?.[1] ?? '')
}

function note(value: string): void {
  if (value.length >= MIN_CHARS) known.add(value.toLowerCase())
}

/** '': it is no text. */
function textIn(json: string): string {
  try {
    return JSON.parse(json) as string
  } catch {
    return ''
  }
}

/** The private values that a log has. */
export function privateIn(log: string): string[] {
  const lower = log.toLowerCase()
  const addresses = [...lower.matchAll(EMAIL)].map(([address]) => address)
  return [
    ...addresses.filter((address) => !EXAMPLES.includes(address)),
    ...[...known].filter((value) => lower.includes(value)),
  ]
}
