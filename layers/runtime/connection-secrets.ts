/** Secrets of provider connections: the one that counts, and those before it while they still do. */
import { randomBytes } from 'node:crypto'
import type { ProviderConnection } from '#core/access/provider-connection.ts'
import { HttpError } from './http-handler.ts'
import { inTurn } from './in-turn.ts'
import type { Ports } from './ports.ts'

/** The secret that counts, and those before it until each is out, epoch ms. */
type ConnectionSecrets = {
  readonly current: string
  readonly earlier: readonly { readonly secret: string; readonly until: number }[]
}

/** The first secret of a connection: the provider's own, or a new one. @throws HttpError 422 where it proves nothing. */
export async function keepSecret(
  secrets: Ports['secrets'],
  { id, proof }: Pick<ProviderConnection, 'id' | 'proof'>,
  given: string | undefined,
): Promise<string> {
  const current = secretFor(proof, given)
  await secrets.set(secretsName(id), JSON.stringify({ current, earlier: [] } satisfies ConnectionSecrets))
  return current
}

export const forgetSecrets = (secrets: Ports['secrets'], id: string): Promise<void> => secrets.delete(secretsName(id))

/** `current` counts from now on; the one before for `overlapHours` more, and those before it as long as they were given. */
export function replaceSecret(
  { secrets, clock }: Pick<Ports, 'secrets' | 'clock'>,
  id: string,
  current: string,
  overlapHours: number,
): Promise<void> {
  return inTurn(secrets, secretsName(id), async () => {
    const known = await readSecrets(secrets, id)
    const nowMs = clock.now()
    const before = known === undefined ? [] : [{ secret: known.current, until: nowMs + overlapHours * 3_600_000 }]
    const earlier = [...before, ...(known?.earlier ?? [])].filter(({ until }) => until > nowMs)
    await secrets.set(secretsName(id), JSON.stringify({ current, earlier } satisfies ConnectionSecrets))
  })
}

/** Those that count now: the newest first; none where the connection has lost its secret. */
export async function secretsOf(
  { secrets, clock }: Pick<Ports, 'secrets' | 'clock'>,
  id: string,
): Promise<readonly string[]> {
  const known = await readSecrets(secrets, id)
  if (known === undefined) return []
  const nowMs = clock.now()
  return [known.current, ...known.earlier.flatMap(({ secret, until }) => (nowMs < until ? [secret] : []))]
}

async function readSecrets(secrets: Ports['secrets'], id: string): Promise<ConnectionSecrets | undefined> {
  const text = await secrets.get(secretsName(id))
  return text === undefined ? undefined : (JSON.parse(text) as ConnectionSecrets)
}

const MIN_KEY_BYTES = 24
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

/** The provider's own secret, or a new one. @throws HttpError 422 where it proves nothing, or the provider alone makes it. */
export function secretFor(proof: ProviderConnection['proof'], given: string | undefined): string {
  if (given !== undefined) checkSecret(proof, given)
  else if (proof === 'shopify') refuse('is missing: Shopify makes it, hand it over (`--secret-file`)')
  return given ?? newSecret(proof)
}

function refuse(message: string): never {
  throw new HttpError(422, 'The secret cannot be used: see its problems', [{ field: 'secret', message }])
}

/** Whether it is a key, and one that a sender can send. */
function checkSecret(proof: ProviderConnection['proof'], secret: string): void {
  if (/\s/.test(secret)) refuse('must not hold spaces or line breaks')
  if (proof !== 'standard-webhooks') return
  const key = secret.replace(/^whsec_/, '')
  if (!BASE64.test(key) || Buffer.from(key, 'base64').length < MIN_KEY_BYTES)
    refuse(`must be base64 of ${MIN_KEY_BYTES} bytes or more, with or without whsec_ before it`)
}

const secretsName = (id: string): string => `connection/${id}`

/** 256 bits, in the form that the proof's senders take. */
function newSecret(proof: ProviderConnection['proof']): string {
  const bytes = randomBytes(32)
  return proof === 'standard-webhooks' ? `whsec_${bytes.toString('base64')}` : bytes.toString('base64url')
}
