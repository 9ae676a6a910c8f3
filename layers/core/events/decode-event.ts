import { z } from 'zod'
import { type Outcome, ok, type Problem, wrong } from '#core/outcome.ts'
import type { Folded } from '#core/projection.ts'
import { EVENT_TYPES } from './catalogue.ts'
import { type EventType, envelope } from './envelope.ts'
import { NOT_A_TIME, parseTime } from './parse-time.ts'

/** Events may be this far ahead of our clock; beyond it somebody's clock is wrong. */
export const MAX_AHEAD_MS = 5 * 60_000

// Times are read by hand below, once: as numbers.
const READ_BY_HAND = { occurredAt: z.string(), receivedAt: z.string() }

const schemas: ReadonlyMap<string, z.ZodObject> = new Map(
  [...EVENT_TYPES.values()].map((type) => [
    type.type,
    z.object({ ...envelope, ...READ_BY_HAND, type: z.literal(type.type), data: type.data }),
  ]),
)

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * A record of the log as an event, or every reason why it is none. Older versions are brought up to the present one.
 * `receivedAt` (epoch ms) counts in place of the record's own when a held document is tried again.
 */
export function decodeEvent(bytes: Uint8Array, shard: number, receivedAt?: number): Outcome<Folded> {
  let raw: unknown
  try {
    raw = JSON.parse(utf8.decode(bytes))
  } catch {
    return wrong('', 'is not JSON in UTF-8')
  }
  if (typeof raw !== 'object' || raw === null) return wrong('', 'is not a JSON object')
  const type = EVENT_TYPES.get((raw as { type?: unknown }).type as string)
  if (type === undefined) return wrong('type', 'is no type of event that we know')
  const current = upcast(raw as Versioned, type)
  if (!current.ok) return current
  const parsed = schemas.get(type.type)!.safeParse(current.value)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const checked = parsed.data as Checked
  const { id, merchantId, storeId, source, businessDate, data } = checked
  const at = parseTime(checked.occurredAt)
  const received = receivedAt ?? parseTime(checked.receivedAt)
  if (Number.isNaN(at)) return wrong('occurredAt', NOT_A_TIME)
  if (Number.isNaN(received)) return wrong('receivedAt', NOT_A_TIME)
  if (at - received > MAX_AHEAD_MS) {
    const minutes = Math.ceil((at - received) / 60_000)
    return wrong('occurredAt', `is ${minutes} minutes ahead of our clock; 5 are allowed`)
  }
  return ok({ id, merchantId, storeId, source, type: type.type, at, receivedAt: received, businessDate, shard, data })
}

type Versioned = { readonly version?: unknown; readonly data?: unknown }
type Checked = {
  id: string
  merchantId: string
  storeId: string
  source: string
  occurredAt: string
  receivedAt: string
  businessDate: string
  data: object
}

/** An event of an older version as one of the present; its data is what that version's door let in. */
export function upcast(raw: Versioned, type: EventType): Outcome<object> {
  const { version } = raw
  if (version === type.version) return ok(raw)
  if (!Number.isInteger(version)) return wrong('version', 'is not a whole number')
  if ((version as number) > type.version || (version as number) < 1) {
    return wrong('version', `${version} of ${type.type} is not known here: the newest is ${type.version}`)
  }
  if (typeof raw.data !== 'object' || raw.data === null) return wrong('data', 'is not a JSON object')
  let data = raw.data
  for (let v = version as number; v < type.version; v++) data = type.upcast[v]!(data)
  return ok({ ...raw, version: type.version, data })
}

/** What a schema found, by field. */
export const problemsOf = (error: z.ZodError): Problem[] =>
  error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [{ field: issue.path.join('.'), message: issue.message }]
    return issue.keys.map((key) => ({ field: [...issue.path, key].join('.'), message: 'is not known here' }))
  })
