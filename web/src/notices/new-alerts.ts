import type { AlertItem, AlertsAnswer } from '#core/api/alerts.ts'
import { words } from './words.ts'

/** Something to say at once. */
export type Toast = {
  readonly id: string
  readonly title: string
  readonly text: string
  /** Null: several products, which the list of alerts names. */
  readonly productId: string | null
}

/** Those that are older than this were only not heard of: they are no news. */
const NEWS_MS = 120_000
const MOST_NAMED = 3

/** Critical alerts that opened, or became critical, since `known` was all that there was. */
export function newsIn(known: ReadonlySet<string>, { asOf, items }: AlertsAnswer): AlertItem[] {
  const since = Date.parse(asOf) - NEWS_MS
  return items.filter((item) => isUrgent(item) && !known.has(newsKey(item)) && Date.parse(item.changedAt) >= since)
}

const isUrgent = ({ state, severity }: AlertItem): boolean => state === 'open' && severity === 'CRITICAL'
const newsKey = ({ id, severity }: AlertItem): string => `${id} ${severity}`
export const knownIn = ({ items }: AlertsAnswer): ReadonlySet<string> => new Set(items.map(newsKey))

/** Each by itself, or together where they are many. */
export function toastsOf(news: readonly AlertItem[]): Toast[] {
  const [first] = news
  if (first === undefined) return []
  if (news.length > MOST_NAMED)
    return [{ id: `${first.id} and others`, title: words.many(news.length), text: words.manyText, productId: null }]
  return news.map((item) => ({
    id: newsKey(item),
    title: words.kind(item.kind, item.severity),
    text: words.toast(item.text, item.storeName ?? item.storeId),
    productId: item.productId,
  }))
}

/** The newest first, and no more than can be read. */
export const stacked = (toasts: readonly Toast[], fresh: readonly Toast[]): readonly Toast[] =>
  [...fresh, ...toasts].slice(0, MOST_NAMED)

export type QuietHours = { readonly from: string; readonly to: string } | null

/** Whether a clock on the wall ('22:30') shows one of them. They begin with `from` and end just before `to`. */
export function isQuiet(clock: string, hours: QuietHours): boolean {
  if (hours === null) return false
  const { from, to } = hours
  return from < to ? clock >= from && clock < to : clock >= from || clock < to
}
