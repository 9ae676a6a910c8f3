/**
 * Where a row of one of the program's tables lies in the one DynamoDB table, and the way back.
 *
 *   pk  the table's name; of a table that grows with trade `name#first part of the key`
 *   sk  the whole key; of a key that is too long its beginning and a hash, and then `key` is the key
 *   ttl epoch seconds, where a row says when it ends: DynamoDB deletes it within days after it
 *
 * A table in one partition can be asked for any range; one in many partitions for ranges within one first part alone.
 */
import { createHash } from 'node:crypto'
import { DAY_MS, MINUTE_MS } from '#core/metrics/business-time.ts'
import type { Row } from '#core/ports.ts'
import { isProjection } from '#core/projection.ts'
import { retailSteps } from '#core/retail-steps.ts'
import { compareKeys, type KeyRange, partsOf, under } from '#core/row-key.ts'

/**
 * Tables of the runtime that grow with merchants, people or trade, and are never asked for across first parts. The
 * others are one partition each: they are swept or listed whole. Every projection is one of these as well.
 */
export const APART: ReadonlySet<string> = new Set([
  'api-tokens',
  'audit',
  'chain-checks',
  'chain-runs',
  'chain-tasks',
  'chain-turns',
  'check-history',
  'checkpoints',
  'claims',
  'credentials',
  'delivery-bodies',
  'delivery-numbers',
  'import-runs',
  'journals',
  'lake-notes',
  'lake-swept',
  'list-turns',
  'mirrored-windows',
  'merchant-usage',
  'night-parts',
  'notice-deliveries',
  'notice-digest-entries',
  'notice-log-numbers',
  'notice-queue',
  'outbox',
  'people',
  'reorder-places',
  'reorder-reasons',
  'reorders',
  'seen-ids',
  'users-by-email',
])

type EndsAt = (row: Row, key: string) => number | undefined
const after =
  (field: string, keepMs: number): EndsAt =>
  (row) => {
    const at = (row as Readonly<Record<string, unknown>>)[field]
    return typeof at === 'number' ? at + keepMs : undefined
  }

/**
 * The engine deletes rows of ids when they are 20 minutes old by the shard's clock, which stands still while the stream
 * does: what it left lies no longer than the stream keeps records, and a day.
 */
const SEEN_IDS_MS = 8 * DAY_MS
/** A commit that was cut off is finished when its shard runs again: longer than the stream keeps records is never. */
const JOURNAL_MS = 14 * DAY_MS
/** API Gateway closes a socket after two hours. */
const SOCKET_MS = 3 * 60 * MINUTE_MS

/** Rows of the runtime that end by themselves; those that are swept on one machine are swept here too, or go first. */
const ENDS: ReadonlyMap<string, EndsAt> = new Map([
  ['live-tickets', after('expiresAt', 0)],
  ['sign-in-codes', after('expiresAt', 0)],
  ['sessions', after('expiresAt', 0)],
  ['claims', after('expiresAt', 0)],
  ['idempotent-requests', after('at', DAY_MS)],
  ['last-words', after('at', MINUTE_MS)],
  ['sign-in-attempts', after('at', 60 * MINUTE_MS)],
  ['seen-ids', after('at', SEEN_IDS_MS)],
  ['journals', after('at', JOURNAL_MS)],
  ['deliveries', after('at', 7 * DAY_MS)],
  ['delivery-bodies', after('at', 7 * DAY_MS)],
  ['connections', after('connectedAt', SOCKET_MS)],
])

const PROJECTIONS = new Map(retailSteps.filter(isProjection).map((step) => [step.name, step]))

export const isApart = (table: string): boolean => APART.has(table) || PROJECTIONS.has(table)

const MARK = '#'
const partitionOf = (table: string, firstPart: string): string => (isApart(table) ? table + MARK + firstPart : table)

/** DynamoDB's sort keys hold 1,024 bytes: what is kept of a longer one, to the end of a character, and a hash. */
const KEPT_BYTES = 976
/** Before the hash: sorts after the bare beginning, and before whatever continues it. */
const HASHED = '\u0001'

/** The shortest beginning of at least 976 bytes: keys that differ in theirs are ordered by them alone. */
function beginningOf(key: string): string {
  if (key.length * 3 < KEPT_BYTES) return key
  let bytes = 0
  let length = 0
  for (const character of key) {
    if (bytes >= KEPT_BYTES) break
    bytes += Buffer.byteLength(character)
    length += character.length
  }
  return key.slice(0, length)
}

export type ItemKey = { readonly pk: string; readonly sk: string; readonly key?: string }

export function itemKeyOf(table: string, key: string): ItemKey {
  const pk = partitionOf(table, partsOf(key)[0]!)
  const beginning = beginningOf(key)
  if (beginning.length === key.length) return { pk, sk: key }
  const hashed = createHash('sha256').update(key).digest('hex').slice(0, 40)
  return { pk, sk: beginning + HASHED + hashed, key }
}

/** The table and key of an item. */
export function rowRefOf({ pk, sk, key = sk }: ItemKey): { readonly table: string; readonly key: string } {
  const mark = pk.indexOf(MARK)
  return { table: mark < 0 ? pk : pk.slice(0, mark), key }
}

/** Both ends inclusive, and perhaps too wide by items at the ends: whoever asks looks at the keys. */
export type ItemRange = { readonly pk: string; readonly from: string; readonly to: string }

/**
 * undefined: no key can be in it.
 * @throws Error where the range crosses partitions: nothing here scans.
 */
export function itemRangeOf(table: string, { from, to }: KeyRange): ItemRange | undefined {
  if (compareKeys(from, to) >= 0) return undefined
  const [first, ...rest] = partsOf(from) as [string, ...string[]]
  if (isApart(table) && (rest.length === 0 || compareKeys(to, under(first).to) > 0))
    throw new Error(`${table} lies in a partition for each first part of its keys: ask for a range under one of them`)
  const start = beginningOf(from)
  const end = beginningOf(to)
  return {
    pk: partitionOf(table, first),
    from: start === '' ? '\u0000' : start,
    to: end.length === to.length ? to : `${end}\u0002`,
  }
}

/** Epoch seconds, rounded up; undefined: the row stays. */
export function ttlOf(table: string, key: string, row: Row): number | undefined {
  const endsAt = PROJECTIONS.get(table)?.expiresAt?.(row, key) ?? ENDS.get(table)?.(row, key)
  return endsAt === undefined || !Number.isFinite(endsAt) ? undefined : Math.ceil(endsAt / 1000)
}
