import { RIGHTS, type Right } from '#core/access/rights.ts'
import type { TokenItem } from '#core/api/people.ts'
import { formatTime } from '../format/format-time.ts'
import { storesText } from './prepare-people.ts'

export type TokenRow = {
  readonly id: string
  readonly label: string
  /** Whose it is; '': the reader's own. */
  readonly whose: string
  /** Each right in words; empty: all that its person may. */
  readonly scopes: readonly string[]
  readonly stores: string
  readonly lastUsed: string
  readonly expires: string
  readonly isOver: boolean
}

type Reader = {
  readonly selfId: string
  /** By id, as far as the reader may know them. */
  readonly people: ReadonlyMap<string, string>
  readonly storeNames: ReadonlyMap<string, string>
  readonly nowMs: number
  readonly timeZone: string
}

/** Newest first. */
export function prepareTokens(items: readonly TokenItem[], reader: Reader): readonly TokenRow[] {
  const { selfId, people, storeNames, nowMs, timeZone } = reader
  const dayOf = (text: string) => formatTime(Date.parse(text), timeZone, 'fullDate')
  return [...items]
    .sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt) || (a.id < b.id ? -1 : 1))
    .map(({ id, label, person, scopes, stores, createdAt, usedAt, expiresAt }) => {
      const isOver = expiresAt !== null && Date.parse(expiresAt) <= nowMs
      return {
        id,
        label,
        whose: person === selfId ? '' : (people.get(person) ?? person),
        scopes: (scopes ?? []).map(wordsOfRight),
        stores: storesText(stores, storeNames),
        lastUsed: usedAt === createdAt ? 'Never used' : `Last used ${dayOf(usedAt)}`,
        expires: expiresAt === null ? 'Never expires' : `${isOver ? 'Expired' : 'Expires'} ${dayOf(expiresAt)}`,
        isOver,
      }
    })
}

const isRight = (name: string): name is Right => name in RIGHTS
/** 'Read figures, …' is what a person reads; a right of a newer engine keeps its name. */
export function wordsOfRight(name: string): string {
  const words = isRight(name) ? RIGHTS[name] : name
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

const DAY_MS = 24 * 3_600_000
/** How long a new token counts, in days; null: until it is revoked. */
export const TOKEN_LIVES = [
  { value: '30', name: '30 days', days: 30 },
  { value: '90', name: '90 days', days: 90 },
  { value: '365', name: 'A year', days: 365 },
  { value: 'ever', name: 'Until it is revoked', days: null },
] as const

/** RFC 3339; undefined: it does not expire. */
export function expiryOf(value: string, nowMs: number): string | undefined {
  const days = TOKEN_LIVES.find((life) => life.value === value)?.days ?? null
  return days === null ? undefined : new Date(nowMs + days * DAY_MS).toISOString()
}
