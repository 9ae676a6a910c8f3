/**
 * Rows of two engines that lived through the same, made comparable: what differs because of when, where and by chance is
 * named here, with why. Everything else must be the same.
 */
import type { Rows } from './rows.ts'

/** Whole tables that are not compared row by row. */
export const NOT_COMPARED: Readonly<Record<string, string>> = {
  'api-tokens': 'the scenario makes one for itself on one machine, and signs its own on AWS',
  'api-tokens-of-merchant': 'as api-tokens',
  archived: 'the lake is filled each quarter of an hour: perhaps not yet',
  audit: 'as api-tokens: the making of one is in it',
  'chain-checks': 'runs are asked for each quarter of an hour: perhaps in one engine alone so far',
  'chain-lanes': 'as chain-checks',
  'chain-runs': 'as chain-checks',
  'chain-tasks': 'as chain-checks',
  'chain-turns': 'as chain-checks',
  'check-history': 'as chain-checks',
  claims: 'on one machine the log keeps them in its own file',
  credentials: 'salted',
  journals: 'only DynamoDB needs them',
  'last-words': 'of the last half minute, by the clock of each',
  'lake-notes': 'in rows as large as the store’s commits, and gone once the lake is filled',
  'log-counters': 'on one machine the log counts by itself',
  'log-pending': 'on one machine a document is in the log or is not',
  'seen-ids': 'hashes of ids, in rows as large as the store’s commits; they rest on ids that are by chance',
  sessions: 'as api-tokens',
  settings: 'one machine gives its first merchant its own time zone, here UTC; on AWS none is set, which is UTC',
  ticks: 'one comes each minute: perhaps to one engine alone so far',
}

/** Fields that are left out wherever they are. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  durationMs: 'how long it took',
  tookMs: 'how long it took',
  sequence: 'Kinesis gives numbers of its own',
  object: 'is named by a sequence',
  line: 'which documents were held together in one batch',
  applied: 'ticks of the minute are among them',
  'webhook-timestamp': 'when the sender signed it',
  customers: 'a sketch of tokens, which are by chance: as many are compared',
}

/** Tables of cells whose time is when the run was: documents that tell no time of their own lie in the minute they came. */
const OF_MINUTES = /^(minute|quarter)-by-/
/** Of one moment in any order: ids that are by chance decide it. */
const BY_CHANCE_IN_ORDER: ReadonlySet<string> = new Set(['recent-of-product'])
const QUARTER_MS = 15 * 60_000
const HEX_ID = /[0-9a-f]{32}/g
/** Of ids in base64url: sign-in, people. */
const CHANCE_KEYS: ReadonlySet<string> = new Set(['people'])

export type Comparing = {
  /** Before either engine began, epoch ms. */
  readonly startedAt: number
  /** Both engines have it: it is not by chance. */
  readonly isShared: (id: string) => boolean
}

export function idsIn(rows: Rows): ReadonlySet<string> {
  const found = new Set<string>()
  for (const ofTable of rows.values())
    for (const [key, row] of ofTable) for (const [id] of (key + JSON.stringify(row)).matchAll(HEX_ID)) found.add(id)
  return found
}

/** A table's rows as lines, in order: ids by chance and times of the run are masked. */
export function comparable(table: string, rows: ReadonlyMap<string, object>, comparing: Comparing): string[] {
  const { startedAt, isShared } = comparing
  const masked = (text: string) => text.replaceAll(HEX_ID, (id) => (isShared(id) ? id : '#'))
  const isOfRun = (number: number) => number >= startedAt && number < startedAt + 24 * 60 * 60_000
  const shown = (value: unknown): unknown => {
    if (typeof value === 'string') return masked(value)
    // What decays to nothing by the second is nothing.
    if (typeof value === 'number') return isOfRun(value) ? '(of the run)' : Math.round(value * 1e6) / 1e6
    if (Array.isArray(value)) {
      const parts = value.map((part) => JSON.stringify(shown(part)))
      return BY_CHANCE_IN_ORDER.has(table) ? parts.sort() : parts
    }
    if (typeof value !== 'object' || value === null) return value
    const { asOf, of } = value as { readonly asOf?: unknown; readonly of?: unknown }
    if (typeof asOf === 'number' && isOfRun(asOf)) return '(a rate that decays since then)'
    if (typeof of === 'number' && of >= startedAt - QUARTER_MS) return '(of the quarter of an hour of the run)'
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, part]) => [
          name,
          name === 'customers' && Array.isArray(part) ? part.length : name in LEFT_OUT ? '(left out)' : shown(part),
        ]),
    )
  }
  const partOf = (part: string): string => {
    if (CHANCE_KEYS.has(table) && /^[\w-]{43}$/.test(part)) return '#'
    if (/^0{3,}\d*\.?\d*$/.test(part) && table === 'held') return '(sequence)'
    if (/^\d{13}$/.test(part) && (isOfRun(Number(part)) || isOfRun(LATEST_MS - Number(part)))) return '(of the run)'
    return masked(part)
  }
  return [...rows]
    .filter(([key]) => !OF_MINUTES.test(table) || Number(key.split('\u001f')[1]) < startedAt - QUARTER_MS)
    .map(([key, row]) => `${key.split('\u001f').map(partOf).join(' ')} ${JSON.stringify(shown(row))}`)
    .sort()
}
/** `newestFirst` of `row-key.ts` counts down from here. */
const LATEST_MS = 9_999_999_999_999
