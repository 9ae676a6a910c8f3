/**
 * A write that is sent again under one `Idempotency-Key` is done once and answered the same, for a day. The answer may
 * show a secret: it is kept so that only whoever has the key can read it.
 * https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header
 */
import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { conditionsHold, type Viewer } from '#core/ports.ts'
import { rowKey } from '#core/row-key.ts'
import { isUnmoved } from './is-unmoved.ts'
import type { Ports } from './ports.ts'
import { sweepRows } from './sweep-rows.ts'

/** Key: merchant, user, hash of the key. */
export const IDEMPOTENT = 'idempotent-requests'
type Claim = {
  /** Hash of what was asked. */
  readonly request: string
  /** Epoch ms. */
  readonly at: number
  /** Absent while it is being done; null: it is done, and its answer is more than a row holds. */
  readonly reply?: string | null
}
/** A row of DynamoDB has 400 kB. */
const MOST_KEPT = 300_000
const KEEP_MS = 24 * 60 * 60_000
/** A program that was killed is not doing it any more. */
const ABANDONED_MS = 60_000
const MAX_KEY = 255

type IdempotentPorts = Pick<Ports, 'state' | 'clock'>
type Asked = {
  readonly route: string
  readonly params: object
  readonly query: object
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
  readonly viewer: Viewer | undefined
}
/** A JSON value, which says how it went. */
type Answer = { statusCode?: number | undefined }
/** 409 while the first is being done, or where its answer was not kept, 422 where the key is none, or was another request's. */
export type Refusal = { readonly refused: 409 | 422; readonly title: string; readonly retryAfter?: number }

export async function idempotently<T extends Answer>(
  ports: IdempotentPorts,
  request: Asked,
  work: () => Promise<T>,
): Promise<T | Refusal> {
  const key = request.headers['idempotency-key']
  const { viewer, route } = request
  if (key === undefined || viewer === undefined || route.startsWith('GET ')) return work()
  if (key === '' || key.length > MAX_KEY)
    return { refused: 422, title: `An Idempotency-Key has 1 to ${MAX_KEY} characters: send another one` }
  const asked = hash(
    'sha256',
    JSON.stringify([
      route,
      request.params,
      request.query,
      request.headers['if-match'],
      request.body.toString('base64'),
    ]),
  )
  const place = { table: IDEMPOTENT, key: rowKey(viewer.merchantId, whoseOf(viewer), hash('sha256', key)) }
  const known = (await ports.state.get(place.table, place.key)) as Claim | undefined
  const nowMs = ports.clock.now()
  const isPast = known !== undefined && known.at + (known.reply === undefined ? ABANDONED_MS : KEEP_MS) <= nowMs
  if (known !== undefined && !isPast) {
    if (known.request !== asked)
      return { refused: 422, title: 'This Idempotency-Key was sent with another request: take a new one' }
    if (known.reply === undefined) return IN_PROGRESS
    return known.reply === null ? TOO_LARGE : opened<T>(known.reply, key)
  }
  const claim: Claim = { request: asked, at: nowMs }
  const isFree = isUnmoved(place, known, 'at')
  const isMine = await conditionsHold(() => ports.state.commitDurable([{ ...place, row: claim }], [isFree]))
  return isMine ? answered(ports, place, claim, key, work) : IN_PROGRESS
}

/** A key that everybody can read shares its names with nobody. */
const whoseOf = ({ subject, origins, bearer }: Viewer): string =>
  origins === undefined ? subject : `${subject} ${bearer?.id}`

const IN_PROGRESS: Refusal = {
  refused: 409,
  title: 'The same request is being done: ask again for its answer',
  retryAfter: 1,
}

const TOO_LARGE: Refusal = { refused: 409, title: 'The same request was done; its answer was too large to be kept' }

/** What failed may be tried again under the same key. */
async function answered<T extends Answer>(
  { state }: IdempotentPorts,
  place: { readonly table: string; readonly key: string },
  claim: Claim,
  key: string,
  work: () => Promise<T>,
): Promise<T> {
  let reply: T | undefined
  try {
    reply = await work()
    return reply
  } finally {
    const kept = reply !== undefined && reply.statusCode! < 300 ? sealed(reply, key) : undefined
    const row: Claim | undefined =
      kept === undefined ? undefined : { ...claim, reply: kept.length > MOST_KEPT ? null : kept }
    await state.commitDurable([{ ...place, row }])
  }
}

const CIPHER = 'aes-256-gcm'
/** With which no JSON begins. */
const GZIP = 0x1f
const keyOf = (key: string): Buffer => hash('sha256', `reply ${key}`, 'buffer')

function sealed(reply: object, key: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv(CIPHER, keyOf(key), nonce)
  const text = Buffer.concat([cipher.update(gzipSync(JSON.stringify(reply))), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64')
}

function opened<T>(sealedReply: string, key: string): T {
  const bytes = Buffer.from(sealedReply, 'base64')
  const cipher = createDecipheriv(CIPHER, keyOf(key), bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28))
  const text = Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()])
  // Those of the release before were not compressed.
  return JSON.parse((text[0] === GZIP ? gunzipSync(text) : text).toString('utf8')) as T
}

/** Deletes what is older than it is kept. */
export async function sweepIdempotent({ state, clock }: IdempotentPorts): Promise<void> {
  const before = clock.now() - KEEP_MS
  await sweepRows<Claim>(state, { table: IDEMPOTENT, told: 'at', isOver: ({ at }) => at < before })
}
