/**
 * Who sent this: a request to a connection's door is proved over its raw bytes, before anything of it is parsed. Pure:
 * the time is an argument. Comparisons take the same time whatever differs.
 */
import { createHmac, hash, timingSafeEqual } from 'node:crypto'
import type { Proof } from '#core/sources/registry.ts'
import type { Headers } from '#core/sources/source.ts'

export type Proved = 'proved'
/** Why not. `missing`: a header is not there; `malformed`: it cannot be read; `stale`: too old or too early; `wrong`. */
export type Refused = 'missing' | 'malformed' | 'stale' | 'wrong'

export type Sent = {
  readonly headers: Headers
  /** As it came, byte for byte. */
  readonly body: Uint8Array
}

/** How far a Standard Webhooks timestamp may be from `nowMs`, either way, in seconds. */
export const TOLERANCE_S = 300
const SECRET_PREFIX = 'whsec_'
const HMAC_HEADERS = { shopify: 'x-shopify-hmac-sha256', woocommerce: 'x-wc-webhook-signature' } as const

/** `secrets`: those that count now, two while one is being rotated; none: nothing is proved. `nowMs`: epoch ms. */
export function checkProof(proof: Proof, sent: Sent, secrets: readonly string[], nowMs: number): Proved | Refused {
  switch (proof) {
    case 'standard-webhooks':
      return checkStandardWebhooks(sent, secrets, nowMs)
    case 'token':
      return checkToken(sent, secrets)
    default:
      return checkHmac(sent.headers[HMAC_HEADERS[proof]], sent.body, secrets)
  }
}

function checkHmac(signature: string | undefined, body: Uint8Array, secrets: readonly string[]): Proved | Refused {
  if (signature === undefined || signature === '') return 'missing'
  return secrets.some((secret) => isSame(signature, hmac(secret, body))) ? 'proved' : 'wrong'
}

function checkStandardWebhooks({ headers, body }: Sent, secrets: readonly string[], nowMs: number): Proved | Refused {
  const id = headers['webhook-id']
  const timestamp = headers['webhook-timestamp']
  const signatures = headers['webhook-signature']
  if (!id || !timestamp || !signatures) return 'missing'
  if (!/^\d{1,12}$/.test(timestamp)) return 'malformed'
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > TOLERANCE_S) return 'stale'
  const expected = secrets.map((secret) => standardSignature(secret, id, timestamp, body))
  // Several signatures come while the sender rotates its own secret; versions that we do not know prove nothing.
  const known = signatures.split(' ').flatMap((each) => (each.startsWith('v1,') ? [each.slice('v1,'.length)] : []))
  if (known.length === 0) return 'malformed'
  return known.some((signature) => expected.some((each) => isSame(signature, each))) ? 'proved' : 'wrong'
}

/** What a sender of this proof says of a message beside its body. `id` is the same each time it is sent. `nowMs`: epoch ms. */
export function proofFor(proof: Proof, secret: string, id: string, nowMs: number, body: Uint8Array): Headers {
  switch (proof) {
    case 'standard-webhooks':
      return signStandardWebhooks(secret, id, nowMs, body)
    case 'token':
      return { authorization: `Bearer ${secret}` }
    default:
      return { [HMAC_HEADERS[proof]]: hmac(secret, body) }
  }
}

/** What a sender by Standard Webhooks says of a message beside its body. `id` is the same each time it is sent. */
export function signStandardWebhooks(secret: string, id: string, nowMs: number, body: Uint8Array): Headers {
  const timestamp = String(Math.floor(nowMs / 1000))
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${standardSignature(secret, id, timestamp, body)}`,
  }
}

const standardSignature = (secret: string, id: string, timestamp: string, body: Uint8Array): string =>
  hmac(keyOf(secret), Buffer.from(`${id}.${timestamp}.`), body)

function checkToken({ headers }: Sent, secrets: readonly string[]): Proved | Refused {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1]
  const token = bearer ?? headers['x-webhook-token']
  if (!token) return 'missing'
  return secrets.some((secret) => isSame(token, secret)) ? 'proved' : 'wrong'
}

/** The key of a Standard Webhooks secret: what base64 says after the prefix. */
const keyOf = (secret: string): Buffer =>
  Buffer.from(secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret, 'base64')

function hmac(key: string | Buffer, ...parts: readonly Uint8Array[]): string {
  const made = createHmac('sha256', key)
  for (const part of parts) made.update(part)
  return made.digest('base64')
}

/** Texts of any length: their hashes are compared, which takes the same time whatever differs. */
const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'))
