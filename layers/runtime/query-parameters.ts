import { maySeeStore } from '#core/access/may-see.ts'
import { MAX_LONG_PAGE, MAX_PAGE, USUAL_PAGE } from '#core/api/limits.ts'
import { CURRENCIES } from '#core/events/money.ts'
import { parseTime } from '#core/events/parse-time.ts'
import { ascendingTime, compareKeys, descendingTime, type KeyRange, partsOf, rowKey } from '#core/row-key.ts'
import { HttpError, type HttpRequest, viewerIn } from './http-handler.ts'

export const refuse = (field: string, message: string): HttpError =>
  new HttpError(422, 'The question cannot be answered', [{ field, message }])

/** Characters. */
const MAX_NAME = 500
const NO_CURSOR = 'is not what an answer gave as `next`'
/** Bytes that a key may have. */
const MAX_KEY = 1_900

/** The name of a thing in the query. No thing has an empty one. */
export function nameIn({ query }: HttpRequest, field: string): string | undefined {
  if (query[field] === '') throw refuse(field, 'is empty: name one, or leave it out')
  if ((query[field]?.length ?? 0) > MAX_NAME) throw refuse(field, 'is longer than any name here')
  return query[field]
}

/** One store in the query. Of one that the viewer may not see nothing is said, not even whether it exists: 404. */
export function storeIn(request: HttpRequest, field = 'store'): string | undefined {
  const store = nameIn(request, field)
  const viewer = viewerIn(request)
  if (store === undefined || maySeeStore(viewer, viewer.merchantId, store)) return store
  throw new HttpError(404, `Among your stores there is no ${store}`)
}

/** A currency in the query, which may be one that nobody ever paid in. */
export function currencyIn({ query }: HttpRequest): string | undefined {
  const { currency } = query
  if (currency === undefined || CURRENCIES.has(currency)) return currency
  throw refuse('currency', 'is not a currency of ISO 4217 like EUR, in upper case')
}

/** Far from the first and last days that a calendar date can name, so that days before and after can be counted. */
const EARLIEST_MS = Date.UTC(1971)
const LATEST_MS = Date.UTC(9998)

/** A time in the query, epoch ms. */
export function instantIn({ query }: HttpRequest, field: string): number | undefined {
  const text = query[field]
  if (text === undefined) return undefined
  const at = parseTime(text)
  if (Number.isNaN(at)) throw refuse(field, 'must be a time like 2026-03-02T09:59:59Z')
  if (at < EARLIEST_MS || at > LATEST_MS) throw refuse(field, 'must be in the years 1971 to 9997')
  return at
}

/** Refuses a span that ends before it begins, by the parameter that makes it so. What the query leaves out is filled in. */
export function refuseBackward({ query }: HttpRequest, fromMs: number, toMs: number): void {
  if (fromMs < toMs) return
  if (query.from === undefined)
    throw refuse('to', `must be after ${new Date(fromMs).toISOString()}, or come with a \`from\``)
  throw refuse('from', query.to === undefined ? 'must be in the past, or come with a `to`' : 'must be before `to`')
}

/** A number of things in the query, from 1. */
export function wholeIn({ query }: HttpRequest, field: string, most: number): number | undefined {
  const text = query[field]
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw refuse(field, `must be a whole number from 1 to ${most}`)
  return value
}

/** How many rows a page may hold. */
export const limitIn = (request: HttpRequest, otherwise: number = USUAL_PAGE): number =>
  wholeIn(request, 'limit', MAX_PAGE) ?? otherwise

/** As `limitIn`, of a list that has a row by product. */
export const longLimitIn = (request: HttpRequest): number => wholeIn(request, 'limit', MAX_LONG_PAGE) ?? USUAL_PAGE

/** Where a page goes on: the key after which it begins. */
export const cursorIn = ({ query }: HttpRequest): string | undefined => cursorOfText(query.next)

/** As `cursorIn`, where the cursor stands in the body. */
export function cursorOfText(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const key = Buffer.from(text, 'base64url').toString('utf8')
  if (key === '' || Buffer.byteLength(key) > MAX_KEY || Buffer.from(key).toString('base64url') !== text)
    throw refuse('next', NO_CURSOR)
  return key
}
/** As `cursorIn`, of a list by number, newest first: the number before which the page begins. */
export function numberCursorIn(request: HttpRequest): number | undefined {
  const after = cursorIn(request)
  if (after === undefined) return undefined
  if (!/^\d{1,15}$/.test(after)) throw refuse('next', NO_CURSOR)
  return Number(after)
}

/**
 * A page of a list that is read whole, in the order of its keys, each of which begins with a number. A cursor is the key of
 * the last one shown: what comes or goes meanwhile moves no other from one page to another.
 */
export function pageOf<T>(
  request: HttpRequest,
  all: readonly T[],
  keyOf: (one: T) => string,
): { readonly items: readonly T[]; readonly next: string | null } {
  const [after, limit] = [cursorIn(request), limitIn(request)]
  if (after !== undefined && !/^\d+$/.test(partsOf(after)[0]!)) throw refuse('next', NO_CURSOR)
  const keyed = all.map((one) => ({ one, key: keyOf(one) })).sort((a, b) => compareKeys(a.key, b.key))
  const rest = after === undefined ? keyed : keyed.filter(({ key }) => compareKeys(key, after) > 0)
  const shown = rest.slice(0, limit)
  return { items: shown.map(({ one }) => one), next: rest.length > limit ? cursorOf(shown.at(-1)!.key) : null }
}

/** Keys for `pageOf`. */
export const newestFirst = ({ createdAt, id }: { readonly createdAt: number; readonly id: string }): string =>
  rowKey(descendingTime(createdAt), id)
export const oldestFirst = ({ createdAt, id }: { readonly createdAt: number; readonly id: string }): string =>
  rowKey(ascendingTime(createdAt), id)

export const cursorOf = (key: string): string => Buffer.from(key).toString('base64url')

/** What a range has behind a key. The key is whatever a client says: it leads to nothing outside of the range. */
export const restOf = (range: KeyRange, after: string | undefined): KeyRange =>
  after === undefined || after < range.from ? range : { from: `${after}\u0000`, to: range.to }
